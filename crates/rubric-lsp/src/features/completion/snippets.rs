//! What is written for each construct, with places to fill in: Chinese and English, as the formatter writes them.
//!
//! A test reads each of them, filled in with what stands in its places.

use rubric_base::Language;
use rubric_syntax::Statement;

/// A construct.
#[derive(Debug, Clone, Copy)]
pub struct Snippet {
    /// The keyword it begins with, or is known by.
    pub keyword: &'static str,
    /// In which statements.
    pub statement: Statement,
    /// Whether it is a value within a statement, rather than a statement.
    pub value: bool,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Snippet {
    /// In one language; `number` is the next free number of a clause.
    #[must_use]
    pub fn body(&self, language: Language, number: &str) -> String {
        let body = match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        };
        body.replace("NUMBER", number)
    }
}

/// A snippet body as plain text: its places hold what they suggest.
#[must_use]
pub fn plain(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('$') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let after = rest.get(at + 1..).unwrap_or_default();
        rest = match after.strip_prefix('{') {
            Some(inner) => {
                let end = inner.find('}').unwrap_or(inner.len());
                let hole = inner.get(..end).unwrap_or_default();
                out.push_str(hole.split_once(':').map_or("", |(_, suggestion)| suggestion));
                inner.get(end + 1..).unwrap_or_default()
            }
            None => after.trim_start_matches(|c: char| c.is_ascii_digit()),
        };
    }
    out + rest
}

macro_rules! snippets {
    ($($statement:ident $($value:ident)?: $keyword:literal $zh:literal $en:literal;)*) => {
        /// Every construct.
        pub const SNIPPETS: &[Snippet] = &[$(Snippet {
            keyword: $keyword,
            statement: Statement::$statement,
            value: !stringify!($($value)?).is_empty(),
            zh: $zh,
            en: $en,
        },)*];
    };
}

