//! Faults of evidence that show only when it is used, as findings at the place where the evidence was written.

use rubric_base::{Code, Diagnostic, FileId, Place, Text, date};
use rubric_eval::{Fault, FaultKind};
use rubric_program::{Dataset, Program};

/// A finding for each fault, in the order of the text. What was written nowhere (examples) points into the rubric, `file`.
#[must_use]
pub fn findings(program: &Program, dataset: &Dataset, faults: &[Fault], file: FileId) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        faults.iter().map(|fault| finding(program, dataset, fault, file)).collect();
    all.sort_by_key(Diagnostic::place);
    all
}

fn finding(program: &Program, dataset: &Dataset, fault: &Fault, file: FileId) -> Diagnostic {
    let rubric = Place { file, span: fault.span };
    let place = fault.place.unwrap_or(rubric);
    let unit = dataset.units.get(fault.unit).map(|u| u.id.as_str()).unwrap_or_default();
    let (code, message, help) = match &fault.kind {
        FaultKind::Verify(text) => (
            Code::E0011,
            if text.is_empty() {
                Text::new(format!("{unit}：没有通过核对"), format!("{unit}: a check of the evidence fails"))
            } else {
                Text::new(format!("{unit}：{text}"), format!("{unit}: {text}"))
            },
            Text::new("按标准中的核对条件改正证据", "correct the evidence as the check asks"),
        ),
        FaultKind::OutsideCalendar(day) => {
            let day = date::iso(*day);
            let covers = program.calendar.as_ref().map(rubric_program::Calendar::covers);
            let (from, to) = covers.map(|(a, b)| (date::iso(a), date::iso(b))).unwrap_or_default();
            (
                Code::E0014,
                Text::new(
                    format!("{unit}：{day} 不在日历内，不能计算工作日"),
                    format!("{unit}: {day} lies outside the calendar, so working days cannot be counted"),
                ),
                Text::new(format!("日历从 {from} 到 {to}"), format!("the calendar runs from {from} to {to}")),
            )
        }
        FaultKind::QuotaDiffers => (
            Code::E0015,
            Text::new(
                format!("{unit}：得出的名额与其他单位不同"),
                format!("{unit}: its quota differs from that of other units"),
            ),
            Text::new(
                "一起计算名额的单位，决定名额的证据应当一致",
                "units that share a quota must agree in what decides it",
            ),
        ),
        FaultKind::NotImported(import, id) => (
            Code::E0016,
            Text::new(
                format!("{unit}：引用的「{import}」中没有「{id}」"),
                format!("{unit}: the imported `{import}` has no `{id}`"),
            ),
            Text::new("核对编号，或补上对方的证据", "check the id, or add its evidence"),
        ),
        FaultKind::NothingApplies => (
            Code::E0017,
            Text::new(
                format!("{unit}：所有条款都不适用，没有总分"),
                format!("{unit}: no clause applies, so there is no total"),
            ),
            Text::new("核对各条款是否适用的证据", "check the evidence that decides what applies"),
        ),
    };
    let finding = Diagnostic::new(code, place, message).help(help);
    if fault.place.is_some() && fault.kind != FaultKind::NothingApplies {
        return finding.label(rubric, Text::new("标准中的规定", "what the rubric says"));
    }
    finding
}
