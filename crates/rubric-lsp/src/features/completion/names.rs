//! Which names may stand where: by the words before them.

use rubric_program::{EvidenceType, Field, Grades, Program, Type};
use rubric_syntax::{Expected, Statement, ast};

use super::place::{first_keyword, keyword, words};
use super::{ItemKind, List, Source};
use crate::describe::Words;
use crate::features::Context;
use crate::names::{Owner, Symbol};

/// So many names of one kind are offered at most. With each letter the list is made anew.
const MOST: usize = 200;

impl List<'_> {
    /// The names that fit, those that fit best first.
    pub(super) fn names(&mut self, expected: &Expected) {
        let before = self.place.before.clone();
        let last = words(&before).next_back().and_then(keyword).map(|k| k.id).unwrap_or_default();
        if self.place.record {
            return self.record(&before);
        }
        if !expected.name {
            return;
        }
        match (self.place.statement, last) {
            (Statement::Given, _) => self.given(&before),
            (_, "section" | "clause" | "extra_deductions" | "extra_awards") => {
                let number = next_number(self.cx, self.span.start);
                self.add(
                    number,
                    ItemKind::Clause,
                    self.cx.say("下一个编号", "the next number"),
                    0,
                    Source::Nowhere,
                );
            }
            (Statement::Example, _) => self.expectation(&before),
            (
                Statement::Step,
                "becomes" | "falls_to" | "fall_to" | "value_is" | "otherwise_is" | "veto_to" | "lower"
                | "quota" | "beyond",
            ) => self.grades(0),
            (_, "same") => self.fields_of(&before, 0),
            (_, "at_its") => self.fields_of(&before, 0),
            (_, "value_is" | "otherwise_is") if self.in_grades() => self.grades(0),
            (_, "each") => {
                self.evidence(|ty| matches!(ty, EvidenceType::Count { .. } | EvidenceType::List { .. }), 0)
            }
            (_, "of") => self.of(&before),
            (Statement::Row, _) if before.trim().is_empty() => self.keys(),
            (Statement::Field, _) | (Statement::Header | Statement::Calendar, _)
                if !before.contains(['=', '核']) && !before.trim_start().starts_with("verify") => {}
            _ if compares(&before) => self.compared(&before),
            _ => self.values(&before, if beginning(&before) && !self.place.condition { 6 } else { 1 }),
        }
    }

    fn programs(&self) -> Vec<&Program> {
        self.cx.document.meanings().map(|said| said.program).collect()
    }

    fn declared(&self, symbol: &Symbol) -> Source {
        let names = self.cx.document.analysis.as_ref().map(|a| a.names());
        names.and_then(|n| n.declaration(symbol)).map_or(Source::Nowhere, |span| Source::Declared(span.start))
    }

    fn evidence(&mut self, fits: impl Fn(&EvidenceType) -> bool, rank: u8) {
        let words = Words(self.cx.client.language);
        let mut found: Vec<(String, String)> = Vec::new();
        for program in self.programs() {
            let of = program.evidence.iter().filter(|e| fits(&e.ty) && self.is_meant(&e.name)).take(MOST);
            found.extend(of.map(|e| (e.name.clone(), words.evidence(&e.ty))));
        }
        for (name, detail) in found {
            let source = self.declared(&Symbol::Evidence(name.clone()));
            self.add(name, ItemKind::Evidence, detail, rank, source);
        }
    }

    /// Everything that has a value.
    fn values(&mut self, before: &str, rank: u8) {
        self.fields_of(before, 0);
        self.evidence(|ty| !matches!(ty, EvidenceType::List { .. }), rank);
        let called = before.trim_end().ends_with(['(', '（']);
        self.evidence(|ty| matches!(ty, EvidenceType::List { .. }), if called { 0 } else { rank + 1 });
        let words = Words(self.cx.client.language);
        let mut found = Vec::new();
        for program in self.programs() {
            let is_meant = |name: &str| !name.is_empty() && self.is_meant(name);
            for named in program.lets.iter().filter(|l| is_meant(&l.name)).take(MOST) {
                let detail = words.value(&named.value.ty, named.value.domain.as_ref());
                found.push((named.name.clone(), ItemKind::Named, detail, Symbol::Let(named.name.clone())));
            }
            for named in program.outputs.iter().filter(|l| is_meant(&l.name)).take(MOST) {
                let detail = words.value(&named.value.ty, named.value.domain.as_ref());
                found.push((named.name.clone(), ItemKind::Named, detail, Symbol::Output(named.name.clone())));
            }
            for import in &program.imports {
                found.push((
                    import.name.clone(),
                    ItemKind::File,
                    import.path.clone(),
                    Symbol::Import(import.name.clone()),
                ));
            }
        }
        for (name, kind, detail, symbol) in found {
            let source = self.declared(&symbol);
            self.add(name, kind, detail, rank, source);
        }
        self.scores(rank + 1);
    }

    /// Scores of clauses, with the word after them.
    fn scores(&mut self, rank: u8) {
        let word = keyword_of("node_score", self.language);
        let gap = if word.is_ascii() { " " } else { "" };
        let bracketed = self.place.bracketed;
        let label =
            |number: &str| if bracketed { number.to_owned() } else { format!("「{number}」{gap}{word}") };
        self.clauses(label, rank);
    }

    /// Clauses by their numbers, in words made of these.
    fn clauses(&mut self, label: impl Fn(&str) -> String, rank: u8) {
        let mut found = Vec::new();
        for program in self.programs() {
            let all = program.nodes.iter().map(|n| (label(&n.number), n));
            let meant = all.filter(|(label, _)| self.is_meant(label)).take(MOST);
            found.extend(meant.map(|(label, n)| (label, n.number.clone(), n.title.clone())));
        }
        for (label, number, title) in found {
            let source = self.declared(&Symbol::Node(number));
            self.add(label, ItemKind::Clause, title, rank, source);
        }
    }

    fn list_named(&self, name: &str) -> Option<Vec<Field>> {
        self.programs().into_iter().flat_map(|p| p.evidence.iter()).find(|e| e.name == name).and_then(|e| {
            match &e.ty {
                EvidenceType::List { fields, .. } => Some(fields.clone()),
                _ => None,
            }
        })
    }

    /// The columns of the list that was named last before the cursor.
    fn fields_of(&mut self, before: &str, rank: u8) {
        let named = words(before).rev().map(|w| w.trim_matches(['「', '」']));
        let declared = self.place.heads.last().map(String::as_str).unwrap_or_default();
        let around = words(declared).map(|w| w.trim_matches(['「', '」']));
        let Some((list, fields)) =
            named.chain(around).find_map(|w| Some((w.to_owned(), self.list_named(w)?)))
        else {
            return;
        };
        let words = Words(self.cx.client.language);
        for field in fields {
            let source = self.declared(&Symbol::Field(list.clone(), field.name.clone()));
            self.add(field.name, ItemKind::Field, words.evidence(&field.ty), rank, source);
        }
    }

    fn in_grades(&self) -> bool {
        self.place.heads.iter().any(|h| first_keyword(h).is_some_and(|k| k.id == "grades"))
    }

    fn grades(&mut self, rank: u8) {
        let grades: Vec<Grades> = self.programs().into_iter().filter_map(|p| p.grades.clone()).collect();
        for grade in grades.into_iter().flat_map(|g| g.names) {
            let source = self.declared(&Symbol::Grade(grade.name.clone()));
            self.add(grade.name, ItemKind::Value, self.cx.say("等级", "grade"), rank, source);
        }
    }

    /// After 的: columns within a function of rows, else what an imported rubric gives.
    fn of(&mut self, before: &str) {
        let name = words(before).rev().nth(1).unwrap_or_default().trim_matches(['「', '」']).to_owned();
        let mut found = Vec::new();
        for program in self.programs() {
            for import in program.imports.iter().filter(|i| i.name == name) {
                found.extend(
                    import.program.outputs.iter().map(|o| (o.name.clone(), ItemKind::Named, String::new())),
                );
                let nodes = import.program.nodes.iter().filter(|n| n.attainable.is_some());
                found.extend(nodes.map(|n| (format!("「{}」", n.number), ItemKind::Clause, n.title.clone())));
            }
        }
        for (name, kind, detail) in found {
            self.add(name, kind, detail, 0, Source::Nowhere);
        }
        self.fields_of(before, 0);
    }

    /// The values that a name before a comparison may have; else everything that has a value.
    fn compared(&mut self, before: &str) {
        let subject = words(before).next_back().unwrap_or_default().trim_matches(['「', '」']).to_owned();
        let grade = keyword(&subject).is_some_and(|k| ["grades", "grade_value"].contains(&k.id));
        if grade {
            return self.grades(0);
        }
        if !self.choices(&subject) {
            self.values(before, 1);
        }
    }

    /// Offers the values of a choice; whether there are any.
    fn choices(&mut self, subject: &str) -> bool {
        let mut found: Vec<(String, Symbol)> = Vec::new();
        let evidence = |name: &str| Owner::Evidence(name.to_owned());
        for program in self.programs() {
            for declared in &program.evidence {
                match &declared.ty {
                    EvidenceType::Choice(all) if declared.name == subject => {
                        found.extend(
                            all.iter().map(|c| (c.clone(), Symbol::Choice(evidence(subject), c.clone()))),
                        );
                    }
                    EvidenceType::List { fields, .. } => {
                        for field in fields.iter().filter(|f| f.name == subject) {
                            let EvidenceType::Choice(all) = &field.ty else { continue };
                            let owner = Owner::Field(declared.name.clone(), subject.to_owned());
                            found.extend(
                                all.iter().map(|c| (c.clone(), Symbol::Choice(owner.clone(), c.clone()))),
                            );
                        }
                    }
                    _ => {}
                }
            }
            for named in program.lets.iter().chain(&program.outputs).filter(|n| n.name == subject) {
                if let Type::Choice(all) = &named.value.ty {
                    found.extend(all.iter().map(|c| (c.clone(), Symbol::Let(c.clone()))));
                }
            }
        }
        let any = !found.is_empty();
        for (choice, symbol) in found {
            let source = self.declared(&symbol);
            let detail = self.cx.say(format!("「{subject}」的选项"), format!("a value of `{subject}`"));
            self.add(choice, ItemKind::Value, detail, 0, source);
        }
        any
    }

    /// The keys of a table: the values of what it is by.
    fn keys(&mut self) {
        let head = self.place.heads.last().cloned().unwrap_or_default();
        let mut after = words(&head).skip_while(|w| keyword(w).is_none_or(|k| k.id != "by"));
        let subject = after.nth(1).unwrap_or_default().trim_matches(['「', '」']).to_owned();
        if keyword(&subject).is_some_and(|k| ["grades", "grade_value"].contains(&k.id)) {
            return self.grades(0);
        }
        self.choices(&subject);
    }

    /// In an example: evidence not given yet, then its values.
    fn given(&mut self, before: &str) {
        match before.split_once(['=', '＝']) {
            None => self.evidence(|_| true, 0),
            Some((name, _)) => {
                let name = name.trim().trim_matches(['「', '」']).to_owned();
                if !self.choices(&name) && self.cites(&name) {
                    self.numbers(0);
                }
            }
        }
    }

    fn cites(&self, name: &str) -> bool {
        let of = |e: &rubric_program::Evidence| e.name == name && matches!(e.ty, EvidenceType::Clause(_));
        self.programs().into_iter().any(|p| p.evidence.iter().any(of))
    }

    /// In a row of an example: the columns of its list, then their values.
    fn record(&mut self, before: &str) {
        match before.split_once(['=', '＝']) {
            None => {
                let heads = self.place.heads.clone();
                heads.iter().rev().for_each(|head| self.fields_of(head, 0));
            }
            Some((name, _)) => {
                self.choices(name.trim().trim_matches(['「', '」']));
            }
        }
    }

    fn numbers(&mut self, rank: u8) {
        self.clauses(str::to_owned, rank);
    }

    /// In an example: what comes out.
    fn expectation(&mut self, before: &str) {
        if before.contains(['=', '＝']) && compares(before) {
            let subject = words(before).next_back().unwrap_or_default().to_owned();
            if keyword(&subject).is_some_and(|k| ["grades", "grade_value"].contains(&k.id)) {
                return self.grades(0);
            }
            self.choices(&subject);
            return;
        }
        self.numbers(0);
        let outputs: Vec<String> =
            self.programs().into_iter().flat_map(|p| p.outputs.iter()).map(|o| o.name.clone()).collect();
        for output in outputs {
            let source = self.declared(&Symbol::Output(output.clone()));
            self.add(output, ItemKind::Named, self.cx.say("输出", "output"), 0, source);
        }
    }
}