snippets! {
    Item: "rubric" "标准 \"${1:名称}\" {\n  年度 ${2:2026}\n  满分 ${3:100}分\n}" "rubric \"${1:title}\" {\n  year ${2:2026}\n  total ${3:100} points\n}";
    Item: "import" "引用 \"${1:attendance.rubric}\" 作 ${2:考勤}" "use \"${1:attendance.rubric}\" as ${2:attendance}";
    Item: "calendar" "日历 {\n  年份 ${1:2026}\n  工作日 周一 至 周五\n  放假 ${2:2026-01-01}\n}" "calendar {\n  years ${1:2026}\n  workdays Monday to Friday\n  closed ${2:2026-01-01}\n}";
    Item: "evidence" "填报 {\n  ${1:迟到}: ${2:次数}\n}" "evidence {\n  ${1:late}: ${2:count}\n}";
    Item: "graded" "参评 ${1:条件}" "graded if ${1:condition}";
    Item: "let" "设 ${1:名称} = ${2:1}" "let ${1:name} = ${2:1}";
    Item: "output" "输出 ${1:名称} = ${2:总分}" "output ${1:name} = ${2:total score}";
    Item: "section" "大项 ${1:NUMBER} \"${2:名称}\" ${3:10}分 {\n  $0\n}" "section ${1:NUMBER} \"${2:title}\" ${3:10} points {\n  $0\n}";
    Item: "clause" "条款 ${1:NUMBER} \"${2:名称}\" ${3:2}分 {\n  $0\n}" "clause ${1:NUMBER} \"${2:title}\" ${3:2} points {\n  $0\n}";
    Item: "extra_deductions" "另扣 ${1:NUMBER} \"${2:名称}\" 最高 ${3:5}分 {\n  $0\n}" "extra deductions ${1:NUMBER} \"${2:title}\" up to ${3:5} points {\n  $0\n}";
    Item: "extra_awards" "另加 ${1:NUMBER} \"${2:名称}\" 最高 ${3:5}分 {\n  $0\n}" "extra awards ${1:NUMBER} \"${2:title}\" up to ${3:5} points {\n  $0\n}";
    Item: "each" "每 ${1:检查发现} 于其 ${2:条款} 扣 ${3:扣分}" "for each ${1:findings} at its ${2:clause} deduct ${3:points}";
    Item: "ranking" "排名 依 ${1:总分} 从高到低; 并列 取优" "ranking by ${1:total score}, highest first; ties share the better";
    Item: "grades" "等级 ${1:优、良} {\n  按 总分 {\n    ${2:90}分以上 为 ${3:优}\n    其余 为 ${4:良}\n  }\n}" "grades ${1:good, fair} {\n  by total score {\n    ${2:90} points or more is ${3:good}\n    otherwise ${4:fair}\n  }\n}";
    Item: "example" "示例 \"${1:名称}\" {\n  填报 { ${2:迟到 = 3} }\n  应得 ${3:总分} = ${4:1}分\n}" "example \"${1:title}\" {\n  evidence { ${2:late = 3} }\n  expect ${3:total score} = ${4:1} points\n}";
    Header: "year" "年度 ${1:2026}" "year ${1:2026}";
    Header: "source" "依据 \"${1:文号}\"" "source \"${1:document}\"";
    Header: "description" "说明 \"${1:说明}\"" "description \"${1:what it is}\"";
    Header: "subjects" "考核对象 ${1:单位}" "subjects ${1:offices}";
    Header: "total" "满分 ${1:100}分" "total ${1:100} points";
    Header: "check" "检查 ${1:R0205} ${2:不报}" "check ${1:R0205} ${2:off}";
    Calendar: "years" "年份 ${1:2026}" "years ${1:2026}";
    Calendar: "workweek" "工作日 周一 至 周五" "workdays Monday to Friday";
    Calendar: "days_off" "放假 ${1:2026-01-01}" "closed ${1:2026-01-01}";
    Calendar: "days_on" "上班 ${1:2026-01-04}" "open ${1:2026-01-04}";
    Field: "graded_only" "以下由参评单位填报 {\n  ${1:名称}: ${2:次数}\n}" "from graded subjects only {\n  ${1:name}: ${2:count}\n}";
    Field: "verify" "核对 ${1:条件} \"${2:说明}\"" "verify ${1:condition} \"${2:reason}\"";
    Field: "let" "设 ${1:名称} = ${2:1}" "let ${1:name} = ${2:1}";
    Rule: "section" "大项 ${1:NUMBER} \"${2:名称}\" ${3:10}分 {\n  $0\n}" "section ${1:NUMBER} \"${2:title}\" ${3:10} points {\n  $0\n}";
    Rule: "clause" "条款 ${1:NUMBER} \"${2:名称}\" ${3:2}分 {\n  $0\n}" "clause ${1:NUMBER} \"${2:title}\" ${3:2} points {\n  $0\n}";
    Rule: "each" "每 ${1:迟到} 扣 ${2:0.5}分" "for each ${1:late} deduct ${2:0.5} points";
    Rule: "if" "若 ${1:条件},${2:扣 1分}" "if ${1:condition}, ${2:deduct 1 point}";
    Rule: "by" "按 ${1:评定分} {\n  ${2:90}分以上 得 ${3:2}分\n  其余 得 ${4:0}分\n}" "by ${1:mark} {\n  ${2:90} points or more award ${3:2} points\n  otherwise award ${4:0} points\n}";
    Rule: "as_place" "按 ${1:办件量} 从高到低 在 参评单位 的 名次 {\n  第1名 得 ${2:4}分\n  其余 得 ${3:1}分\n  并列 取优\n}" "by ${1:volume}, highest first, among graded subjects {\n  1st award ${2:4} points\n  otherwise award ${3:1} points\n  ties share the better\n}";
    Rule: "compared" "${1:完成率} 比 ${2:100%} 每低 ${3:1个百分点} 扣 ${4:0.2}分,不足 不计" "for each ${3:1 pp} that ${1:rate} is below ${2:100%} deduct ${4:0.2} points, part steps ignored";
    Rule: "deduct" "扣 ${1:1}分" "deduct ${1:1} points";
    Rule: "award" "得 ${1:1}分" "award ${1:1} points";
    Rule: "heaviest" "只计最重 {\n  $0\n}" "only the heaviest of {\n  $0\n}";
    Rule: "start" "起评 ${1:1}分" "start from ${1:1} points";
    Rule: "may_be_negative" "可为负" "may go negative";
    Rule: "description" "说明 \"${1:说明}\"" "description \"${1:what it is about}\"";
    Rule: "not_applicable" "不适用 若 ${1:条件},按满分计" "not applicable if ${1:condition}, full points";
    Rule: "require" "要求 ${1:条件} \"${2:说明}\"" "require ${1:condition} \"${2:in words}\"";
    Rule: "advise" "建议 ${1:条件} \"${2:说明}\"" "recommend ${1:condition} \"${2:in words}\"";
    Row: "otherwise" "其余 得 ${1:0}分" "otherwise award ${1:0} points";
    Row: "ties" "并列 取优" "ties share the better";
    Row: "each_next" "每后1名 减 ${1:0.2}分" "each next place less ${1:0.2} points";
    Step: "by" "按 总分 {\n  ${1:90}分以上 为 ${2:优}\n  其余 为 ${3:良}\n}" "by total score {\n  ${1:90} points or more is ${2:good}\n  otherwise ${3:fair}\n}";
    Step: "if" "若 ${1:条件},定为 ${2:良}" "if ${1:condition}, give ${2:fair}";
    Step: "otherwise" "其余 定为 ${1:良}" "otherwise give ${1:fair}";
    Step: "veto" "一票否决 为 ${1:良} {\n  ${2:条件}\n}" "veto to ${1:fair} {\n  ${2:condition}\n}";
    Step: "quota" "名额 ${1:优} 至多 ${2:20%} 于 参评单位,向下取整; 依 总分 从高到低; 并列 全让; 超额 降为 ${3:良}" "quota ${1:good} at most ${2:20%} out of graded subjects, rounded down; by total score, highest first; ties all miss out; the rest fall to ${3:fair}";
    Example: "evidence" "填报 { ${1:迟到 = 3} }" "evidence { ${1:late = 3} }";
    Example: "unit" "单位 ${1:甲} { ${2:迟到 = 3} }" "subject ${1:one} { ${2:late = 3} }";
    Example: "expect" "应得 ${1:总分} = ${2:1}分" "expect ${1:total score} = ${2:1} points";
    Given: "rest_faultless" "其余无过失" "the rest faultless";
    Field value: "choice" "选项 ${1:甲、乙}" "one of ${1:a, b}";
    Field value: "score_type" "评分 ${1:0}分 至 ${2:10}分" "score ${1:0} points to ${2:10} points";
    Field value: "number" "数量 ${1:件}" "number of ${1:cases}";
    Field value: "duration" "时长 ${1:天}" "duration in ${1:days}";
    Field value: "list" "清单 { ${1:事项}: ${2:文本} }" "list { ${1:item}: ${2:text} }";
    Item value: "if" "若 ${1:条件} 则 ${2:1} 否则 ${3:0}" "if ${1:condition} then ${2:1} else ${3:0}";
    Item value: "by" "按 ${1:类别} { ${2:甲} 为 ${3:1}; 其余 为 ${4:0} }" "by ${1:kind} { ${2:a} is ${3:1}; otherwise ${4:0} }";
    Item value: "count_of" "件数(${1:清单名})" "count(${1:records})";
    Item value: "sum_of" "合计(${1:清单名} 的 ${2:字段})" "sum(${2:field} of ${1:records})";
    Item value: "mean_of" "平均(${1:清单名} 的 ${2:字段})" "mean(${2:field} of ${1:records})";
    Item value: "max_of" "最大(${1:清单名} 的 ${2:字段})" "largest(${2:field} of ${1:records})";
    Item value: "min_of" "最小(${1:清单名} 的 ${2:字段})" "smallest(${2:field} of ${1:records})";
    Item value: "absent" "未填(${1:名称})" "absent(${1:name})";
    Item value: "larger" "较大(${1:1}, ${2:2})" "larger(${1:1}, ${2:2})";
    Item value: "smaller" "较小(${1:1}, ${2:2})" "smaller(${1:1}, ${2:2})";
    Item value: "workdays_between" "工作日数(${1:收件日}, ${2:办结日})" "workdays(${1:received}, ${2:finished})";
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::{FileId, Keyword};

    #[test]
    fn every_construct_can_be_read_in_both_languages() {
        for snippet in SNIPPETS {
            assert!(Keyword::by_id(snippet.keyword).is_some(), "{}", snippet.keyword);
            for language in [Language::Zh, Language::En] {
                let body = plain(&snippet.body(language, "1.1"));
                let inner = match (snippet.value, snippet.statement) {
                    (true, Statement::Field) => format!("填报 {{ x: {body} }}"),
                    (true, _) => format!("设 x = {body}"),
                    (_, Statement::Item) => body.clone(),
                    (_, Statement::Header) => format!("标准 \"a\" {{ {body} }}"),
                    (_, Statement::Calendar) => format!("日历 {{ {body} }}"),
                    (_, Statement::Field) => format!("填报 {{ {body} }}"),
                    (_, Statement::Rule) => format!("条款 1 \"a\" 2分 {{ {body} }}"),
                    (_, Statement::Row) => format!("条款 1 \"a\" 2分 {{ 按 x {{ {body} }} }}"),
                    (_, Statement::Step) => format!("等级 优、良 {{ {body} }}"),
                    (_, Statement::Example) => format!("示例 \"a\" {{ {body} }}"),
                    (_, Statement::Given) => format!("示例 \"a\" {{ 填报 {{ {body} }} }}"),
                };
                let parse = rubric_syntax::parse(FileId::default(), &inner);
                assert!(parse.errors.is_empty(), "{inner}\n{:?}", parse.errors);
            }
        }
    }
}
