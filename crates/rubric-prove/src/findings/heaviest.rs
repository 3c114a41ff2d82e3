//! R0904: a member of a group of which only the heaviest counts, and never this one.

use rubric_base::{Code, Text};
use rubric_program::{Rule, RuleKind, When};

use super::{Finder, finding};
use crate::same;

/// The most members that are compared each with each.
const MOST: usize = 64;

pub(super) fn find(finder: &mut Finder<'_>, rules: &[Rule]) {
    for rule in rules {
        let RuleKind::Heaviest(members) = &rule.kind else { continue };
        find(finder, members);
        for (index, member) in members.iter().enumerate().take(MOST) {
            let others = members.iter().enumerate().take(MOST).filter(|(other, _)| *other != index);
            for (other, rival) in others {
                if let Some((mine, theirs)) = outweighs(finder, (other, rival), (index, member)) {
                    let diagnostic = finding(
                        Code::R0904,
                        finder.place(member.span),
                        "这条规则永远轮不到：每次都有另一条不比它轻",
                        "this rule never counts: another one always weighs as much or more",
                    )
                    .here(Text::new(format!("最多 {mine} 分"), format!("{mine} points at most")))
                    .label(
                        finder.place(rival.span),
                        Text::new(format!("同时至少 {theirs} 分"), format!("{theirs} points at least, at the same time")),
                    )
                    .help(Text::new(
                        "检查两条的分数是否写反；若本意是两条都扣，移出「只计最重」",
                        "look whether the points are the wrong way round; if both are meant to count, move it out of `only the heaviest`",
                    ));
                    finder.report(diagnostic);
                    break;
                }
            }
        }
    }
}

/// The most that a member comes to and the least that a rival then does, if the rival is always as heavy. Of equals the
/// first counts.
fn outweighs(
    finder: &Finder<'_>,
    (at, rival): (usize, &Rule),
    (index, member): (usize, &Rule),
) -> Option<(rubric_program::Exact, rubric_program::Exact)> {
    let (mine, theirs) = (finder.bounds.rule(member)?, finder.bounds.rule(rival)?);
    if mine.nothing || mine.full || theirs.nothing || theirs.full {
        return None;
    }
    let most = mine.low.abs().max(mine.high.abs());
    let least = match (&member.kind, &rival.kind) {
        // Where the first acts so does the second, and by what it takes then.
        (
            RuleKind::Simple { when: When::If(own), otherwise: None, .. },
            RuleKind::Simple { when: When::If(other), effect, .. },
        ) if same::implies(own, other) && rival.cap.is_none() => fixed(effect)?,
        _ if theirs.low.is_negative() != theirs.high.is_positive() || theirs.low == theirs.high => {
            theirs.low.abs().min(theirs.high.abs())
        }
        _ => return None,
    };
    let heavier = least > most || (least == most && at < index && !most.is_zero());
    heavier.then_some((most, least))
}

/// The least that an effect comes to each time.
fn fixed(effect: &rubric_program::Effect) -> Option<rubric_program::Exact> {
    match effect {
        rubric_program::Effect::Deduct(points) | rubric_program::Effect::Award(points) => {
            points.domain.as_ref().map(|d| d.low.clone())
        }
        _ => None,
    }
}
