//! Places in an order: the better, the worse, or the mean where several are equal.

use rubric_program::{Exact, Order, PlaceId, Population, Ties, Value};

use crate::EvalError;
use crate::state::{Computed, Gap, State, put};

impl State<'_> {
    /// Places of one value, as tables use them.
    pub(crate) fn rank_places(&mut self, id: PlaceId) -> Result<(), EvalError> {
        let Some(rank) = self.program.places.get(id.0) else { return Ok(()) };
        let keys = std::slice::from_ref(&rank.order);
        let places = self.places_in(keys, &rank.population, rank.ties)?;
        put(&mut self.places, id.0, places);
        Ok(())
    }

    /// The order of merit.
    pub(crate) fn rank_units(&mut self) -> Result<(), EvalError> {
        let Some(ranking) = &self.program.ranking else { return Ok(()) };
        let places = self.places_in(&ranking.keys, &Population::Graded, ranking.ties)?;
        self.rank = places.into_iter().map(|p| p.map(|(place, _)| place)).collect();
        Ok(())
    }

    /// The place of every unit of a population, and how many share it. One unknown key leaves all unknown:
    /// that unit might stand anywhere.
    fn places_in(
        &self,
        keys: &[Order],
        population: &Population,
        ties: Ties,
    ) -> Result<Computed<(u64, u64)>, EvalError> {
        let belongs =
            |unit: usize| *population == Population::All || self.graded.get(unit).copied().unwrap_or(false);
        let units = self.data.units.len();
        let mut places: Computed<(u64, u64)> = vec![Err(Gap::Unknown); units];
        let mut sortable: Vec<(Vec<Exact>, usize)> = Vec::new();
        for unit in (0..units).filter(|unit| belongs(*unit)) {
            let mut values = Vec::with_capacity(keys.len());
            for order in keys {
                let value = self.value(&order.key, unit, None);
                match self.settled(value, unit)? {
                    // Highest first is lowest first of the negated value.
                    Some(Value::Number(n)) => values.push(if order.highest_first { -n } else { n }),
                    _ => return Ok(places),
                }
            }
            sortable.push((values, unit));
        }
        sortable.sort();
        let mut start = 0;
        for group in sortable.chunk_by(|a, b| a.0 == b.0) {
            let better = start as u64 + 1;
            let worse = (start + group.len()) as u64;
            let place = if ties == Ties::Worse { worse } else { better };
            for (_, unit) in group {
                put(&mut places, *unit, Ok((place, group.len() as u64)));
            }
            start += group.len();
        }
        Ok(places)
    }
}
