//! Days of the calendar: compared, counted from each other, and by working days.

use super::{DATE, DAYS, Level, Piece, Scope, Ty, Unit, WORKDAYS, Writer};

impl Writer {
    pub(super) fn dates(&self, scope: &Scope) -> Vec<String> {
        let names = self.names(scope).into_iter();
        names.filter(|n| n.ty == Ty::Number(DATE)).map(|n| n.name).collect()
    }

    /// A day: of evidence, written, or so many days from one.
    fn date(&mut self, scope: &Scope, depth: usize) -> Piece {
        let dates = self.dates(scope);
        if dates.is_empty() || self.rng.percent(20) {
            return Piece::primary(self.day());
        }
        let name = self.rng.pick(&dates).clone();
        if depth == 0 || self.rng.percent(70) {
            return Piece::primary(name);
        }
        let (sign, days) = (*self.rng.pick(&["+", "−"]), self.rng.within(1, 40));
        if sign == "+" && self.rng.percent(20) {
            return Piece::new(format!("{days}天 + {name}"), Level::Sum);
        }
        Piece::new(format!("{name} {sign} {days}天"), Level::Sum)
    }

    /// How many days, or working days, lie between two days.
    pub(super) fn span_of_days(&mut self, unit: Unit, scope: &Scope) -> Option<Piece> {
        if self.dates(scope).is_empty() || !self.rng.percent(60) {
            return None;
        }
        let (a, b) = (self.date(scope, 1), self.date(scope, 0));
        if unit == WORKDAYS {
            let comma = self.comma();
            return Some(Piece::primary(format!("工作日数({}{comma}{})", b.text, a.text)));
        }
        debug_assert_eq!(unit, DAYS);
        let a = self.wrap(a, Level::Sum);
        Some(Piece::new(format!("{a} − {}", b.text), Level::Sum))
    }

    /// A condition on days.
    pub(super) fn on_days(&mut self, scope: &Scope) -> Option<Piece> {
        if self.dates(scope).is_empty() {
            return None;
        }
        if self.rng.percent(45) {
            let (day, from) = (self.date(scope, 0), self.date(scope, 1));
            let from = self.wrap(from, Level::Sum);
            let working = self.plan.calendar && self.rng.percent(65);
            let days = self.rng.below(16);
            let days = if working { format!("{days}个工作日") } else { format!("{}天", days * 3) };
            return Some(Piece::new(format!("{} 在 {from} 后 {days} 内", day.text), Level::Comparison));
        }
        let (a, b) = (self.date(scope, 1), self.date(scope, 1));
        let (a, b) = (self.wrap(a, Level::Rounded), self.wrap(b, Level::Rounded));
        let sign = *self.rng.pick(&["晚于", "早于", "不晚于", "不早于", "=", "≠", "≤", ">"]);
        Some(Piece::new(format!("{a} {sign} {b}"), Level::Comparison))
    }
}
