//! Head, evidence, sections and clauses, grades.

use pest::iterators::Pair;

use super::{Builder, parts, span};
use rubric_base::{Level, Span};

use crate::ast::{
    AsPrinted, Binding, Expr, Field, FieldItem, FieldType, GradeStep, GradeStepKind, Grades, Header,
    HeaderEntry, Item, LevelSetting, Modifier, Name, Node, NodeItem, NodeKind, Quantity, Quoted, Ranking,
    Rounded, Spanned, Table, Verify,
};
use crate::broken;
use crate::grammar::Rule;

/// What follows the title of a section or clause.
#[derive(Default)]
struct Budget {
    points: Option<Quantity>,
    shared: bool,
    cap: Option<Quantity>,
    rounded: Option<Rounded>,
    scaled: Option<Quantity>,
    weight: Option<Expr>,
}

impl Builder {
    pub(super) fn item(&mut self, pair: Pair<'_, Rule>, text: &str, items: &mut Vec<Item>) {
        match pair.as_rule() {
            Rule::header => items.extend(self.header(pair, text).map(Item::Header)),
            Rule::import => items.extend(Self::import(pair).map(Item::Import)),
            Rule::calendar => items.push(Item::Calendar(self.calendar(pair, text))),
            Rule::draw => items.extend(self.draw(pair, text).map(Item::Draw)),
            Rule::evidence => {
                let block = parts(pair).find(|p| p.as_rule() == Rule::field_block);
                items.push(Item::Evidence(block.map(|b| self.fields(b, text)).unwrap_or_default()));
            }
            Rule::graded => {
                let expr = parts(pair).find(|p| p.as_rule() == Rule::expr);
                items.extend(expr.map(|e| Item::Graded(self.expr(e, text))));
            }
            Rule::node => items.extend(self.node(pair, text).map(Item::Node)),
            Rule::ranking => items.push(Item::Ranking(self.ranking(pair, text))),
            Rule::grades => items.push(Item::Grades(self.grades(pair, text))),
            Rule::output => items.extend(self.binding(pair, text).map(Item::Output)),
            Rule::binding => items.extend(self.binding(pair, text).map(Item::Let)),
            Rule::example => items.extend(self.example(pair, text).map(Item::Example)),
            Rule::joined_item => {
                let end = span(&pair).end as usize;
                let line = text.get(end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
                self.errors.push(broken::two_on_one_line(self.file, text, Span::new(end, end + line.len())));
                pair.into_inner().for_each(|inner| self.item(inner, text, items));
            }
            _ => {
                self.report(&pair, text);
            }
        }
    }

    fn header(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Header> {
        let at = Self::at(&pair);
        let (mut title, mut entries) = (None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::quoted => title = Some(Self::quoted(&part)),
                Rule::header_entry => entries.extend(self.header_entry(part)),
                _ => {
                    self.report(&part, text);
                }
            }
        }
        Some(Header { title: title?, entries, at })
    }

    fn header_entry(&mut self, pair: Pair<'_, Rule>) -> Option<HeaderEntry> {
        let mut inner = parts(pair);
        let first = inner.next()?;
        let keyword = first.as_rule();
        if keyword == Rule::level_entry {
            return Self::level_setting(first).map(HeaderEntry::Level);
        }
        let value = inner.next()?;
        Some(match keyword {
            Rule::kw_year => HeaderEntry::Year(self.quantity(value)),
            Rule::kw_source => HeaderEntry::Source(Self::quoted(&value)),
            Rule::kw_description => HeaderEntry::Description(Self::quoted(&value)),
            Rule::kw_subjects => HeaderEntry::Subjects(Self::name(&value)),
            _ => {
                let total = self.quantity(value);
                let rounded = inner.next().and_then(|r| self.rounded(r));
                HeaderEntry::Total(total, rounded)
            }
        })
    }

    fn level_setting(pair: Pair<'_, Rule>) -> Option<LevelSetting> {
        let at = Self::at(&pair);
        let mut inner = parts(pair).skip(1);
        let written = Self::name(&inner.next()?);
        let level = match inner.next()?.as_rule() {
            Rule::kw_level_off => None,
            Rule::kw_level_note => Some(Level::Note),
            Rule::kw_level_warning => Some(Level::Warning),
            _ => Some(Level::Error),
        };
        Some(LevelSetting { code: written.node.parse().ok(), written, level, at })
    }

    fn binding(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Binding> {
        let at = Self::at(&pair);
        let (mut name, mut value, mut printed) = (None, None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(Self::name(&part)),
                Rule::expr => value = Some(self.expr(part, text)),
                Rule::printed => printed.extend(Self::printed(part)),
                _ => {}
            }
        }
        Some(Binding { name: name?, value: value?, printed, at })
    }

    fn fields(&mut self, block: Pair<'_, Rule>, text: &str) -> Vec<FieldItem> {
        let mut items = Vec::new();
        for part in parts(block) {
            let at = Self::at(&part);
            match part.as_rule() {
                Rule::field => items.extend(self.field(part, text).map(FieldItem::Field)),
                Rule::graded_only => {
                    let inner = parts(part).find(|p| p.as_rule() == Rule::field_block);
                    let inner = inner.map(|b| self.fields(b, text)).unwrap_or_default();
                    items.push(FieldItem::GradedOnly(inner, at));
                }
                Rule::verify => items.extend(self.verify(part, text).map(FieldItem::Verify)),
                Rule::binding => items.extend(self.binding(part, text).map(FieldItem::Computed)),
                _ => {
                    self.report(&part, text);
                }
            }
        }
        items
    }

    fn verify(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Verify> {
        let at = Self::at(&pair);
        let mut inner = parts(pair).skip(1);
        let condition = self.expr(inner.next()?, text);
        Some(Verify { condition, text: inner.next().map(|q| Self::quoted(&q)), at })
    }

    fn field(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Field> {
        let at = Self::at(&pair);
        let (mut name, mut ty, mut modifiers, mut help) = (None, None, Vec::new(), None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(Self::name(&part)),
                Rule::field_type => ty = self.field_type(part, text),
                Rule::modifier => modifiers.extend(self.modifier(part)),
                Rule::quoted => help = Some(Self::quoted(&part)),
                _ => {}
            }
        }
        Some(Field { name: name?, ty: ty?, modifiers, help, at })
    }

    fn field_type(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<FieldType> {
        let mut inner = parts(pair);
        let keyword = inner.next()?.as_rule();
        let argument = inner.find(|p| !matches!(p.as_rule(), Rule::kw_number_of | Rule::kw_duration_in));
        Some(match keyword {
            Rule::kw_count => FieldType::Count,
            Rule::kw_number | Rule::kw_duration => FieldType::Number(argument.and_then(|u| Self::unit(&u))),
            Rule::kw_percent => FieldType::Percent,
            Rule::kw_score_type => FieldType::Points,
            Rule::kw_flag => FieldType::Flag,
            Rule::kw_date => FieldType::Date,
            Rule::kw_time => FieldType::Time,
            Rule::kw_clause_type => FieldType::Clause,
            Rule::kw_text => FieldType::Text,
            Rule::kw_choice => FieldType::Choice(argument.map(Self::names).unwrap_or_default()),
            _ => FieldType::List(argument.map(|b| self.fields(b, text)).unwrap_or_default()),
        })
    }

    fn modifier(&mut self, pair: Pair<'_, Rule>) -> Option<Modifier> {
        let at = Self::at(&pair);
        let mut inner = parts(pair);
        let first = inner.next()?;
        Some(match first.as_rule() {
            Rule::kw_precision => Modifier::Precision(self.quantity(inner.next()?)),
            Rule::kw_optional => Modifier::Optional(at),
            Rule::kw_higher_is_better => Modifier::Better { higher: true, at },
            Rule::kw_lower_is_better => Modifier::Better { higher: false, at },
            Rule::kw_default => Modifier::Default(self.literal_expr(inner.next()?)?),
            Rule::kw_sample => Modifier::Sample(self.quantity(inner.next()?)),
            Rule::kw_at_most => {
                let number = inner.next()?;
                let at = Self::at(&number);
                Modifier::MostRows(crate::ast::Quantity { number: self.number(&number), unit: None, at })
            }
            _ => Modifier::Range(parts(first).filter_map(|s| self.stretch(s)).collect()),
        })
    }

    fn stretch(
        &mut self,
        pair: Pair<'_, Rule>,
    ) -> Option<(crate::ast::Quantity, Option<crate::ast::Quantity>)> {
        let mut ends = parts(pair).filter(|p| p.as_rule() == Rule::signed).collect::<Vec<_>>().into_iter();
        let low = self.quantity(ends.next()?);
        let high = ends.next().map(|h| self.quantity(h));
        Some((low, high))
    }

    fn node(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Node> {
        let at = Self::at(&pair);
        let mut head = at;
        let (mut kind, mut number, mut title) = (NodeKind::Clause, None, None);
        let (mut budget, mut printed, mut body) = (Budget::default(), Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_section => kind = NodeKind::Section,
                Rule::kw_extra_deductions => kind = NodeKind::ExtraDeductions,
                Rule::kw_extra_awards => kind = NodeKind::ExtraAwards,
                Rule::clause_number => number = Some(Self::name(&part)),
                Rule::quoted => {
                    head.0.end = super::span(&part).end;
                    title = Some(Self::quoted(&part));
                }
                Rule::budget => budget = self.budget(part, text),
                Rule::printed => printed.extend(Self::printed(part)),
                Rule::node_block => body = self.node_block(part, text),
                _ => {}
            }
        }
        let Budget { points, shared, cap, rounded, scaled, weight } = budget;
        Some(Node {
            kind,
            number: number?,
            title: title?,
            points,
            shared,
            cap,
            rounded,
            scaled,
            weight,
            printed,
            body,
            head,
            at,
        })
    }

    fn budget(&mut self, pair: Pair<'_, Rule>, text: &str) -> Budget {
        let (mut budget, mut caps) = (Budget::default(), false);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::shared => {
                    budget.shared = true;
                    budget.points = parts(part).nth(1).map(|q| self.quantity(q));
                }
                Rule::kw_cap => caps = true,
                Rule::quantity if caps => budget.cap = Some(self.quantity(part)),
                Rule::quantity => budget.points = Some(self.quantity(part)),
                Rule::rounded => budget.rounded = self.rounded(part),
                Rule::scaled => budget.scaled = parts(part).nth(1).map(|q| self.quantity(q)),
                Rule::weight => budget.weight = parts(part).nth(1).map(|e| self.expr(e, text)),
                _ => {}
            }
        }
        budget
    }

    fn node_block(&mut self, block: Pair<'_, Rule>, text: &str) -> Vec<NodeItem> {
        let mut body = Vec::new();
        for part in parts(block) {
            match part.as_rule() {
                Rule::node => body.extend(self.node(part, text).map(NodeItem::Node)),
                Rule::rule => body.extend(self.rule(part, text).map(NodeItem::Rule)),
                _ => {
                    self.report(&part, text);
                }
            }
        }
        body
    }

    pub(super) fn printed(pair: Pair<'_, Rule>) -> Option<AsPrinted> {
        let at = Self::at(&pair);
        let (mut written, mut reason): (Option<Name>, Option<Quoted>) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::clause_number => written = Some(Self::name(&part)),
                Rule::quoted => reason = Some(Self::quoted(&part)),
                _ => {}
            }
        }
        let written = written?;
        Some(AsPrinted { code: written.node.parse().ok(), written, reason: reason?, at })
    }

    pub(super) fn order_key(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<(Expr, bool)> {
        let mut key = parts(pair);
        let (value, way) = (key.next()?, key.next()?);
        Some((self.expr(value, text), way.as_rule() == Rule::kw_highest_first))
    }

    fn ranking(&mut self, pair: Pair<'_, Rule>, text: &str) -> Ranking {
        let mut ranking = Ranking { keys: Vec::new(), ties: None, at: Self::at(&pair) };
        for part in parts(pair) {
            match part.as_rule() {
                Rule::order_key => ranking.keys.extend(self.order_key(part, text)),
                Rule::ties => ranking.ties = Self::ties(part),
                _ => {}
            }
        }
        ranking
    }

    fn grades(&mut self, pair: Pair<'_, Rule>, text: &str) -> Grades {
        let mut grades =
            Grades { names: Vec::new(), besides: Vec::new(), steps: Vec::new(), at: Self::at(&pair) };
        let mut besides = false;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_besides => besides = true,
                Rule::names if besides => grades.besides = Self::names(part),
                Rule::names => grades.names = Self::names(part),
                Rule::step => grades.steps.extend(self.step(part, text)),
                _ => {
                    self.report(&part, text);
                }
            }
        }
        grades
    }

    fn step(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<GradeStep> {
        let at = Self::at(&pair);
        let (mut condition, mut kind) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::expr => condition = Some(self.expr(part, text)),
                Rule::table => kind = Some(GradeStepKind::Table(self.table(part, text)?)),
                Rule::becomes => {
                    let name = parts(part).find(|p| p.as_rule() == Rule::name).map(|p| Self::name(&p))?;
                    kind = Some(GradeStepKind::Give(condition.take(), name));
                }
                Rule::change => {
                    let (from, to) = Self::change(part)?;
                    kind = Some(GradeStepKind::Change(condition.take()?, from, to));
                }
                Rule::lower => {
                    let mut by = None;
                    let mut named = Vec::new();
                    for p in parts(part) {
                        match p.as_rule() {
                            Rule::quantity => by = Some(self.quantity(p)),
                            Rule::change => named.extend(Self::change(p)),
                            _ => {}
                        }
                    }
                    kind = Some(GradeStepKind::Lower(condition.take()?, by?, named));
                }
                Rule::veto => kind = self.veto(part, text),
                Rule::quota => kind = self.quota(part, text).map(Box::new).map(GradeStepKind::Quota),
                _ => {}
            }
        }
        Some(GradeStep { kind: kind?, at })
    }

    fn veto(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<GradeStepKind> {
        let (mut grade, mut conditions) = (None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => grade = Some(Self::name(&part)),
                Rule::expr => conditions.push(self.expr(part, text)),
                _ => {
                    self.report(&part, text);
                }
            }
        }
        Some(GradeStepKind::Veto(grade?, conditions))
    }

    fn change(pair: Pair<'_, Rule>) -> Option<(Name, Name)> {
        let mut names = parts(pair).filter(|p| p.as_rule() == Rule::name).map(|p| Self::name(&p));
        Some((names.next()?, names.next()?))
    }

    pub(super) fn ties(pair: Pair<'_, Rule>) -> Option<Spanned<crate::ast::Ties>> {
        let at = Self::at(&pair);
        let node = match parts(pair).nth(1)?.as_rule() {
            Rule::kw_ties_better => crate::ast::Ties::Better,
            Rule::kw_ties_worse => crate::ast::Ties::Worse,
            Rule::kw_ties_lose => crate::ast::Ties::Lose,
            _ => crate::ast::Ties::Mean,
        };
        Some(Spanned { node, at })
    }

    pub(super) fn table(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Table> {
        self.table_of(pair, text)
    }
}
