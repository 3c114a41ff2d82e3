//! Ranks by definition: one more than the number of units that are strictly better.

use std::cmp::Ordering;

use rubric_program::{Order, PlaceId, Population, Ties, Type};

use super::value::{Gap, Scalar, all};
use super::{At, Known, Reference, Share, Thing};

impl Reference<'_> {
    pub(super) fn place_share(&self, id: PlaceId, unit: usize) -> Known<Share> {
        let place = &self.program.places[id.0];
        let among = match place.population {
            Population::All => (0..self.data.units.len()).collect(),
            Population::Graded => self.scored_units(),
        };
        let keys = std::slice::from_ref(&place.order);
        self.share(Thing::Place(id.0), keys, &among, place.ties, unit)
    }

    pub(super) fn rank_share(&self, unit: usize) -> Known<Share> {
        let ranking = self.program.ranking.as_ref().ok_or(Gap::Missing)?;
        self.share(Thing::Rank, &ranking.keys, &self.scored_units(), ranking.ties, unit)
    }

    fn scored_units(&self) -> Vec<usize> {
        (0..self.data.units.len()).filter(|u| self.graded[*u]).collect()
    }

    fn share(&self, thing: Thing, keys: &[Order], among: &[usize], ties: Ties, unit: usize) -> Known<Share> {
        if let Some(known) = self.places.borrow().get(&(thing, unit)) {
            return *known;
        }
        let result = self.share_anew(keys, among, ties, unit);
        self.places.borrow_mut().insert((thing, unit), result);
        result
    }

    fn share_anew(&self, keys: &[Order], among: &[usize], ties: Ties, unit: usize) -> Known<Share> {
        if !among.contains(&unit) {
            return Err(Gap::Missing);
        }
        // A unit whose key is not known could stand anywhere, and so could all others.
        let values = |u: usize| all(keys.iter().map(|k| self.eval(&k.key, At::unit(u))).collect());
        let mut others = Vec::new();
        for other in among {
            others.push(values(*other).map_err(|_| Gap::Missing)?);
        }
        let own = values(unit).map_err(|_| Gap::Missing)?;
        let better = others.iter().filter(|o| self.order(keys, o, &own).is_lt()).count();
        let equal = others.iter().filter(|o| self.order(keys, o, &own).is_eq()).count();
        let count = |n: usize| u64::try_from(n).unwrap();
        let (first, tied) = (1 + count(better), count(equal));
        let place = if ties == Ties::Worse { first + tied - 1 } else { first };
        Ok(Share { place, first, tied })
    }

    /// Better first.
    pub(super) fn order(&self, keys: &[Order], a: &[Scalar], b: &[Scalar]) -> Ordering {
        for (key, (x, y)) in keys.iter().zip(a.iter().zip(b)) {
            assert!(matches!(key.key.ty, Type::Number(_)), "only numbers are ranked");
            let (Scalar::Number(x), Scalar::Number(y)) = (x, y) else { panic!("only numbers are ranked") };
            let order = if key.highest_first { y.cmp(x) } else { x.cmp(y) };
            if order.is_ne() {
                return order;
            }
        }
        Ordering::Equal
    }
}
