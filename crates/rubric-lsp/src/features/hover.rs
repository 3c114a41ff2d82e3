//! What stands under the cursor: the meaning of a word of the language, or all that is known of a name.

use rubric_base::keyword::UnitWord;
use rubric_base::{Code, Language, Span};
use rubric_program::{EvidenceType, Program};
use rubric_syntax::TokenKind;

use super::{Context, definition};
use crate::analysis::Meaning;
use crate::describe::Words;
use crate::names::{Owner, Symbol, What};

/// The words about what stands at an offset, as Markdown, and the span they are about.
#[must_use]
pub fn at(cx: Context<'_>, offset: usize) -> Option<(Span, String)> {
    let analysis = cx.document.analysis.as_ref()?;
    if let Some((mention, symbol)) = analysis.names().at(offset)
        && let Some(text) = symbol_text(cx, symbol)
    {
        return Some((mention.span, text));
    }
    let token = cx.document.token_at(offset)?;
    let written = cx.document.words(token.span);
    let text = match token.kind {
        TokenKind::Keyword(keyword) => keyword_text(cx, keyword),
        TokenKind::Unit(id) => unit_text(cx, id)?,
        TokenKind::ClauseNumber => code_text(cx, written)?,
        _ => return None,
    };
    Some((token.span, text))
}

/// The words about a keyword.
#[must_use]
pub fn keyword_by_id(cx: Context<'_>, id: &str) -> Option<String> {
    rubric_base::Keyword::by_id(id).map(|keyword| keyword_text(cx, keyword))
}

fn keyword_text(cx: Context<'_>, keyword: &rubric_base::Keyword) -> String {
    let (zh, en) = keyword.hover;
    let spellings = |all: &[&str]| all.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" ");
    let both = format!("{} · {}", spellings(keyword.zh), spellings(keyword.en));
    format!("{}\n\n{both}", cx.say(zh, en))
}

fn unit_text(cx: Context<'_>, id: &str) -> Option<String> {
    let unit = UnitWord::by_id(id)?;
    let spellings = |all: &[&str]| all.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" ");
    Some(format!("{}\n\n{} · {}", cx.say("单位", "unit"), spellings(unit.zh), spellings(unit.en)))
}

/// The code of a finding that is kept as printed.
fn code_text(cx: Context<'_>, written: &str) -> Option<String> {
    let code = Code::ALL.iter().find(|c| c.name() == written)?;
    let (zh, en) = code.title();
    let page = (cx.page)(*code, cx.client.language).map(|page| format!("\n\n[{}]({page})", code.name()));
    Some(format!("**{}** {}{}", code.name(), cx.say(zh, en), page.unwrap_or_default()))
}

