//! Names, numbers and blocks as they are typed.

use super::{Level, Piece, Unit, Writer};

impl Writer {
    /// A block, on one line or several, with comments here and there.
    pub(super) fn block(&mut self, head: &str, lines: &[String]) -> String {
        let inline = lines.len() <= 3 && lines.iter().all(|l| !l.contains('\n')) && self.rng.percent(40);
        if inline {
            let separator = if self.rng.percent(80) { "; " } else { ";" };
            return format!("{head} {{ {} }}", lines.join(separator));
        }
        let mut text = format!("{head} {{\n");
        for line in lines {
            if self.rng.percent(5) {
                text.push_str("  // 说明 note\n");
            }
            text.push_str("  ");
            text.push_str(line);
            if self.rng.percent(5) {
                text.push_str("  // 注");
            }
            text.push('\n');
        }
        text.push('}');
        text
    }

    /// A name that nothing else has.
    pub(super) fn fresh(&mut self, base: &str) -> String {
        let odd =
            ["条款", "满意", "year", "大项", "总", "total", "是否", "places", "gold", "乙_2", "日历", "权重"];
        let quoted = [
            "总分",
            "按",
            "is",
            "每 件",
            "a b",
            "3.10",
            "若 是",
            "不得分",
            "最高",
            "得分",
            "1个",
            "共用",
            "名额",
        ];
        let count = self.taken.len();
        let plain = match self.rng.below(14) {
            0 => (*self.rng.pick(&odd)).to_owned(),
            1 => format!("「{}」", self.rng.pick(&quoted)),
            2..5 => format!("n{count}"),
            _ => format!("{base}{count}"),
        };
        let name = if self.taken.contains(&plain) { format!("{base}{count}") } else { plain };
        self.taken.insert(name.clone());
        name
    }

    pub(super) fn prose(&mut self) -> String {
        (*self.rng.pick(&["一", "平时 考核", "a clause", "窗口「甲」", "100% 达标; {看}", "", "x // y"]))
            .to_owned()
    }

    /// A comma as one types it.
    pub(super) fn comma(&mut self) -> String {
        (*self.rng.pick(&[",", ", ", ",", "，"])).to_owned()
    }

    /// A comma, or none where none is needed.
    pub(super) fn perhaps_comma(&mut self) -> String {
        if self.rng.percent(70) { self.comma() } else { " ".to_owned() }
    }

    /// The members of an enumeration.
    pub(super) fn listed(&mut self, names: &[String]) -> String {
        names.join(self.rng.one(&["、", "、", ", "]))
    }

    /// In parentheses where it would not hold together otherwise, and sometimes without need.
    pub(super) fn wrap(&mut self, piece: Piece, most: Level) -> String {
        let needless = self.rng.percent(6);
        if piece.level > most || needless || self.grouped { format!("({})", piece.text) } else { piece.text }
    }

    /// Words that round to so many hundredths of a unit.
    pub(super) fn rounding(&mut self, unit: &str, hundredths: i64) -> String {
        format!("{} 到 {}", self.way_to_round(), quantity(unit, hundredths))
    }

    pub(super) fn way_to_round(&mut self) -> &'static str {
        const WAYS: [&str; 7] =
            ["四舍五入", "五舍六入", "四舍六入五成双", "向上取整", "向下取整", "远零取整", "近零取整"];
        self.rng.one(&WAYS)
    }

    /// A day of 2026.
    pub(super) fn day(&mut self) -> String {
        let (month, day) = (self.rng.within(1, 12), self.rng.within(1, 28));
        match self.rng.below(4) {
            0 => format!("2026年{month}月{day}日"),
            _ => format!("2026-{month:02}-{day:02}"),
        }
    }
}

/// Hundredths of a unit as a quantity.
pub(super) fn quantity(unit: &str, hundredths: i64) -> String {
    format!("{}{unit}", decimal(hundredths))
}

/// The words of a unit, none for a plain number.
pub(super) fn words(unit: Unit) -> &'static str {
    unit.unwrap_or_default()
}

/// Points, from hundredths of a point.
pub(super) fn points(hundredths: usize) -> String {
    quantity("分", i64::try_from(hundredths).unwrap())
}

/// Hundredths as a decimal without needless zeros.
pub(super) fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.abs();
    let text = format!("{sign}{}.{:02}", size / 100, size % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
