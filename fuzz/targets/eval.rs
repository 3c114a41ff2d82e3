#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rubric_suite::fuzzing::evaluates(bytes));
