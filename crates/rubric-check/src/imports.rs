//! Imported rubrics and what is used of them.

use rubric_program::{EvidenceType, Expr, ExprKind, Import, ImportId, Target, Type};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::findings::{imports, names};
use crate::units;

impl Checker<'_> {
    pub(crate) fn declare_imports(&mut self) {
        let tree = self.tree;
        for item in &tree.items {
            if let ast::Item::Import(import) = item {
                self.declare_import(import);
            }
        }
    }

    fn declare_import(&mut self, tree: &ast::Import) {
        if let Some(first) = self.program.imports.iter().find(|i| i.name == tree.name.node) {
            let first = rubric_base::Place { file: self.file, span: first.span };
            let diagnostic = names::twice(self.place(tree.name.at), &tree.name.node, first);
            self.report(diagnostic);
            return;
        }
        let place = self.place(tree.path.at);
        let program = match self.files.rubrics.get(&tree.path.node) {
            Some(Ok(program)) => program.clone(),
            Some(Err(unread)) => return self.report(imports::unread(place, unread)),
            None => return self.report(imports::not_read(place, &tree.path.node)),
        };
        let by = match &tree.by {
            None => {
                if self.program.subjects != program.subjects {
                    let (own, theirs) = (self.program.subjects.as_deref(), program.subjects.as_deref());
                    self.report(imports::other_subjects(place, own, theirs));
                }
                None
            }
            Some(name) => {
                let Some(id) = self.evidence_named(name) else { return };
                if !matches!(self.program.evidence.get(id.0).map(|e| &e.ty), Some(EvidenceType::Text)) {
                    let diagnostic = imports::wants_text(self.place(name.at), &name.node);
                    return self.report(diagnostic);
                }
                Some(id)
            }
        };
        self.program.imports.push(Import {
            name: tree.name.node.clone(),
            path: tree.path.node.clone(),
            program: Box::new(program),
            by,
            span: tree.at.0,
        });
    }

    /// `A 的 X`: something of an imported result.
    pub(crate) fn imported(&mut self, name: &ast::Name, target: &ast::Target, at: ast::At) -> Option<Expr> {
        let Some(id) = self.program.imports.iter().position(|i| i.name == name.node) else {
            // One that could not be read was reported.
            let declared = |i: &ast::Item| matches!(i, ast::Item::Import(i) if i.name.node == name.node);
            if !self.tree.items.iter().any(declared) {
                let ranked =
                    matches!(target, ast::Target::Rank(_)) && self.evidence.contains_key(name.node.as_str());
                let diagnostic = if ranked {
                    imports::place_of_evidence(self.place(name.at), &name.node)
                } else {
                    imports::no_such_import(self.place(name.at), &name.node)
                };
                self.report(diagnostic);
            }
            return None;
        };
        let program = self.program.imports.get(id).map(|i| &i.program)?;
        let points = Type::Number(Some(units::POINTS));
        let found = match target {
            ast::Target::Total(_) => {
                program.total.as_ref().map(|t| (Target::Total, points, Some(t.attainable.clone())))
            }
            ast::Target::Rank(_) => program.ranking.as_ref().map(|_| (Target::Rank, Type::Rank, None)),
            ast::Target::Grade(_) => program.grades.as_ref().map(|g| {
                (Target::Grade, Type::Choice(g.names.iter().map(|g| g.name.clone()).collect()), None)
            }),
            ast::Target::Named(what) => {
                let node = program.nodes.iter().position(|n| n.number == what.node && n.attainable.is_some());
                let output = program.outputs.iter().position(|o| o.name == what.node);
                let of_node = node.and_then(|n| {
                    let id = rubric_program::NodeId(n);
                    Some((Target::Node(id), points, program.nodes.get(n)?.attainable.clone()))
                });
                of_node.or_else(|| {
                    let value = &program.outputs.get(output?)?.value;
                    let ty = match (&value.ty, &program.grades) {
                        (Type::Grade, Some(g)) => {
                            Type::Choice(g.names.iter().map(|g| g.name.clone()).collect())
                        }
                        (ty, _) => ty.clone(),
                    };
                    Some((Target::Output(rubric_program::OutputId(output?)), ty, value.domain.clone()))
                })
            }
        };
        let Some((target, ty, domain)) = found else {
            let (zh, en) = match target {
                ast::Target::Total(_) => ("总分".to_owned(), "total".to_owned()),
                ast::Target::Rank(_) => ("排名".to_owned(), "order of merit".to_owned()),
                ast::Target::Grade(_) => ("等级".to_owned(), "grades".to_owned()),
                ast::Target::Named(what) => (format!("「{}」", what.node), format!("`{}`", what.node)),
            };
            let diagnostic = imports::lacks(self.place(at), &name.node, (&zh, &en));
            self.report(diagnostic);
            return None;
        };
        Some(Expr { kind: ExprKind::Imported(ImportId(id), target), ty, domain, span: at.0 })
    }
}
