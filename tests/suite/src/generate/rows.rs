//! Over the rows of a list: counts, sums, means, extremes, and quantifiers.

use super::numbers::{counts, fits};
use super::{Named, Piece, Scope, Ty, Unit, Writer};

impl Writer {
    /// Lists that a scope may ask as a whole.
    pub(super) fn lists(&self, scope: &Scope) -> Vec<Named> {
        self.names(scope).into_iter().filter(|n| matches!(n.ty, Ty::List(_))).collect()
    }

    /// The scope of a row of a list.
    pub(super) fn row_scope(list: &Named, scope: &Scope) -> Scope {
        let Ty::List(fields) = &list.ty else { panic!("{} is no list", list.name) };
        Scope { fields: Some(fields.clone()), late: false, graded: false, ..scope.clone() }
    }

    pub(super) fn over_rows(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Option<Piece> {
        let lists = self.lists(scope);
        if lists.is_empty() {
            return None;
        }
        let list = self.rng.pick(&lists).clone();
        let rows = Self::row_scope(&list, scope);
        let filter = if self.rng.percent(50) {
            format!(" 其中 {}", self.condition(depth.min(2) - 1, &rows).text)
        } else {
            String::new()
        };
        let name = &list.name;
        let fields: Vec<String> = rows
            .fields
            .iter()
            .flatten()
            .filter(|f| (scope.requires || !f.optional) && matches!(f.ty, Ty::Number(u) if fits(u, unit)))
            .map(|f| f.name.clone())
            .collect();
        if fields.is_empty() || (counts(unit) && self.rng.percent(30)) {
            return counts(unit).then(|| Piece::primary(format!("件数({name}{filter})")));
        }
        let field = self.rng.pick(&fields).clone();
        let word = *self.rng.pick(&["合计", "合计", "平均", "平均", "最大", "最小"]);
        let text = format!("{word}({name} 的 {field}{filter})");
        if word == "合计" || (list.filled && filter.is_empty()) {
            return Some(Piece::primary(text));
        }
        // Of no row there is neither a mean nor a largest one: it is asked first whether there is a row.
        let other = self.literal(unit);
        let text = format!("若 件数({name}{filter}) > 0 则 {text} 否则 {other}");
        Some(Piece::new(text, super::Level::Loose))
    }

    pub(super) fn quantified(&mut self, depth: usize, scope: &Scope) -> Option<Piece> {
        let lists = self.lists(scope);
        if lists.is_empty() || scope.fields.is_some() {
            return None;
        }
        let list = self.rng.pick(&lists).clone();
        let rows = Self::row_scope(&list, scope);
        let condition = self.condition(depth - 1, &rows);
        let word = *self.rng.pick(&["均", "有"]);
        Some(Piece::primary(format!("{} {word} ({})", list.name, condition.text)))
    }
}