/// All that is known of a name: first what the text means now, then what it meant when it could be read.
#[must_use]
pub fn symbol_text(cx: Context<'_>, symbol: &Symbol) -> Option<String> {
    if let Symbol::Imported(import, what) = symbol {
        let key = definition::file_of(cx, import)?;
        let document = cx.world.get(&key)?;
        let there = Context { document, ..cx };
        let found = definition::inside(what).iter().find_map(|symbol| symbol_text(there, symbol))?;
        return Some(format!(
            "{found}\n\n{}",
            cx.say(format!("引用自 {}", key.name()), format!("from {}", key.name()))
        ));
    }
    let source = source_of(cx, symbol);
    let said = cx.document.meanings_of(symbol).find_map(|said| meaning(cx, said, symbol));
    match (source, said) {
        (None, None) => None,
        (source, said) => {
            let code = source.map(|s| format!("```rubric\n{s}\n```")).unwrap_or_default();
            Some(
                [code, said.unwrap_or_default()]
                    .into_iter()
                    .filter(|p| !p.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n\n"),
            )
        }
    }
}

/// The line that declares it, as it is written.
fn source_of(cx: Context<'_>, symbol: &Symbol) -> Option<String> {
    let (_, span) = definition::declaration(cx, symbol)?;
    let (text, lines) = (&cx.document.text, &cx.document.lines);
    let line = text.get(lines.line(text, lines.line_of(span.start as usize)))?.trim();
    // A block on many lines is opened, not shown.
    Some(line.strip_suffix('{').unwrap_or(line).trim_end().to_owned())
}

fn meaning(cx: Context<'_>, said: Meaning<'_>, symbol: &Symbol) -> Option<String> {
    let program = said.program;
    let words = Words(cx.client.language);
    match symbol {
        Symbol::Evidence(name) => evidence(cx, program, name),
        Symbol::Field(list, name) => {
            let list = program.evidence.iter().find(|e| e.name == *list)?;
            let EvidenceType::List { fields, .. } = &list.ty else { return None };
            let field = fields.iter().find(|f| f.name == *name)?;
            let of = cx.say(format!("清单「{}」的一列", list.name), format!("a column of `{}`", list.name));
            Some(match &field.computed {
                Some(value) => format!("{of}：{}", words.value(&value.ty, value.domain.as_ref())),
                None => format!("{of}{}{}", cx.say("：", ": "), words.evidence(&field.ty)),
            })
        }
        Symbol::Choice(Owner::Evidence(of) | Owner::Field(_, of), _) => {
            Some(cx.say(format!("「{of}」的一个选项"), format!("a value of `{of}`")))
        }
        Symbol::Let(name) => {
            let value = &program.lets.iter().find(|l| l.name == *name)?.value;
            Some(words.value(&value.ty, value.domain.as_ref()))
        }
        Symbol::Output(name) => {
            let value = &program.outputs.iter().find(|l| l.name == *name)?.value;
            Some(words.value(&value.ty, value.domain.as_ref()))
        }
        Symbol::Node(number) => node(cx, said, number),
        Symbol::Grade(name) => grade(cx, program, name),
        Symbol::Import(name) => {
            let import = program.imports.iter().find(|i| i.name == *name)?;
            Some(cx.say(
                format!("引用的标准「{}」", import.program.title),
                format!("the rubric “{}”", import.program.title),
            ))
        }
        Symbol::Unit(..) => Some(cx.say("示例中的一个单位", "a unit of this example")),
        Symbol::Imported(_, What::Named(_) | What::Grade(_)) => None,
    }
}

fn evidence(cx: Context<'_>, program: &Program, name: &str) -> Option<String> {
    let at = program.evidence.iter().position(|e| e.name == name)?;
    let evidence = program.evidence.get(at)?;
    let mut lines = vec![Words(cx.client.language).evidence(&evidence.ty)];
    if !evidence.help.is_empty() {
        lines.push(evidence.help.clone());
    }
    if evidence.optional {
        lines.push(cx.say("可以不填", "may be left out"));
    }
    if evidence.graded_only {
        lines.push(cx.say("只由参评单位填报", "given by the scored units only"));
    }
    let readers = program.readers();
    let numbers: Vec<&str> = readers
        .get(at)
        .into_iter()
        .flatten()
        .filter_map(|id| program.nodes.get(id.0))
        .map(|n| n.number.as_str())
        .take(12)
        .collect();
    if !numbers.is_empty() {
        lines.push(cx.say(
            format!("用于条款 {}", numbers.join("、")),
            format!("used by clause {}", numbers.join(", ")),
        ));
    }
    Some(lines.join("\n\n"))
}

fn node(cx: Context<'_>, said: Meaning<'_>, number: &str) -> Option<String> {
    let program = said.program;
    let at = program.nodes.iter().position(|n| n.number == number)?;
    let node = program.nodes.get(at)?;
    let words = Words(cx.client.language);
    let mut lines = Vec::new();
    if !node.description.is_empty() {
        lines.push(node.description.clone());
    }
    if let Some(range) = said.score(at) {
        let (bounds, reached) =
            (words.bounds(&range.low, &range.high, Some("points")), words.reached(&range));
        lines.push(cx.say(format!("可得 {bounds}{reached}"), format!("can score {bounds}{reached}")));
    }
    if let Some(parent) = node.parent.and_then(|p| program.nodes.get(p.0)) {
        let (number, title) = (&parent.number, &parent.title);
        lines.push(cx.say(format!("在大项 {number}「{title}」中"), format!("in section {number} “{title}”")));
    }
    Some(lines.join("\n\n"))
}

fn grade(cx: Context<'_>, program: &Program, name: &str) -> Option<String> {
    let grades = program.grades.as_ref()?;
    let at = grades.names.iter().position(|g| g.name == name)?;
    let ordered = grades.names.get(at)?.ordered;
    let place = at + 1;
    Some(match (ordered, cx.client.language) {
        (true, Language::Zh) => format!("第 {place} 个等级，由高到低"),
        (true, Language::En) => format!("grade {place}, the best being 1"),
        (false, Language::Zh) => "不在高低次序中的等级".to_owned(),
        (false, Language::En) => "a grade outside the order".to_owned(),
    })
}
