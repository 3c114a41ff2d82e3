//! Whose values an expression has: those of a choice, of the grades, or of the grades of an imported rubric.

use rubric_syntax::ast::{self, ExprKind};

use super::walk::Walk;
use super::{Owner, Symbol, What};

/// Whose values a name beside an expression may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Values {
    Of(Owner),
    Grades,
    Imported(String),
}

/// Definitions that go round in a circle are bounded.
const DEEPEST: usize = 24;

impl<'t> Walk<'t> {
    /// Whose values `expr` has; nothing for numbers, flags and texts.
    pub(super) fn values(&self, expr: &ast::Expr, list: Option<&str>) -> Option<Values> {
        self.values_below(expr, list, 0)
    }

    fn values_below(&self, expr: &ast::Expr, list: Option<&str>, depth: usize) -> Option<Values> {
        if depth > DEEPEST {
            return None;
        }
        let below = |e: &ast::Expr| self.values_below(e, list, depth + 1);
        match &expr.kind {
            ExprKind::Group(inner) => below(inner),
            ExprKind::Name(name) => self.values_of_name(name, list, depth),
            ExprKind::Grade => Some(Values::Grades),
            ExprKind::Imported(import, ast::Target::Grade(_)) => Some(Values::Imported(import.node.clone())),
            ExprKind::If(_, then, otherwise) => below(then).or_else(|| below(otherwise)),
            ExprKind::Table(table) => table.rows.iter().find_map(|row| match row {
                ast::Row::Entry { entry: ast::Entry::Value(value), .. } => below(value),
                _ => None,
            }),
            _ => None,
        }
    }

    fn values_of_name(&self, name: &str, list: Option<&str>, depth: usize) -> Option<Values> {
        if let Some(list) = list
            && let Some(column) = self.column(list, name)
        {
            return match column {
                super::walk::Column::Given(field) => matches!(field.ty, ast::FieldType::Choice(_))
                    .then(|| Values::Of(Owner::Field(list.to_owned(), name.to_owned()))),
                super::walk::Column::Computed(value) => self.values_below(value, Some(list), depth + 1),
            };
        }
        if let Some(field) = self.evidence.get(name) {
            let choice = matches!(field.ty, ast::FieldType::Choice(_));
            return choice.then(|| Values::Of(Owner::Evidence(name.to_owned())));
        }
        let binding = self.lets.get(name).or_else(|| self.outputs.get(name))?;
        self.values_below(&binding.value, None, depth + 1)
    }

    /// The meaning of `name` among some values; nothing where it is none of them.
    pub(super) fn value_named(&self, values: &Values, name: &str) -> Option<Symbol> {
        match values {
            Values::Grades => self.grades.contains(name).then(|| Symbol::Grade(name.to_owned())),
            Values::Imported(import) => Some(Symbol::Imported(import.clone(), What::Grade(name.to_owned()))),
            Values::Of(owner) => {
                let field = match owner {
                    Owner::Evidence(evidence) => self.evidence.get(evidence.as_str()).copied(),
                    Owner::Field(list, field) => match self.column(list, field)? {
                        super::walk::Column::Given(field) => Some(field),
                        super::walk::Column::Computed(_) => None,
                    },
                }?;
                let ast::FieldType::Choice(choices) = &field.ty else { return None };
                let known = choices.iter().any(|c| c.node == name);
                known.then(|| Symbol::Choice(owner.clone(), name.to_owned()))
            }
        }
    }
}
