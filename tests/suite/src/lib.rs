//! Properties of the whole, from text to result.
//!
//! [`generate`] writes random rubrics, [`fill`] random evidence for a checked one, [`reference`] scores by
//! definition and shares nothing with `rubric-eval`, [`case`] holds one rubric with its evidence to every
//! property, [`census`] counts what rubrics are made of, [`mutate`] breaks texts. Nothing here is part of the product.
//!
//! Absent on purpose: any knowledge of how the crates under test work inside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this crate is a test bench; it may fail loudly"
)]

pub mod case;
pub mod cases;
pub mod census;
pub mod fill;
pub mod fuzzing;
pub mod generate;
pub mod mutate;
pub mod reference;
pub mod rng;
pub mod shrink;
