//! Decimal numbers as they are written.

/// A written decimal: an optional minus, digits, and perhaps a point with digits. No exponent, no sign `+`,
/// no grouping, no spaces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal<'a> {
    minus: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads the form; `None` where it is anything else.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let (minus, body) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        (digits(whole) && digits(fraction)).then_some(Self { minus, whole, fraction })
    }

    /// Decimals that matter: zeros at the end add nothing, so dropping them rounds nothing.
    pub(crate) fn decimals(self) -> usize {
        self.fraction.trim_end_matches('0').len()
    }

    /// Digits before the point, without leading zeros.
    pub(crate) fn whole_digits(self) -> usize {
        self.whole.trim_start_matches('0').len()
    }

    /// Whether it lies in (0, 1], where a percentage may have been written as a fraction.
    pub(crate) fn is_fraction(self) -> bool {
        let whole = self.whole.trim_start_matches('0');
        !self.minus && ((whole.is_empty() && self.decimals() > 0) || (whole == "1" && self.decimals() == 0))
    }

    /// The same digits with the point `places` further right: exact where a product would need an
    /// arithmetic, and in the form people write.
    pub(crate) fn shifted(self, places: isize) -> String {
        let digits: String = [self.whole, self.fraction].concat();
        let point = isize::try_from(self.whole.len()).unwrap_or(isize::MAX).saturating_add(places);
        let left = usize::try_from(-point).unwrap_or(0);
        let point = usize::try_from(point).unwrap_or(0);
        let padded = format!("{}{digits}", "0".repeat(left));
        let padded = format!("{padded:0<point$}");
        let (whole, fraction) = padded.split_at_checked(point).unwrap_or((padded.as_str(), ""));
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let whole = if whole.is_empty() { "0" } else { whole };
        let minus = if self.minus { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{minus}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn the_point_moves_without_loss() {
        for (text, places, expected) in [
            ("99.98", -2, "0.9998"),
            ("0.9998", 2, "99.98"),
            ("100", -2, "1"),
            ("5", -2, "0.05"),
            ("0", -2, "0"),
            ("1", 2, "100"),
            ("-1.50", -2, "-0.015"),
            ("00012.3", 2, "1230"),
        ] {
            assert_eq!(Decimal::read(text).unwrap().shifted(places), expected, "{text} by {places}");
        }
    }

    #[test]
    fn other_forms_are_not_decimals() {
        for text in ["", "-", "+1", ".5", "5.", "1e3", "1,000", " 1", "３", "1.2.3", "NaN"] {
            assert!(Decimal::read(text).is_none(), "{text}");
        }
    }
}
