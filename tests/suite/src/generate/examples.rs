//! Examples in the rubric: enough to be read and written again, without claims about the result.

use super::text::{quantity, words};
use super::{DATE, Named, POINTS, TIME, Ty, Writer};

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
                given.push("其余无过失".to_owned());
            }
            let head = if several { format!("单位 {unit}") } else { "填报".to_owned() };
            lines.push(self.block(&head, &given));
        }
        let who = if several { "甲 " } else { "" };
        let target = match self.scored.last().cloned() {
            Some(number) if self.rng.percent(60) => format!("「{number}」"),
            _ => "总分".to_owned(),
        };
        lines.push(format!("应得 {who}{target} = {}", self.literal(POINTS)));
        let head = format!("示例 \"{}\"", self.prose());
        self.block(&head, &lines)
    }

    fn given(&mut self, one: &Named) -> Option<String> {
        Some(match &one.ty {
            Ty::Number(unit) if *unit == DATE => self.day(),
            Ty::Number(unit) if *unit == TIME => "8:30".to_owned(),
            Ty::Number(unit) => quantity(words(*unit), if one.filled { 100 } else { 0 }),
            Ty::Flag => (*self.rng.pick(&["是", "否"])).to_owned(),
            Ty::Choice(choices) => self.rng.pick(choices).clone(),
            Ty::Text => "\"x\"".to_owned(),
            Ty::Clause | Ty::Rank => return None,
            Ty::List(fields) => {
                let given: Vec<Named> = fields.iter().filter(|f| !f.wild).cloned().collect();
                let rows: Vec<String> = (0..self.rng.below(2))
                    .map(|_| {
                        let cells: Vec<String> = given
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
