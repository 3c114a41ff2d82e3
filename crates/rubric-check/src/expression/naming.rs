//! What a name stands for: fields of the row in hand, evidence, named values, outputs.

use super::Scope;
use crate::checker::Checker;
use crate::evidence::domain_of;
use crate::evidence::type_of;
use crate::findings::names;
use crate::findings::types;
use crate::order::Item;
use rubric_program::{Domain, EvidenceId, EvidenceType, Expr, ExprKind, FieldId, LetId, Type};
use rubric_syntax::ast;

impl Checker<'_> {
    pub(super) fn name(&mut self, name: &str, at: ast::At, scope: &Scope<'_>) -> Option<Expr> {
        if let Some(field) = scope.list.and_then(|list| self.field(list, name)) {
            return Some(field_expr(field, at));
        }
        if let Some(id) = self.evidence.get(name).copied() {
            self.mark_used(id);
            let evidence = self.program.evidence.get(id.0)?;
            if matches!(evidence.ty, EvidenceType::List { .. }) {
                let diagnostic = types::list_is_no_value(self.place(at), name, self.language());
                self.report(diagnostic);
                return None;
            }
            let (ty, domain) = (type_of(&evidence.ty), domain_of(&evidence.ty));
            return Some(Expr { kind: ExprKind::Evidence(id), ty, domain, span: at.0 });
        }
        if let Some((id, _)) = self.lets.get(name).copied() {
            self.used_lets.insert(id);
            self.demand(Item::Let(id.0), at.0);
            return self.has_meaning(Item::Let(id.0)).then(|| self.named(id, at)).flatten();
        }
        if let Some((id, _)) = self.outputs.get(name).copied() {
            self.demand(Item::Output(id.0), at.0);
            if !self.has_meaning(Item::Output(id.0)) {
                return None;
            }
            let value = &self.program.outputs.get(id.0)?.value;
            return Some(Expr { kind: ExprKind::Output(id), span: at.0, ..value.clone() });
        }
        let known = self.known_names(scope);
        // The near name was meant: it is not unused as well.
        let near = rubric_base::near::nearest_name(name, known.iter().map(String::as_str));
        if let Some(id) = near.and_then(|near| self.evidence.get(near).copied()) {
            self.mark_used(id);
        }
        self.used_lets.extend(near.and_then(|near| self.lets.get(near)).map(|(id, _)| *id));
        let diagnostic = names::unknown(self.place(at), name, known.iter().map(String::as_str));
        self.report(diagnostic);
        None
    }

    pub(super) fn named(&self, id: LetId, at: ast::At) -> Option<Expr> {
        let value = &self.program.lets.get(id.0)?.value;
        let (ty, domain) = (value.ty.clone(), value.domain.clone());
        Some(Expr { kind: ExprKind::Let(id), ty, domain, span: at.0 })
    }

    pub(crate) fn mark_used(&mut self, id: EvidenceId) {
        if let Some(used) = self.used.get_mut(id.0) {
            *used = true;
        }
    }

    /// Everything a name could have meant here.
    pub(crate) fn known_names(&self, scope: &Scope<'_>) -> Vec<String> {
        let fields = scope.list.and_then(|list| self.program.evidence.get(list.0)).map(|e| match &e.ty {
            EvidenceType::List { fields, .. } => fields.iter().map(|f| f.name.clone()).collect(),
            _ => Vec::new(),
        });
        let evidence = self.program.evidence.iter().map(|e| e.name.clone());
        let lets = self.program.lets.iter().chain(&self.program.outputs).map(|n| n.name.clone());
        fields.unwrap_or_default().into_iter().chain(evidence).chain(lets).collect()
    }

    /// A field of a list: its type, and for numbers its bounds.
    pub(crate) fn field(&self, list: EvidenceId, name: &str) -> Option<(FieldId, Type, Option<Domain>)> {
        match &self.program.evidence.get(list.0)?.ty {
            EvidenceType::List { fields, .. } => {
                let position = fields.iter().position(|f| f.name == name)?;
                let field = fields.get(position).filter(|f| !self.is_pending(list, f))?;
                let (ty, domain) = match &field.computed {
                    Some(value) => (value.ty.clone(), value.domain.clone()),
                    None => (type_of(&field.ty), domain_of(&field.ty)),
                };
                Some((FieldId(position), ty, domain))
            }
            _ => None,
        }
    }

    /// Evidence by its name.
    pub(crate) fn evidence_named(&mut self, name: &ast::Name) -> Option<EvidenceId> {
        if let Some(id) = self.evidence.get(name.node.as_str()).copied() {
            self.mark_used(id);
            return Some(id);
        }
        let known: Vec<String> = self.program.evidence.iter().map(|e| e.name.clone()).collect();
        let diagnostic = names::unknown(self.place(name.at), &name.node, known.iter().map(String::as_str));
        self.report(diagnostic);
        None
    }

    /// Whether a field holds the number of a clause.
    pub(crate) fn is_clause_field(&self, list: EvidenceId, field: FieldId) -> bool {
        match self.program.evidence.get(list.0).map(|e| &e.ty) {
            Some(EvidenceType::List { fields, .. }) => {
                fields.get(field.0).is_some_and(|f| matches!(f.ty, EvidenceType::Clause(_)))
            }
            _ => false,
        }
    }

    pub(crate) fn list_named(&mut self, name: &ast::Name) -> Option<EvidenceId> {
        let id = self.evidence_named(name)?;
        let evidence = self.program.evidence.get(id.0)?;
        if matches!(evidence.ty, EvidenceType::List { .. }) {
            self.demand_columns(id, name.at.0);
            return Some(id);
        }
        let diagnostic = types::wants_list(self.place(name.at), &name.node);
        self.report(diagnostic);
        None
    }
}

fn field_expr((id, ty, domain): (FieldId, Type, Option<Domain>), at: ast::At) -> Expr {
    Expr { kind: ExprKind::Field(id), ty, domain, span: at.0 }
}
