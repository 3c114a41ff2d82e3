//! The walk through the tree that finds every name.

use rubric_syntax::ast::{self, ExprKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::owner::Values;
use super::{Names, Owner, Symbol, What};

/// A column of a list.
#[derive(Clone, Copy)]
pub(super) enum Column<'t> {
    Given(&'t ast::Field),
    Computed(&'t ast::Expr),
}

/// What is declared, and the names found so far.
pub(super) struct Walk<'t> {
    tree: &'t ast::File,
    names: Names,
    pub(super) evidence: FxHashMap<&'t str, &'t ast::Field>,
    columns: FxHashMap<(&'t str, &'t str), Column<'t>>,
    pub(super) lets: FxHashMap<&'t str, &'t ast::Binding>,
    pub(super) outputs: FxHashMap<&'t str, &'t ast::Binding>,
    nodes: FxHashSet<&'t str>,
    pub(super) grades: FxHashSet<&'t str>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(tree: &'t ast::File) -> Self {
        let mut walk = Self {
            tree,
            names: Names::default(),
            evidence: FxHashMap::default(),
            columns: FxHashMap::default(),
            lets: FxHashMap::default(),
            outputs: FxHashMap::default(),
            nodes: FxHashSet::default(),
            grades: FxHashSet::default(),
        };
        for item in &tree.items {
            match item {
                ast::Item::Evidence(fields) => walk.collect_fields(fields),
                ast::Item::Let(b) => _ = walk.lets.entry(&b.name.node).or_insert(b),
                ast::Item::Output(b) => _ = walk.outputs.entry(&b.name.node).or_insert(b),
                ast::Item::Node(node) => walk.collect_nodes(node),
                ast::Item::Grades(g) => {
                    walk.grades.extend(g.names.iter().chain(&g.besides).map(|n| n.node.as_str()));
                }
                _ => {}
            }
        }
        walk
    }

    fn collect_fields(&mut self, items: &'t [ast::FieldItem]) {
        for item in items {
            match item {
                ast::FieldItem::GradedOnly(inner, _) => self.collect_fields(inner),
                ast::FieldItem::Field(field) => {
                    self.evidence.entry(&field.name.node).or_insert(field);
                    let ast::FieldType::List(columns) = &field.ty else { continue };
                    for column in columns {
                        let (name, column) = match column {
                            ast::FieldItem::Field(f) => (&f.name.node, Column::Given(f)),
                            ast::FieldItem::Computed(b) => (&b.name.node, Column::Computed(&b.value)),
                            _ => continue,
                        };
                        self.columns.entry((&field.name.node, name)).or_insert(column);
                    }
                }
                _ => {}
            }
        }
    }

    fn collect_nodes(&mut self, node: &'t ast::Node) {
        self.nodes.insert(&node.number.node);
        for item in &node.body {
            if let ast::NodeItem::Node(inner) = item {
                self.collect_nodes(inner);
            }
        }
    }

    pub(super) fn column(&self, list: &str, name: &str) -> Option<Column<'t>> {
        self.columns.get(&(list, name)).copied()
    }

    pub(super) fn names(mut self) -> Names {
        let tree = self.tree;
        tree.items.iter().for_each(|item| self.item(item));
        self.names
    }

    fn declare(&mut self, symbol: Symbol, at: ast::At) {
        self.names.add(symbol, at, true);
    }

    fn mention(&mut self, symbol: Symbol, at: ast::At) {
        self.names.add(symbol, at, false);
    }

    fn item(&mut self, item: &'t ast::Item) {
        match item {
            ast::Item::Header(_) | ast::Item::Calendar(_) => {}
            ast::Item::Import(import) => {
                self.declare(Symbol::Import(import.name.node.clone()), import.name.at);
                import.by.iter().for_each(|by| self.mention(Symbol::Evidence(by.node.clone()), by.at));
            }
            ast::Item::Evidence(fields) => self.fields(fields, None),
            ast::Item::Graded(condition) => self.expr(condition, None),
            ast::Item::Let(b) => self.binding(b, Symbol::Let(b.name.node.clone()), None),
            ast::Item::Output(b) => self.binding(b, Symbol::Output(b.name.node.clone()), None),
            ast::Item::Node(node) => self.node(node),
            ast::Item::Ranking(ranking) => ranking.keys.iter().for_each(|(key, _)| self.expr(key, None)),
            ast::Item::Grades(grades) => self.grades(grades),
            ast::Item::Example(example) => self.example(example),
            ast::Item::Draw(draw) => {
                self.list(&draw.list);
                let list = Some(draw.list.node.as_str());
                draw.filter.iter().for_each(|f| self.expr(f, list));
                draw.distinct.iter().chain([&draw.clause]).for_each(|f| self.field(&draw.list.node, f));
                self.effect(&draw.effect, list);
            }
        }
    }

    fn binding(&mut self, binding: &'t ast::Binding, symbol: Symbol, list: Option<&str>) {
        self.declare(symbol, binding.name.at);
        self.expr(&binding.value, list);
    }

    fn list(&mut self, name: &ast::Name) {
        if self.evidence.contains_key(name.node.as_str()) {
            self.mention(Symbol::Evidence(name.node.clone()), name.at);
        }
    }

    fn field(&mut self, list: &str, name: &ast::Name) {
        if self.column(list, &name.node).is_some() {
            self.mention(Symbol::Field(list.to_owned(), name.node.clone()), name.at);
        }
    }

    fn fields(&mut self, items: &'t [ast::FieldItem], list: Option<&'t str>) {
        for item in items {
            match item {
                ast::FieldItem::GradedOnly(inner, _) => self.fields(inner, list),
                ast::FieldItem::Verify(verify) => self.expr(&verify.condition, list),
                ast::FieldItem::Computed(b) => {
                    let owner = list.unwrap_or_default().to_owned();
                    self.binding(b, Symbol::Field(owner, b.name.node.clone()), list);
                }
                ast::FieldItem::Field(field) => self.declared_field(field, list),
            }
        }
    }

    fn declared_field(&mut self, field: &'t ast::Field, list: Option<&'t str>) {
        let name = field.name.node.clone();
        let (symbol, owner) = match list {
            None => (Symbol::Evidence(name.clone()), Owner::Evidence(name)),
            Some(list) => (Symbol::Field(list.to_owned(), name.clone()), Owner::Field(list.to_owned(), name)),
        };
        self.declare(symbol, field.name.at);
        match &field.ty {
            ast::FieldType::Choice(choices) => {
                for choice in choices {
                    self.declare(Symbol::Choice(owner.clone(), choice.node.clone()), choice.at);
                }
            }
            ast::FieldType::List(columns) => self.fields(columns, Some(&field.name.node)),
            _ => {}
        }
        for modifier in &field.modifiers {
            if let ast::Modifier::Default(value) = modifier {
                self.value(value, Some(&Values::Of(owner.clone())), None);
            }
        }
    }

    /// An expression that may be the bare name of one of some values.
    fn value(&mut self, expr: &'t ast::Expr, values: Option<&Values>, list: Option<&str>) {
        match &expr.kind {
            ExprKind::Group(inner) => self.value(inner, values, list),
            ExprKind::Name(name) => match values.and_then(|values| self.value_named(values, name)) {
                Some(symbol) => self.mention(symbol, expr.at),
                None => self.name(name, expr.at, list),
            },
            _ => self.expr(expr, list),
        }
    }

    fn name(&mut self, name: &str, at: ast::At, list: Option<&str>) {
        let name = name.to_owned();
        let field = list.filter(|list| self.column(list, &name).is_some());
        let symbol = if let Some(list) = field {
            Symbol::Field(list.to_owned(), name)
        } else if self.evidence.contains_key(name.as_str()) {
            Symbol::Evidence(name)
        } else if self.lets.contains_key(name.as_str()) {
            Symbol::Let(name)
        } else if self.outputs.contains_key(name.as_str()) {
            Symbol::Output(name)
        } else {
            return;
        };
        self.mention(symbol, at);
    }

    fn node(&mut self, node: &'t ast::Node) {
        self.declare(Symbol::Node(node.number.node.clone()), node.number.at);
        node.weight.iter().for_each(|w| self.expr(w, None));
        for item in &node.body {
            match item {
                ast::NodeItem::Node(inner) => self.node(inner),
                ast::NodeItem::Rule(rule) => self.rule(rule),
            }
        }
    }

    fn rule(&mut self, rule: &'t ast::Rule) {
        match &rule.kind {
            ast::RuleKind::Simple { when, effect, tails, otherwise } => {
                let list = self.when(when);
                self.effect(effect, list);
                otherwise.iter().for_each(|effect| self.effect(effect, None));
                for tail in tails {
                    if let ast::Tail::Cap(cap) = tail {
                        self.expr(cap, None);
                    }
                }
            }
            ast::RuleKind::Table(table) => self.table(table, None, None),
            ast::RuleKind::Heaviest(members) => members.iter().for_each(|m| self.rule(m)),
            ast::RuleKind::Start(expr) => self.expr(expr, None),
            ast::RuleKind::NotApplicable { condition, .. } | ast::RuleKind::Require { condition, .. } => {
                self.expr(condition, None);
            }
            ast::RuleKind::MayBeNegative | ast::RuleKind::Description(_) => {}
        }
    }

    /// Gives the list whose rows are gone through.
    fn when(&mut self, when: &'t ast::When) -> Option<&'t str> {
        match when {
            ast::When::Always => None,
            ast::When::If(condition) => {
                self.expr(condition, None);
                None
            }
            ast::When::Steps { value, limit, .. } => {
                self.expr(value, None);
                self.expr(limit, None);
                None
            }
            ast::When::Each { subject, filter, distinct } => {
                self.name(&subject.node, subject.at, None);
                let declared = self.evidence.get(subject.node.as_str());
                let list = declared
                    .filter(|f| matches!(f.ty, ast::FieldType::List(_)))
                    .map(|_| subject.node.as_str());
                filter.iter().for_each(|f| self.expr(f, list));
                distinct.iter().for_each(|f| self.field(&subject.node, f));
                list
            }
        }
    }

    fn effect(&mut self, effect: &'t ast::Effect, list: Option<&str>) {
        if let ast::Effect::Deduct(points) | ast::Effect::Award(points) = effect {
            self.expr(points, list);
        }
    }

    fn table(&mut self, table: &'t ast::Table, list: Option<&str>, entries: Option<&Values>) {
        self.expr(&table.subject, list);
        let keys = self.values(&table.subject, list);
        for row in &table.rows {
            let ast::Row::Entry { key, entry, .. } = row else { continue };
            if let (ast::Key::Names(names), Some(values)) = (&key.node, &keys) {
                for name in names {
                    if let Some(symbol) = self.value_named(values, &name.node) {
                        self.mention(symbol, name.at);
                    }
                }
            }
            match entry {
                ast::Entry::Effect(effect) => self.effect(effect, list),
                ast::Entry::Value(value) => self.value(value, entries, list),
            }
        }
    }

    fn exprs(&mut self, all: &'t [ast::Expr], list: Option<&str>) {
        all.iter().for_each(|e| self.expr(e, list));
    }

    fn expr(&mut self, expr: &'t ast::Expr, list: Option<&str>) {
        match &expr.kind {
            ExprKind::Name(name) => self.name(name, expr.at, list),
            ExprKind::Score(number) | ExprKind::RawScore(number) => self.number(number),
            ExprKind::Imported(import, target) => self.imported(import, target),
            ExprKind::Absent(name) => self.name(&name.node, name.at, list),
            ExprKind::Not(x) | ExprKind::Negate(x) | ExprKind::Group(x) | ExprKind::Round(x, _) => {
                self.expr(x, list);
            }
            ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Larger(all) | ExprKind::Smaller(all) => {
                self.exprs(all, list);
            }
            ExprKind::Compare(_, a, b) => {
                self.expr(a, list);
                let values = self.values(a, list);
                self.value(b, values.as_ref(), list);
            }
            ExprKind::Arithmetic(_, a, b) | ExprKind::Workdays(a, b) => {
                self.expr(a, list);
                self.expr(b, list);
            }
            ExprKind::Between(a, b, c) => [a, b, c].into_iter().for_each(|e| self.expr(e, list)),
            ExprKind::If(condition, then, otherwise) => {
                self.expr(condition, list);
                let values = self.values(then, list).or_else(|| self.values(otherwise, list));
                self.value(then, values.as_ref(), list);
                self.value(otherwise, values.as_ref(), list);
            }
            ExprKind::WithinDays { day, from, .. } => {
                self.expr(day, list);
                self.expr(from, list);
            }
            ExprKind::Table(table) => {
                let values = self.values(expr, list);
                self.table(table, list, values.as_ref());
            }
            ExprKind::Rows { list: name, field, filter, .. } => {
                self.list(name);
                field.iter().for_each(|f| self.field(&name.node, f));
                filter.iter().for_each(|f| self.expr(f, Some(&name.node)));
            }
            ExprKind::Quantified { list: name, condition, .. } => {
                self.list(name);
                self.expr(condition, Some(&name.node));
            }
            ExprKind::Quantity(_) | ExprKind::Text(_) | ExprKind::Flag(_) | ExprKind::Total => {}
            ExprKind::Rank | ExprKind::Grade | ExprKind::RequirementsMet | ExprKind::RequirementsAll => {}
        }
    }

    fn number(&mut self, number: &ast::Name) {
        if self.nodes.contains(number.node.as_str()) {
            self.mention(Symbol::Node(number.node.clone()), number.at);
        }
    }

    fn imported(&mut self, import: &ast::Name, target: &ast::Target) {
        self.mention(Symbol::Import(import.node.clone()), import.at);
        if let ast::Target::Named(what) = target {
            let what_of = What::Named(what.node.clone());
            self.mention(Symbol::Imported(import.node.clone(), what_of), what.at);
        }
    }

    fn grade(&mut self, name: &ast::Name) {
        if self.grades.contains(name.node.as_str()) {
            self.mention(Symbol::Grade(name.node.clone()), name.at);
        }
    }

    fn grades(&mut self, grades: &'t ast::Grades) {
        for name in grades.names.iter().chain(&grades.besides) {
            self.declare(Symbol::Grade(name.node.clone()), name.at);
        }
        for step in &grades.steps {
            match &step.kind {
                ast::GradeStepKind::Table(table) => self.table(table, None, Some(&Values::Grades)),
                ast::GradeStepKind::Give(condition, grade) => {
                    condition.iter().for_each(|c| self.expr(c, None));
                    self.grade(grade);
                }
                ast::GradeStepKind::Lower(condition, _, falls) => {
                    self.expr(condition, None);
                    falls.iter().for_each(|(a, b)| [a, b].into_iter().for_each(|n| self.grade(n)));
                }
                ast::GradeStepKind::Change(condition, from, to) => {
                    self.expr(condition, None);
                    self.grade(from);
                    self.grade(to);
                }
                ast::GradeStepKind::Veto(grade, conditions) => {
                    self.grade(grade);
                    self.exprs(conditions, None);
                }
                ast::GradeStepKind::Quota(quota) => self.quota(quota),
            }
        }
    }

    fn quota(&mut self, quota: &'t ast::Quota) {
        self.grade(&quota.grade);
        self.grade(&quota.beyond);
        quota.each.iter().for_each(|name| self.list(name));
        self.expr(&quota.limit, None);
        if let Some(ast::Population::Where(condition)) = &quota.population {
            self.expr(condition, None);
        }
        quota.keys.iter().for_each(|(key, _)| self.expr(key, None));
    }

    fn example(&mut self, example: &'t ast::Example) {
        let unit = |name: &ast::Name| Symbol::Unit(example.at.0.start, name.node.clone());
        for item in &example.items {
            match item {
                ast::ExampleItem::Given(given, _) => self.given(given),
                ast::ExampleItem::Unit(name, given, _) => {
                    self.declare(unit(name), name.at);
                    self.given(given);
                }
                ast::ExampleItem::Expect(all) => {
                    for expectation in all {
                        expectation.unit.iter().for_each(|name| self.mention(unit(name), name.at));
                        self.expectation(expectation);
                    }
                }
            }
        }
    }

    fn expectation(&mut self, expectation: &'t ast::Expectation) {
        let mut values = None;
        match &expectation.target {
            ast::Target::Named(name) if self.nodes.contains(name.node.as_str()) => {
                self.mention(Symbol::Node(name.node.clone()), name.at);
            }
            ast::Target::Named(name) => {
                if let Some(output) = self.outputs.get(name.node.as_str()).copied() {
                    self.mention(Symbol::Output(name.node.clone()), name.at);
                    values = self.values(&output.value, None);
                }
            }
            ast::Target::Grade(_) => values = Some(Values::Grades),
            ast::Target::Total(_) | ast::Target::Rank(_) => {}
        }
        if let (ast::Literal::Name(name), Some(values)) = (&expectation.value, values)
            && let Some(symbol) = self.value_named(&values, &name.node)
        {
            self.mention(symbol, name.at);
        }
    }

    fn given(&mut self, given: &'t [ast::GivenItem]) {
        for item in given {
            let ast::GivenItem::Value(name, literal, _) = item else { continue };
            let Some(field) = self.evidence.get(name.node.as_str()).copied() else { continue };
            self.mention(Symbol::Evidence(name.node.clone()), name.at);
            if let ast::Literal::Rows(rows, _) = literal {
                for (column, value) in rows.iter().flatten() {
                    let Some(Column::Given(of)) = self.column(&name.node, &column.node) else { continue };
                    self.field(&name.node, column);
                    self.literal(value, of, Owner::Field(name.node.clone(), column.node.clone()));
                }
            } else {
                self.literal(literal, field, Owner::Evidence(name.node.clone()));
            }
        }
    }

    fn literal(&mut self, literal: &ast::Literal, field: &ast::Field, owner: Owner) {
        match (literal, &field.ty) {
            (ast::Literal::Name(name) | ast::Literal::Clause(name), ast::FieldType::Clause) => {
                self.number(name);
            }
            (ast::Literal::Number(number), ast::FieldType::Clause) => {
                let written = number.number.to_string();
                let known = self.nodes.get(written.as_str()).copied();
                known.into_iter().for_each(|n| self.mention(Symbol::Node(n.to_owned()), number.at));
            }
            (ast::Literal::Name(name), ast::FieldType::Choice(_)) => {
                if let Some(symbol) = self.value_named(&Values::Of(owner), &name.node) {
                    self.mention(symbol, name.at);
                }
            }
            _ => {}
        }
    }
}
