//! Lists, computed columns, shared points, and what rows cite.

use rubric_base::{Code, Diagnostic, Place, Text};

use super::finding;

pub(crate) fn may_be_left_out(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0113,
        place,
        format!("「{name}」可不填，这里计分却没有写未填时怎样"),
        format!("`{name}` may be left out, and nothing says what counts here where it is"),
    )
    .help(Text::new(
        format!("在填报中写「未填视为 …」，或写成「若 未填({name}) 则 … 否则 …」"),
        format!("write `defaulting to …` in the evidence, or `if absent({name}) then … else …`"),
    ))
}

pub(crate) fn computed_outside(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "「设」在填报中只能写在清单里",
        "within the evidence `let` stands in lists only",
    )
    .help(Text::new("移到填报之外", "move it out of the evidence"))
}

pub(crate) fn graded_in_list(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "清单的栏目不能只由参评单位填报",
        "fields of a list cannot be for the scored units only",
    )
    .help(Text::new(
        "把整个清单写进「以下由参评单位填报」",
        "put the whole list into `from graded subjects only`",
    ))
}

pub(crate) fn wants_clause(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0103,
        place,
        format!("「于其」后面要条款号，「{name}」不是"),
        format!("`at its` needs the number of a clause, which `{name}` is not"),
    )
    .help(Text::new(
        format!("在清单中声明「{name}: 条款号」"),
        format!("declare `{name}: clause-number` in the list"),
    ))
}

pub(crate) fn draw_of_points(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "按所引条款计分只能扣分或得分",
        "at the clause that a row cites, points can only be deducted or awarded",
    )
}

pub(crate) fn shared_and_own(place: Place, section: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "所在大项的分值由各条款共用，条款不再有自己的分值",
        "the section shares its points, so a clause in it has none of its own",
    )
    .label(section, Text::new("共用的分值", "the shared points"))
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn shared_by_nobody(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "只有大项的分值可以共用", "only a section can share its points")
}

pub(crate) fn outside_within(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "满分之外的扣分和加分要写在最外层，不放进大项",
        "what stands outside the total stands in no section",
    )
}

pub(crate) fn outside_has_no_points(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "满分之外的扣分和加分没有分值，只有最高限额",
        "what stands outside the total has no points of its own, only a limit",
    )
    .help(Text::new("写成「最高 15分」", "write `up to 15 points`"))
}

pub(crate) fn cap_of_points(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "条款和大项写分值；「最高」只用于满分之外的扣分和加分",
        "sections and clauses have points; `up to` is for what stands outside the total",
    )
}
