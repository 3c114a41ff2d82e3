//! Ranks: places of one value for tables, and the order of merit.

use rubric_program::{
    Expr, ExprKind, NodeId, Order, PlaceId, PlaceRank, Population, Ranking, Step, Ties, Type,
};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::expression::Scope;
use crate::findings::{quotas, tables, types};
use crate::tables::ties;

/// Where the last row of a table ends.
fn rows_end(table: &ast::Table) -> u32 {
    let end = |row: &ast::Row| match row {
        ast::Row::Entry { at, .. } | ast::Row::EachNext { at, .. } => at.0.end,
        ast::Row::Ties(ties) => ties.at.0.end,
    };
    table.rows.last().map_or(table.at.0.end, end)
}

impl Checker<'_> {
    /// `按 X 从高到低 在 全部单位 的 名次`: the place of the unit's X.
    pub(crate) fn place_of(
        &mut self,
        key: Expr,
        place: &ast::PlaceOf,
        tied: Option<&ast::Spanned<ast::Ties>>,
        table: &ast::Table,
    ) -> Option<Expr> {
        if !matches!(key.ty, Type::Number(_)) {
            let diagnostic =
                types::wants_number(self.place(ast::At(key.span)), key.span.of(self.text), &key.ty);
            self.report(diagnostic);
            return None;
        }
        if key.reads_row() {
            let diagnostic = tables::place_of_a_row(self.place(ast::At(key.span)));
            self.report(diagnostic);
            return None;
        }
        if place.highest_first.is_none() {
            let diagnostic =
                tables::which_way(self.place(place.at), ast::At(key.span).0.end, self.language());
            self.report(diagnostic);
        }
        if tied.is_none() {
            let diagnostic = tables::ties_unruled(self.place(table.at), rows_end(table), self.language());
            self.report(diagnostic);
        }
        if place.all
            && let Some(name) = self.graded_only_in(&key)
        {
            let diagnostic = tables::some_lack_it(self.place(ast::At(key.span)), &name);
            self.report(diagnostic);
        }
        let id = PlaceId(self.program.places.len());
        let order = Order { key, highest_first: place.highest_first.unwrap_or(true) };
        self.program.places.push(PlaceRank {
            order,
            population: if place.all { Population::All } else { Population::Graded },
            ties: tied.map_or(Ties::Better, |t| ties(t.node)),
            span: table.at.0,
        });
        self.program.steps.push(Step::Place(id));
        Some(Expr { kind: ExprKind::Place(id), ty: Type::Rank, domain: None, span: place.at.0 })
    }

    /// Evidence of the scored units alone that a key reads directly.
    fn graded_only_in(&self, key: &Expr) -> Option<String> {
        let mut found = None;
        key.visit(&mut |expr| {
            if let ExprKind::Evidence(id) = expr.kind {
                let evidence = self.program.evidence.get(id.0).filter(|e| e.graded_only);
                found = found.take().or_else(|| evidence.map(|e| e.name.clone()));
            }
        });
        found
    }

    pub(crate) fn lower_ranking(&mut self) -> bool {
        let Some(ranking) = self.ranking else { return false };
        let mut keys = Vec::new();
        for (key, highest_first) in &ranking.keys {
            if let Some(key) = self.number(key, &Scope::default()) {
                keys.push(Order { key, highest_first: *highest_first });
            }
        }
        let Some(tied) = &ranking.ties else {
            let diagnostic = tables::ties_unruled(self.place(ranking.at), ranking.at.0.end, self.language());
            self.report(diagnostic);
            return false;
        };
        if tied.node == ast::Ties::Lose {
            let diagnostic = quotas::lose_places(self.place(tied.at));
            self.report(diagnostic);
        }
        if tied.node == ast::Ties::Mean {
            let diagnostic = tables::mean_rank(self.place(tied.at));
            self.report(diagnostic);
        }
        self.program.ranking = Some(Ranking { keys, ties: ties(tied.node), span: ranking.at.0 });
        true
    }

    pub(crate) fn lower_total(&mut self) -> bool {
        let roots: Vec<usize> = (0..self.node_trees.len())
            .filter(|id| self.node_trees.get(*id).is_some_and(|n| n.parent.is_none()))
            .collect();
        for id in &roots {
            self.demand(
                crate::order::Item::Node(*id),
                self.node_trees.get(*id).map(|n| n.tree.head.0).unwrap_or_default(),
            );
        }
        let zero = domain::exactly(&rubric_program::Exact::ZERO);
        let roots_of: Vec<NodeId> = roots.iter().map(|id| NodeId(*id)).collect();
        self.proportions(&roots_of);
        let scored: Vec<_> = roots_of.iter().filter_map(|id| self.counted(*id)).collect();
        let attainable = match self.rescaled(&roots_of) {
            Some(whole) => whole,
            None => scored.iter().fold(zero, |sum, d| domain::add(&sum, d)),
        };
        self.budget_of_total(&roots);
        if scored.is_empty() && self.program.total.is_none() {
            return false;
        }
        let span = self.program.total.as_ref().map(|t| t.span).unwrap_or_default();
        let total = self.program.total.take();
        let rounding = total.as_ref().and_then(|t| t.rounding.clone());
        let attainable = match &rounding {
            Some((mode, step)) => domain::between(
                attainable.low.round_to(step, *mode),
                attainable.high.round_to(step, *mode),
                step.decimals(),
            ),
            None => attainable,
        };
        if attainable.scale.is_none() {
            let diagnostic = match &total {
                Some(_) => {
                    types::unrounded(rubric_base::Place { file: self.file, span }, "总分", self.language())
                }
                None => types::total_unrounded(self.place(self.title())),
            };
            self.report(diagnostic);
        }
        let points = total.and_then(|t| t.points);
        self.program.total = Some(rubric_program::Total { points, rounding, attainable, span });
        true
    }
}
