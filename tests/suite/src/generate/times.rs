//! Times of day: compared, subtracted, and stepped by how late or early they are, as days are too.

use super::{Level, Piece, Scope, TIME, Ty, Writer};

impl Writer {
    fn times(&self, scope: &Scope) -> Vec<String> {
        let names = self.names(scope).into_iter();
        names.filter(|n| n.ty == Ty::Number(TIME)).map(|n| n.name).collect()
    }

    fn hour(&mut self) -> &'static str {
        self.rng.one(&["8:30", "8时30分", "0:00", "23:59", "12:00", "17:30", "9:05"])
    }

    fn time(&mut self, scope: &Scope) -> Piece {
        let times = self.times(scope);
        if times.is_empty() || self.rng.percent(25) {
            return Piece::primary(self.hour());
        }
        let name = self.rng.pick(&times).clone();
        match self.rng.below(4) {
            0 => {
                Piece::new(format!("{name} {}", self.rng.one(&["+ 8小时", "− 30分钟", "+ 45秒"])), Level::Sum)
            }
            _ => Piece::primary(name),
        }
    }

    /// Minutes between two times.
    pub(super) fn span_of_times(&mut self, scope: &Scope) -> Option<Piece> {
        let times = self.times(scope);
        if times.is_empty() || !self.rng.percent(70) {
            return None;
        }
        let (a, b) = (self.time(scope), self.rng.pick(&times).clone());
        let a = self.wrap(a, Level::Sum);
        Some(Piece::new(format!("{a} − {b}"), Level::Sum))
    }

    /// A condition on times of day.
    pub(super) fn on_times(&mut self, scope: &Scope) -> Option<Piece> {
        if self.times(scope).is_empty() {
            return None;
        }
        let (a, b) = (self.time(scope), self.time(scope));
        let (a, b) = (self.wrap(a, Level::Rounded), self.wrap(b, Level::Rounded));
        let sign = self.rng.one(&["晚于", "早于", "不晚于", "不早于", "="]);
        Some(Piece::new(format!("{a} {sign} {b}"), Level::Comparison))
    }

    /// Steps of being late or early.
    pub(super) fn late_steps(&mut self, deducts: bool) -> Option<String> {
        let scope = Scope::default();
        let (times, dates) = (self.times(&scope), self.dates(&scope));
        let clock = !times.is_empty() && (dates.is_empty() || self.rng.percent(50));
        let names = if clock { times } else { dates };
        if names.is_empty() {
            return None;
        }
        let name = self.rng.pick(&names).clone();
        let limit = if clock { self.hour().to_owned() } else { self.day() };
        let step = if clock {
            self.rng.one(&["10分钟", "1小时", "30秒"])
        } else {
            self.rng.one(&["1天", "7天"])
        };
        let (way, part) = (self.rng.one(&["每晚", "每早"]), self.rng.one(&["不计", "计一", "按比例"]));
        let (effect, cap) = (self.effect(deducts, &scope), self.cap(40));
        Some(format!("{name} 比 {limit} {way} {step} {effect},不足 {part}{cap}"))
    }
}
