//! Lists: computed columns, and checks of evidence.

use rubric_base::{Place, Span};
use rubric_program::{EvidenceId, EvidenceType, Field, Verify};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::expression::Scope;
use crate::findings::names;
use crate::order::Item;

impl<'a> Checker<'a> {
    /// Keeps what of a list can only be lowered when all is declared.
    pub(crate) fn declare_list(&mut self, id: EvidenceId, items: &'a [ast::FieldItem], graded_only: bool) {
        for item in items {
            match item {
                ast::FieldItem::Computed(binding) => self.columns.entry(id).or_default().push(binding),
                ast::FieldItem::Verify(verify) => self.verifies.push((Some(id), verify, graded_only)),
                _ => {}
            }
        }
    }

    /// A computed column takes its place among the fields; its type is known when it is lowered.
    pub(crate) fn column(&mut self, fields: &mut Vec<Field>, binding: &ast::Binding) {
        if let Some(first) = fields.iter().find(|f| f.name == binding.name.node) {
            let first = Place { file: self.file, span: first.span };
            let diagnostic = names::twice(self.place(binding.name.at), &binding.name.node, first);
            self.report(diagnostic);
            return;
        }
        fields.push(Field {
            name: binding.name.node.clone(),
            ty: EvidenceType::Text,
            optional: true,
            default: None,
            computed: None,
            span: binding.name.at.0,
        });
    }

    /// Sees to it that the computed columns of a list are known.
    pub(crate) fn demand_columns(&mut self, list: EvidenceId, at: Span) {
        if self.columns.contains_key(&list) {
            self.demand(Item::Columns(list.0), at);
        }
    }

    /// Lowers the columns in written order: each may use those before it.
    pub(crate) fn lower_columns(&mut self, list: EvidenceId) -> bool {
        for binding in self.columns.get(&list).cloned().unwrap_or_default() {
            let Some(value) = self.expr(&binding.value, &Scope::row(list)) else { continue };
            if let Some(EvidenceType::List { fields, .. }) =
                self.program.evidence.get_mut(list.0).map(|e| &mut e.ty)
                && let Some(field) = fields.iter_mut().find(|f| f.name == binding.name.node)
            {
                field.computed = Some(value);
            }
        }
        true
    }

    /// Whether a field is a computed column that is not lowered, so that nothing may use it yet.
    pub(crate) fn is_pending(&self, list: EvidenceId, field: &Field) -> bool {
        let computed =
            self.columns.get(&list).is_some_and(|all| all.iter().any(|b| b.name.node == field.name));
        computed && field.computed.is_none()
    }

    /// `核对`: conditions on the evidence of one unit, or of one row.
    pub(crate) fn verifications(&mut self) {
        for (list, verify, graded_only) in self.verifies.clone() {
            if let Some(list) = list {
                self.demand_columns(list, verify.at.0);
            }
            let scope = list.map_or_else(Scope::default, Scope::row);
            if let Some(condition) = self.condition(&verify.condition, &scope) {
                let text = verify.text.as_ref().map(|t| t.node.clone()).unwrap_or_default();
                self.program.verify.push(Verify { list, condition, text, graded_only, span: verify.at.0 });
            }
        }
    }
}
