//! Which numbers are still without a row: stretches of the values a subject can have.

use rubric_program::{Domain, Exact, Key};

/// A stretch; an open end is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    low: Exact,
    low_open: bool,
    high: Exact,
    high_open: bool,
}

/// The values that no row has taken yet.
pub(crate) struct Uncovered {
    left: Vec<Stretch>,
    /// Values lie on multiples of this, where that is proved.
    grid: Option<Exact>,
}

impl Uncovered {
    /// All values of a domain.
    pub(crate) fn new(domain: &Domain) -> Self {
        let all =
            Stretch { low: domain.low.clone(), low_open: false, high: domain.high.clone(), high_open: false };
        let grid = domain.scale.and_then(|s| u8::try_from(s).ok()).map(|s| Exact::fixed(1, s));
        Self { left: vec![all], grid }
    }

    /// Takes the values of a key; says whether there were any.
    pub(crate) fn take(&mut self, key: &Key) -> bool {
        let Key::Band { low, low_open, high, high_open } = key else {
            let any = self.first().is_some();
            self.left.clear();
            return any;
        };
        let grid = self.grid.clone();
        let mut taken = false;
        let mut left = Vec::new();
        for stretch in std::mem::take(&mut self.left) {
            let inside = stretch.within(low.as_ref(), *low_open, high.as_ref(), *high_open);
            taken |= inside.first(grid.as_ref()).is_some();
            left.extend(low.as_ref().map(|l| stretch.below(l, !*low_open)));
            left.extend(high.as_ref().map(|h| stretch.above(h, !*high_open)));
        }
        left.retain(|s| s.first(grid.as_ref()).is_some());
        self.left = left;
        taken
    }

    /// The lowest value left, and the highest of its stretch.
    pub(crate) fn first(&self) -> Option<(Exact, Exact)> {
        self.left.iter().filter_map(|s| Some((s.first(self.grid.as_ref())?, s.high.clone()))).min()
    }
}

/// The lowest value of a domain that two bands both take.
pub(crate) fn first_common(domain: &Domain, a: &Key, b: &Key) -> Option<Exact> {
    let all = Uncovered::new(domain);
    let both = [a, b].into_iter().try_fold(all.left.first()?.clone(), |stretch, key| match key {
        Key::Band { low, low_open, high, high_open } => {
            Some(stretch.within(low.as_ref(), *low_open, high.as_ref(), *high_open))
        }
        _ => None,
    });
    both?.first(all.grid.as_ref())
}

impl Stretch {
    fn within(&self, low: Option<&Exact>, low_open: bool, high: Option<&Exact>, high_open: bool) -> Self {
        let mut part = self.clone();
        if let Some(l) = low.filter(|l| **l > self.low || (**l == self.low && low_open)) {
            part.low = l.clone();
            part.low_open = low_open;
        }
        if let Some(h) = high.filter(|h| **h < self.high || (**h == self.high && high_open)) {
            part.high = h.clone();
            part.high_open = high_open;
        }
        part
    }

    fn below(&self, limit: &Exact, limit_out: bool) -> Self {
        self.within(None, false, Some(limit), limit_out)
    }

    fn above(&self, limit: &Exact, limit_out: bool) -> Self {
        self.within(Some(limit), limit_out, None, false)
    }

    /// Its lowest value, if it has any.
    fn first(&self, grid: Option<&Exact>) -> Option<Exact> {
        let Some(grid) = grid else {
            let any = self.low < self.high || (self.low == self.high && !self.low_open && !self.high_open);
            return any.then(|| self.low.clone());
        };
        let mut first = self.low.ceil_steps(grid) * grid;
        if self.low_open && first == self.low {
            first = first + grid;
        }
        let within = if self.high_open { first < self.high } else { first <= self.high };
        within.then_some(first)
    }
}
