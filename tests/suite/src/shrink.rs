//! Smaller texts that still fail: lines, then words, are left out as long as the failure stays.

use rubric_base::FileId;

/// The smallest text found for which `fails` still holds.
#[must_use]
pub fn shrunk(text: &str, fails: &dyn Fn(&str) -> bool) -> String {
    let mut best = text.to_owned();
    loop {
        let before = best.len();
        best = without(&best, &lines(&best), fails);
        best = without(&best, &blocks(&best), fails);
        best = without(&best, &words(&best), fails);
        if best.len() == before {
            return best;
        }
    }
}

type Ranges = Vec<std::ops::Range<usize>>;

fn without(text: &str, parts: &Ranges, fails: &dyn Fn(&str) -> bool) -> String {
    let mut size = parts.len().max(1);
    let mut left: Ranges = Vec::new();
    let cut = |left: &Ranges| {
        let mut out = text.to_owned();
        let mut sorted = left.clone();
        sorted.sort_by_key(|r| (r.start, usize::MAX - r.end));
        let mut end = text.len() + 1;
        let mut kept: Ranges = Vec::new();
        for r in sorted {
            if end > text.len() || r.start >= end {
                end = r.end;
                kept.push(r);
            }
        }
        for r in kept.iter().rev() {
            out.replace_range(r.clone(), "");
        }
        out
    };
    while size > 0 {
        for chunk in parts.chunks(size) {
            let mut more = left.clone();
            more.extend(chunk.iter().filter(|r| !left.contains(r)).cloned());
            if more.len() > left.len() && fails(&cut(&more)) {
                left = more;
            }
        }
        size /= 2;
    }
    cut(&left)
}

fn lines(text: &str) -> Ranges {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            start += line.len();
            start - line.len()..start
        })
        .collect()
}

/// Every pair of braces or parentheses with what is in it, and up to the beginning of its statement.
fn blocks(text: &str) -> Ranges {
    let mut open = Vec::new();
    let mut all = Vec::new();
    for (i, c) in text.char_indices() {
        match c {
            '{' | '(' => open.push(i),
            '}' | ')' => {
                if let Some(start) = open.pop() {
                    all.push(start..i + 1);
                    let line = text[..start].rfind(['\n', '{', ';']).map_or(0, |n| n + 1);
                    all.push(line..i + 1);
                }
            }
            _ => {}
        }
    }
    all
}

fn words(text: &str) -> Ranges {
    let parse = rubric_syntax::parse_with_tokens(FileId::default(), text);
    let mut all: Ranges = parse.tokens.iter().map(|t| t.span.range()).collect();
    all.extend(
        text.char_indices().filter(|(_, c)| "()，,;、= ".contains(*c)).map(|(i, c)| i..i + c.len_utf8()),
    );
    all
}
