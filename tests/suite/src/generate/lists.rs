//! Lists: their fields, computed columns, and checks of evidence.

use super::evidence::Declared;
use super::{DATE, Level, Named, Scope, TIME, Ty, Writer};

impl Writer {
    pub(super) fn list(&mut self) -> Declared {
        let (mut lines, mut fields) = (Vec::new(), Vec::new());
        for _ in 0..self.rng.within(1, 4) {
            let kinds = if self.plan.dates { 8 } else { 6 };
            let kind = self.rng.within(0, kinds);
            let (line, named) = self.declaration(kind);
            lines.push(line);
            fields.push(named);
        }
        for _ in 0..self.rng.below(3) {
            if self.rng.percent(50) {
                lines.push(self.column(&mut fields));
            }
        }
        let scope = Scope { plain: true, fields: Some(fields.clone()), ..Scope::default() };
        lines.extend(self.checks(&scope, 12));
        self.whole_list(&lines, fields)
    }

    fn whole_list(&mut self, lines: &[String], fields: Vec<Named>) -> Declared {
        let mut words = self.block("清单", lines);
        if self.rng.percent(70) {
            let most = self.rng.within(1, 6);
            words.push_str(&format!(" 至多 {most} 行"));
        }
        let ty = Ty::List(fields);
        Declared { words, ty, wild: false, filled: self.rng.percent(15), default: String::new() }
    }

    /// A computed column over the fields before it.
    fn column(&mut self, fields: &mut Vec<Named>) -> String {
        let name = self.fresh("列");
        let scope = Scope { plain: true, fields: Some(fields.clone()), ..Scope::default() };
        let (ty, piece) = if self.rng.percent(65) {
            let numbers: Vec<_> = fields
                .iter()
                .filter_map(|f| if let Ty::Number(unit) = f.ty { Some(unit) } else { None })
                .filter(|unit| ![DATE, TIME].contains(unit))
                .collect();
            let unit = if numbers.is_empty() { self.any_unit() } else { *self.rng.pick(&numbers) };
            (Ty::Number(unit), self.number(unit, 2, &scope))
        } else {
            (Ty::Flag, self.condition(2, &scope))
        };
        let line = format!("设 {name} = {}", piece.text);
        fields.push(Named { wild: true, ..Named::new(name, ty) });
        line
    }

    /// What the evidence must satisfy: mostly what evidence often does.
    pub(super) fn checks(&mut self, scope: &Scope, odds: usize) -> Vec<String> {
        let mut checks = Vec::new();
        let lists: Vec<String> = if scope.fields.is_none() {
            self.evidence
                .iter()
                .filter(|e| e.filled && matches!(e.ty, Ty::List(_)))
                .map(|e| e.name.clone())
                .collect()
        } else {
            Vec::new()
        };
        for list in lists {
            let some = *self.rng.pick(&["> 0", "不少于 1", "≥ 1"]);
            checks.push(format!("件数({list}) {some}"));
        }
        if self.rng.percent(odds) {
            checks.extend(self.order_of_two(scope));
        }
        if self.rng.percent(odds / 4) {
            checks.push(self.condition(1, scope).text);
        }
        let lines = checks.into_iter().map(|check| {
            let text = if self.rng.percent(50) { " \"对不上\"" } else { "" };
            format!("核对 {check}{text}")
        });
        lines.collect()
    }

    /// One is not larger, or not later, than another of its kind.
    fn order_of_two(&mut self, scope: &Scope) -> Option<String> {
        let names = match &scope.fields {
            Some(fields) => fields.iter().filter(|f| !f.optional).cloned().collect(),
            None => self.names(scope),
        };
        let mut pairs = Vec::new();
        for (i, a) in names.iter().enumerate() {
            for b in names.iter().skip(i + 1) {
                if matches!(a.ty, Ty::Number(_)) && a.ty == b.ty {
                    let words = if [Ty::Number(DATE), Ty::Number(TIME)].contains(&a.ty) {
                        "不晚于"
                    } else {
                        "不超过"
                    };
                    pairs.push(format!("{} {words} {}", a.name, b.name));
                }
            }
        }
        if pairs.is_empty() { None } else { Some(self.rng.pick(&pairs).clone()) }
    }

    /// The list whose rows cite clauses.
    pub(super) fn findings(&mut self) -> String {
        let (list, clause, taken, what) =
            (self.fresh("发现"), self.fresh("条目"), self.fresh("所扣"), self.fresh("情形"));
        let mut fields = vec![
            Named::new(clause.clone(), Ty::Clause),
            Named::new(taken.clone(), Ty::Number(super::POINTS)),
            Named::new(what.clone(), Ty::Text),
        ];
        let mut lines = vec![
            format!("{clause}: 条款号"),
            format!("{taken}: {}", Self::given_points(200)),
            format!("{what}: 文本"),
        ];
        if self.rng.percent(50) {
            let (line, named) = self.declaration(1);
            lines.push(line);
            fields.push(named);
        }
        let declared = self.whole_list(&lines, fields);
        self.evidence.push(Named::new(list.clone(), declared.ty));
        format!("{list}: {}", declared.words)
    }

    /// A rule of no clause: what each row takes, it takes at the clause that it cites.
    pub(super) fn draw_line(&mut self) -> Option<String> {
        let list = self
            .evidence
            .iter()
            .find(|e| matches!(&e.ty, Ty::List(fields) if fields.iter().any(|f| f.ty == Ty::Clause)))?;
        let Ty::List(fields) = &list.ty else { return None };
        let (name, fields) = (list.name.clone(), fields.clone());
        let mut text = format!("每 {name}");
        if self.rng.percent(30) {
            let rows = Scope { fields: Some(fields.clone()), ..Scope::default() };
            let condition = self.condition(1, &rows);
            let condition = self.wrap(condition, Level::Or);
            text.push_str(&format!(" 其中 {condition}"));
        }
        if self.rng.percent(30) {
            let comma = self.perhaps_comma();
            text.push_str(&format!("{comma}同一 {}、{} 只计一次", fields[0].name, fields[2].name));
        }
        let comma = self.perhaps_comma();
        let amount = if self.rng.percent(80) { fields[1].name.clone() } else { "0.5分".to_owned() };
        let word = if self.rng.percent(90) { "扣" } else { "得" };
        text.push_str(&format!("{comma}于其 {} {word} {amount}", fields[0].name));
        Some(text)
    }
}
