//! Quotas: a share of a population, a number, or a number for each group, filled in order.

use super::{Named, Scope, Ty, Writer};

impl Writer {
    pub(super) fn quota(&mut self, ordered: &[String], all: &[String]) -> String {
        let grade = self.rng.pick(&ordered[..ordered.len() - 1]).clone();
        let beyond = loop {
            let beyond = self.rng.pick(all).clone();
            if beyond != grade {
                break beyond;
            }
        };
        let many = match self.rng.below(3) {
            0 => self.share(&grade),
            1 => format!("至多 {}名", self.rng.below(4)),
            _ => self.by_group(),
        };
        let mut keys = vec![format!("总分 {}", self.way())];
        for _ in 0..self.rng.below(2) {
            keys.push(self.key());
        }
        let ties = *self.rng.pick(&["取优", "全让"]);
        let end = *self.rng.pick(&["; ", ","]);
        format!("名额 {grade} {many}; 依 {}{end}并列 {ties}{end}超额 降为 {beyond}", keys.join("、"))
    }

    fn share(&mut self, grade: &str) -> String {
        let share = *self.rng.pick(&["10%", "20%", "25%", "33.3%", "50%", "0%", "100%"]);
        let scope = Scope { late: true, graded: true, ..Scope::default() };
        let of = match self.rng.below(4) {
            0 => "全部单位".to_owned(),
            1 => format!("等级 = {grade}"),
            2 => self.condition(1, &scope).text,
            _ => "参评单位".to_owned(),
        };
        let comma = self.comma();
        format!("至多 {share} 于 {of}{comma}{}", self.way_to_round())
    }

    fn by_group(&mut self) -> String {
        let groups: Vec<Named> =
            self.evidence.iter().filter(|e| !e.optional && !matches!(e.ty, Ty::List(_))).cloned().collect();
        let group = self.rng.pick(&groups).clone();
        let varying = match &group.ty {
            // The number goes with the group, so that all of it say the same.
            Ty::Choice(choices) => {
                let first = choices[0].clone();
                format!("若 {} = {first} 则 1名 否则 2名", group.name)
            }
            _ => "若 排名 ≤ 2 则 2名 否则 1名".to_owned(),
        };
        let sound = matches!(group.ty, Ty::Choice(_)) || self.ranking;
        let many = if sound && self.rng.percent(30) { varying } else { format!("{}名", self.rng.below(3)) };
        format!("每 {} 至多 {many}", group.name)
    }
}