fn keyword_of(id: &str, language: rubric_base::Language) -> &'static str {
    rubric_base::Keyword::by_id(id).map_or("", |k| k.canonical(language))
}

/// Whether a comparison stands right before the cursor.
fn compares(before: &str) -> bool {
    before.trim_end().ends_with(['=', '＝', '≠'])
}

/// Whether nothing but the first word of the statement would stand there.
fn beginning(before: &str) -> bool {
    before.trim().is_empty()
}

/// The number after that of the clause or section before an offset: one more in its last part.
#[must_use]
pub fn next_number(cx: Context<'_>, offset: u32) -> String {
    fn last_before(nodes: &[&ast::Node], offset: u32) -> Option<String> {
        let node = nodes.iter().rev().find(|n| n.at.0.start < offset)?;
        let inner: Vec<&ast::Node> = inside(node);
        if offset <= node.at.0.end && (node.kind == ast::NodeKind::Section || !inner.is_empty()) {
            return Some(last_before(&inner, offset).unwrap_or_else(|| format!("{}.1", node.number.node)));
        }
        Some(successor(&node.number.node))
    }
    let items = cx.document.analysis.as_ref().map(|a| a.parse.file.items.as_slice()).unwrap_or_default();
    let nodes: Vec<&ast::Node> =
        items.iter().filter_map(|i| if let ast::Item::Node(n) = i { Some(n) } else { None }).collect();
    last_before(&nodes, offset).unwrap_or_else(|| "1".to_owned())
}

fn inside(node: &ast::Node) -> Vec<&ast::Node> {
    node.body.iter().filter_map(|i| if let ast::NodeItem::Node(n) = i { Some(n) } else { None }).collect()
}

fn successor(number: &str) -> String {
    let (head, last) = number.rsplit_once('.').map_or(("", number), |(head, last)| (head, last));
    let next = last.parse::<u32>().map_or_else(|_| format!("{last}.1"), |n| (n + 1).to_string());
    if head.is_empty() { next } else { format!("{head}.{next}") }
}
