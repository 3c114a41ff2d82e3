//! Other files: calendars, and rubrics that are scored first. They are told by their paths, so that who reads a
//! random rubric can have them.

use super::{Named, POINTS, Ty, Writer};
use crate::rng::Rng;

/// The file of a path in a random rubric, where it is one of those.
#[must_use]
pub fn file(path: &str) -> Option<String> {
    if let Some(number) = path.strip_prefix("days-").and_then(|p| p.strip_suffix(".calendar")) {
        return Some(calendar(&mut Rng::new(number.parse().ok()?)));
    }
    let number = path.strip_prefix("first-").and_then(|p| p.strip_suffix(".rubric"))?;
    Some(imported(&mut Rng::new(number.parse().ok()?)))
}

fn calendar(rng: &mut Rng) -> String {
    let week = *rng.pick(&["周一 至 周五", "周一 至 周六", "周日、周二、周四、周六", "周三 至 周日", "周一"]);
    let off =
        *rng.pick(&["2026-01-01", "2026-01-01 至 2026-01-03、2026-05-01", "2026年10月1日 至 2026年10月7日"]);
    let mut text =
        format!("日历 {{\n  年份 {}\n  工作日 {week}\n  放假 {off}\n", rng.pick(&["2026", "2025 至 2026"]));
    if rng.percent(60) {
        text.push_str("  上班 2026-01-04、2026-05-09 至 2026-05-10\n");
    }
    text + "}"
}

/// A small rubric of the same subjects.
fn imported(rng: &mut Rng) -> String {
    let step = *rng.pick(&["0.1分", "0.5分", "0.25分"]);
    let (edge, least) = (rng.within(2, 5), rng.within(1, 3));
    format!(
        "标准 \"先评的\" {{ 考核对象 单位; 满分 5分 }}
填报 {{ 缺勤: 次数; 值守: 评分 0分 至 2分 到 0.5; 先进: 是否 }}
条款 1 \"到岗\" 3分 {{ 每 缺勤 扣 {step} }}
条款 2 \"值守\" 2分 {{ 得 值守 }}
排名 依 总分 从高到低; 并列 取优
等级 好、中、差 {{ 若 先进 且 缺勤 < {least},定为 好; 按 总分 {{ {edge}分以上 为 中; 其余 为 差 }} }}
输出 缺勤率 = (缺勤 ÷ 12) 四舍五入 到 1%
输出 全勤 = 缺勤 = 0
"
    )
}

impl Writer {
    /// A calendar of its own, or one in a file.
    pub(super) fn calendar(&mut self) -> String {
        let number = self.rng.below(1000);
        if self.rng.percent(30) {
            return format!("日历 \"days-{number}.calendar\"");
        }
        let mut rng = Rng::new(self.rng.draw());
        calendar(&mut rng)
    }

    pub(super) fn import(&mut self) -> String {
        let name = self.fresh("先评");
        let by = if self.rng.percent(60) { " 按 对象" } else { "" };
        let grades = ["好", "中", "差"].map(str::to_owned).to_vec();
        let results = [
            ("总分", Ty::Number(POINTS), false),
            ("「1」得分", Ty::Number(POINTS), false),
            ("「2」得分", Ty::Number(POINTS), false),
            ("排名", Ty::Rank, true),
            ("等级", Ty::Choice(grades), true),
            ("缺勤率", Ty::Number(super::PERCENT), false),
            ("全勤", Ty::Flag, true),
        ];
        for (what, ty, wild) in results {
            self.imported.push(Named {
                graded_only: true,
                wild,
                ..Named::new(format!("{name} 的 {what}"), ty)
            });
        }
        format!("引用 \"first-{}.rubric\" 作 {name}{by}", self.rng.below(1000))
    }
}
