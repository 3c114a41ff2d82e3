//! Working days, counted one by one.

use num_traits::ToPrimitive;
use rubric_program::{Calendar, Expr};

use super::faults::Fault;
use super::value::{Gap, Number, Scalar, all};
use super::{At, Known, Reference};

impl Reference<'_> {
    /// Whether the first day is not later than the `most`-th working day after the second.
    pub(super) fn within_workdays(&self, day: &Expr, after: &Expr, most: u64, at: At<'_>) -> Known<Scalar> {
        let (calendar, day, after) = self.two_days(day, after, at)?;
        let mut left = most;
        let mut last = after;
        // Beyond the calendar there may be further working days: no day of it is too late then.
        while left > 0 {
            last += 1;
            match calendar.works(last) {
                Some(works) => left -= u64::from(works),
                None => return Ok(Scalar::Flag(true)),
            }
        }
        Ok(Scalar::Flag(day <= last))
    }

    /// Working days after the first day, up to the second; below nothing where that is the earlier one.
    pub(super) fn workdays(&self, from: &Expr, to: &Expr, at: At<'_>) -> Known<Scalar> {
        let (calendar, from, to) = self.two_days(from, to, at)?;
        let count = |a: i32, b: i32| (a + 1..=b).filter(|d| calendar.works(*d) == Some(true)).count();
        let days = i64::try_from(count(from, to)).unwrap() - i64::try_from(count(to, from)).unwrap();
        Ok(Scalar::Number(Number::from(num_bigint::BigInt::from(days))))
    }

    /// Two days of the calendar. One outside it is a fault of the evidence.
    fn two_days(&self, a: &Expr, b: &Expr, at: At<'_>) -> Known<(&Calendar, i32, i32)> {
        let days = all(vec![self.number(a, at), self.number(b, at)])?;
        let days: Vec<i32> = days.iter().map(|n| n.to_integer().to_i32().expect("a day")).collect();
        let calendar = self.program.calendar.as_ref().expect("working days need a calendar");
        if days.iter().any(|day| calendar.works(*day).is_none()) {
            self.fault(at.unit, Fault::OutsideCalendar);
            return Err(Gap::Missing);
        }
        Ok((calendar, days[0], days[1]))
    }
}
