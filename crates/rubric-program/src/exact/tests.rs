use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{Exact, Rounding};

const MAX: &str = "170141183460469231731687303715884105727";

fn x(text: &str) -> Exact {
    Exact::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn over(a: &str, b: &str) -> Exact {
    x(a).checked_div(&x(b)).unwrap()
}

#[test]
fn reads_and_shows_decimals_exactly() {
    for text in [
        "0",
        "0.5",
        "-5",
        "100",
        "1.0000000000000001",
        "79228162514264337593543950335.4",
        "-0.001",
        MAX,
        "-170141183460469231731687303715884105728",
        "-0.0000000000000000000000000000000001",
        "1234567890123456789012345678901234567890.000000000000000000000000000000000000001",
    ] {
        assert_eq!(x(text).to_string(), text);
    }
    assert_eq!(format!("{:?} {:?}", x("-0.50"), over("-2", "6")), "-0.5 -1/3");
}

#[test]
fn reads_exponents_within_bounds_only() {
    assert_eq!(x("1e-3"), x("0.001"));
    assert_eq!(x("-1.5E+2"), x("-150"));
    assert_eq!(x("1e400") * x("1e-400"), Exact::ONE);
    assert_eq!(x("0e400"), Exact::ZERO);
    for bad in [
        "1e401",
        "1e-401",
        "1e-2147483648",
        "1e2147483648",
        "1e99999999999",
        "1e",
        "1e+",
        "1e-",
        "1e+-3",
        "1e-+3",
        "1e++3",
        "1e--3",
        "1e3.0",
        "1e3e3",
        "e3",
        "1e 3",
    ] {
        assert_eq!(Exact::parse(bad), None, "{bad}");
    }
}

#[test]
fn refuses_what_is_not_plain_decimal_text() {
    for bad in [
        "", "-", ".", ".5", "-.5", "1.", "1,5", "1_000", "1.2.3", "NaN", "inf", "+1", "--1", " 1", "1 ",
        "0x1", "1/2", "\u{ff11}", "1\u{0}",
    ] {
        assert_eq!(Exact::parse(bad), None, "{bad}");
    }
    assert!(Exact::parse(&"9".repeat(512)).is_some());
    assert_eq!(Exact::parse(&"9".repeat(513)), None);
}

#[test]
fn equal_numbers_are_stored_alike() {
    let halves =
        [x("0.5"), x("0.500"), x("00.5"), x("5e-1"), over("1", "2"), over("3", "6"), Exact::fixed(500, 3)];
    assert_eq!(halves.into_iter().collect::<HashSet<_>>().len(), 1);
    let zeros = [x("0"), x("-0"), x("0.00"), Exact::fixed(0, 255), x("1") - x("1"), Exact::default()];
    assert_eq!(zeros.into_iter().collect::<HashSet<_>>().len(), 1);
    for deep in [29, 30, 200] {
        assert_eq!(Exact::fixed(25, deep), x(&format!("25e-{deep}")));
        assert_eq!(Exact::fixed(25, deep) * x(&format!("1e{deep}")), x("25"));
    }
    assert_eq!(Exact::fixed(10, 29), Exact::fixed(1, 28));
    assert_eq!(x("100").decimals(), Some(0));
    assert_eq!(x("1.50").decimals(), Some(1));
}

#[test]
fn leaves_the_machine_integer_and_comes_back() {
    let max = Exact::from(i128::MAX);
    let min = Exact::from(i128::MIN);
    assert_eq!(max, x(MAX));
    assert_eq!((&max + &Exact::ONE) - Exact::ONE, max);
    assert_eq!(&(&max + &Exact::ONE), &-&min);
    assert_eq!(-(-&min), min);
    assert_eq!(min.abs() - Exact::ONE, max);
    assert_eq!((&max * &max).checked_div(&max), Some(max.clone()));
    assert_eq!(min.checked_div(&x("-1")), Some(-&min));
    assert_eq!(&max - &min - &max, -&min);
    assert_eq!((&max + &x("0.5")) - &max, x("0.5"));
    assert!((&max + &Exact::ONE).is_integer());
    assert_eq!((&max + &Exact::ONE).to_i128_at(0), None);
    assert_eq!(x("1.0000000000000001") * x("1.0000000000000001"), x("1.00000000000000020000000000000001"));
}

#[test]
fn fractions_lose_nothing() {
    let third = over("1", "3");
    assert_eq!(&third * &x("3"), Exact::ONE);
    assert_eq!(&third + &third + &third, Exact::ONE);
    assert_eq!(third.decimals(), None);
    assert_eq!(third.to_string(), "1/3");
    assert!(!third.is_integer() && third.is_positive() && (-&third).is_negative());
    assert_eq!(over("1", "8"), x("0.125"));
    assert_eq!(over("1.5", "-0.25"), x("-6"));
    assert_eq!(over("0", "7"), Exact::ZERO);
    assert_eq!(x("1").checked_div(&x("0.0")), None);
}

#[test]
fn orders_across_representations() {
    let sorted = [
        x("-1e300"),
        x("-1e40"),
        Exact::from(i128::MIN),
        x("-0.34"),
        over("-1", "3"),
        x("-0.33"),
        x("-1e-50"),
        Exact::ZERO,
        x("1e-300"),
        x("1e-28"),
        x("0.33"),
        over("1", "3"),
        x("0.34"),
        x("9.9"),
        x("10"),
        Exact::from(i128::MAX),
        x(MAX) + x("0.1"),
        x("1e40"),
    ];
    for (i, a) in sorted.iter().enumerate() {
        for (j, b) in sorted.iter().enumerate() {
            assert_eq!(a.cmp(b), i.cmp(&j), "{a} {b}");
        }
    }
}

#[test]
fn rounds_as_named() {
    use Rounding::{AwayFromZero, Down, HalfAwayFromZero, HalfEven, HalfTowardsZero, TowardsZero, Up};
    let modes = [HalfAwayFromZero, HalfTowardsZero, HalfEven, Up, Down, AwayFromZero, TowardsZero];
    let cases = [
        ("2.5", [3, 2, 2, 3, 2, 3, 2]),
        ("-2.5", [-3, -2, -2, -2, -3, -3, -2]),
        ("3.5", [4, 3, 4, 4, 3, 4, 3]),
        ("-3.5", [-4, -3, -4, -3, -4, -4, -3]),
        ("0.5", [1, 0, 0, 1, 0, 1, 0]),
        ("-0.5", [-1, 0, 0, 0, -1, -1, 0]),
        ("2.1", [2, 2, 2, 3, 2, 3, 2]),
        ("-2.1", [-2, -2, -2, -2, -3, -3, -2]),
        ("2.9", [3, 3, 3, 3, 2, 3, 2]),
        ("-2.9", [-3, -3, -3, -2, -3, -3, -2]),
        ("2", [2; 7]),
        ("-2", [-2; 7]),
        ("0", [0; 7]),
    ];
    // Every step scales every case alike; the last ones leave the fast path.
    let steps = [x("1"), x("0.01"), x("0.25"), x("5"), over("1", "3"), x("1e-40"), x("1e40"), x(MAX)];
    for (value, expected) in cases {
        for (mode, expected) in modes.into_iter().zip(expected) {
            for step in &steps {
                let rounded = (x(value) * step).round_to(step, mode);
                assert_eq!(rounded, Exact::from_int(expected) * step, "{value} {mode:?} {step}");
            }
        }
    }
    assert_eq!(x("1.005").round_to(&x("0.01"), HalfAwayFromZero), x("1.01"));
    assert_eq!(over("2", "3").round_to(&x("0.001"), HalfEven), x("0.667"));
    assert_eq!(Exact::from(i128::MAX).round_to(&x("10"), Up), x("170141183460469231731687303715884105730"));
    assert_eq!(
        Exact::from(i128::MIN).round_to(&x("10"), Down),
        x("-170141183460469231731687303715884105730")
    );
    for step in ["0", "-1", "-0.5"] {
        assert_eq!(x("2.3").round_to(&x(step), Up), x("2.3"));
    }
}

#[test]
fn counts_steps() {
    let cases = [
        ("11.001", "1", 11, 12),
        ("-11.001", "1", -12, -11),
        ("1", "0.25", 4, 4),
        ("0.9", "0.25", 3, 4),
        ("0", "3", 0, 0),
        ("-0.1", "3", -1, 0),
        ("1e40", "3e39", 3, 4),
    ];
    for (value, step, floor, ceil) in cases {
        assert_eq!(x(value).floor_steps(&x(step)), Exact::from_int(floor), "{value} {step}");
        assert_eq!(x(value).ceil_steps(&x(step)), Exact::from_int(ceil), "{value} {step}");
    }
    assert_eq!(x("1").floor_steps(&over("2", "7")), x("3"));
    assert_eq!(x("1").ceil_steps(&over("2", "7")), x("4"));
    assert_eq!(x("1").floor_steps(&Exact::ZERO), Exact::ZERO);
}

#[test]
fn becomes_a_decimal_only_exactly() {
    for text in ["0", "-12.5", "79228162514264337593543950335", "0.0000000000000000000000000001"] {
        let decimal: Decimal = text.parse().unwrap();
        assert_eq!(Exact::from_decimal(decimal), x(text));
        assert_eq!(x(text).to_decimal(), Some(decimal));
    }
    assert_eq!(Exact::from_decimal(Decimal::new(1500, 3)), x("1.5"));
    for text in ["79228162514264337593543950336", "79228162514264337593543950335.4", "1e-29", "1e40", MAX] {
        assert_eq!(x(text).to_decimal(), None, "{text}");
    }
    assert_eq!(Exact::from(i128::MIN).to_decimal(), None);
    assert_eq!(over("1", "3").to_decimal(), None);
}

#[test]
fn becomes_units_only_exactly() {
    assert_eq!(x("1.25").to_i128_at(2), Some(125));
    assert_eq!(x("1.25").to_i128_at(4), Some(12500));
    assert_eq!(x("1.25").to_i128_at(1), None);
    assert_eq!(x("1").to_i128_at(39), None);
    assert_eq!(Exact::ZERO.to_i128_at(200), Some(0));
    assert_eq!(x("-7e-30").to_i128_at(30), Some(-7));
    assert_eq!(x("-7e-30").to_i128_at(29), None);
    assert_eq!(over("1", "3").to_i128_at(9), None);
    assert_eq!(x("-5.0").to_i64(), Some(-5));
    assert_eq!(x("5.5").to_i64(), None);
    assert_eq!(Exact::from(u64::MAX).to_i64(), None);
    assert_eq!(Exact::from(i64::MIN).to_i64(), Some(i64::MIN));
    for (text, digits) in
        [("0", 1), ("0.99", 1), ("-9.9", 1), ("10", 2), ("-123.4", 3), (MAX, 39), ("1e40", 41)]
    {
        assert_eq!(x(text).integer_digits(), digits, "{text}");
    }
    assert_eq!(over("100", "3").integer_digits(), 2);
}

#[test]
fn small_quotients_are_those_of_any_size() {
    let edges = [
        i64::MIN,
        i64::MIN + 1,
        -1_000_000_007,
        -64,
        64,
        125,
        1 << 40,
        1_000_000_007,
        i64::MAX - 1,
        i64::MAX,
    ];
    let numbers: Vec<i64> = (-40..=40).chain(edges).collect();
    for x in &numbers {
        for y in numbers.iter().filter(|y| **y != 0) {
            for scale in [0, 3, 28] {
                let (a, b) = (Exact::fixed(i128::from(*x), scale), Exact::from_int(*y));
                let any = Exact::ratio(a.to_ratio() / b.to_ratio());
                assert_eq!(a.checked_div(&b), Some(any), "{a} / {b}");
            }
        }
    }
}
