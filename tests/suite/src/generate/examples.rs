//! Examples in the rubric: enough to be read and written again, without claims about the result.

use super::{Named, Ty, Writer};

impl Writer {
    pub(super) fn example(&mut self) -> String {
        let mut lines = Vec::new();
        let evidence = self.evidence.clone();
        let several = self.rng.percent(40);
        let units: &[&str] = if several { &["甲", "「乙 乙」"] } else { &[""] };
        for unit in units {
            let mut given: Vec<String> = Vec::new();
            for one in &evidence {
                if self.rng.percent(40)
                    && let Some(value) = self.given(one)
                {
                    given.push(format!("{} = {value}", one.name));
                }
            }
            if self.rng.percent(50) {
                given.push(self.kw("rest_faultless"));
            }
            let head = if several { format!("{} {unit}", self.kw("unit")) } else { self.kw("evidence") };
            lines.push(self.block(&head, &given));
        }
        let number = self.scored.last().cloned();
        let who = if several { "甲 " } else { "" };
        let target = match number {
            Some(number) if self.rng.percent(60) => format!("「{number}」"),
            _ => self.kw("total_score"),
        };
        let value = self.literal(Some("points"));
        lines.push(format!("{} {who}{target} = {value}", self.kw("expect")));
        let head = format!("{} \"{}\"", self.kw("example"), self.prose());
        self.block(&head, &lines)
    }

    fn given(&mut self, one: &Named) -> Option<String> {
        Some(match &one.ty {
            Ty::Number(unit) => self.quantity(unit.unwrap_or_default(), 0),
            Ty::Flag => {
                let word = if self.rng.percent(50) { "yes" } else { "no" };
                self.kw(word)
            }
            Ty::Choice(choices) => self.rng.pick(choices).clone(),
            Ty::Text => "\"x\"".to_owned(),
            Ty::List(fields) => {
                let fields = fields.clone();
                let rows: Vec<String> = (0..self.rng.below(2))
                    .map(|_| {
                        let cells: Vec<String> = fields
                            .iter()
                            .filter_map(|f| Some(format!("{} = {}", f.name, self.given(f)?)))
                            .collect();
                        format!("{{ {} }}", cells.join("; "))
                    })
                    .collect();
                format!("[ {} ]", rows.join("; "))
            }
        })
    }
}
