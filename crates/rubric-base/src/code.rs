//! The registry of findings: one line declares a code, its level and its titles; its page stands beside it.

use std::fmt;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A true fact; never counted.
    Note,
    /// Almost surely not meant.
    Warning,
    /// Cannot be evaluated, or contradicts itself.
    Error,
}

impl Level {
    /// The word of machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($name:ident $level:ident $zh:literal $en:literal;)*) => {
        /// A kind of finding. R0… are about the text, R1… names and types, R02… points, E… evidence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $en] $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As written: `R0203`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// The level it has where nothing else is set.
            #[must_use]
            pub const fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)* }
            }

            /// Whether only proofs show it, so that a check without them says nothing of it.
            #[must_use]
            pub fn proved(self) -> bool {
                self.name().starts_with("R09")
            }

            /// What it is about, in a few words: Chinese and English.
            #[must_use]
            pub const fn title(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($zh, $en),)* }
            }
        }
    };
}

codes! {
    R0001 Error "语句无法读懂" "statement cannot be read";
    R0002 Error "缺少右花括号" "missing closing brace";
    R0003 Error "多余的右括号" "closing bracket without an opening one";
    R0004 Error "词语之间缺少空格" "words written without spaces";
    R0005 Error "关键词拼写有误" "unknown keyword";
    R0006 Error "一行写了两条规则" "two rules on one line";
    R0007 Error "嵌套过深" "nested too deeply";
    R0008 Error "文件不是 UTF-8 编码" "file is not UTF-8";
    R0009 Error "语句没有写完" "unfinished statement";
    R0010 Error "且与或混用而无括号" "and mixed with or without parentheses";
    R0011 Error "取整的范围不明" "unclear what is rounded";
    R0012 Error "数字写法有误" "malformed number";
    R0013 Error "文件过大" "file too large";
    R0014 Error "不用单写的以下" "bare 'below' is read both ways";
    R0015 Error "日期不存在" "there is no such date";
    R0016 Error "引号不成对" "quotation marks do not pair";
    R0101 Error "名称未声明" "unknown name";
    R0102 Error "名称重复" "name declared twice";
    R0103 Error "类型不符" "types do not fit";
    R0104 Error "单位不符" "units do not fit";
    R0105 Warning "证据或名称没有用到" "evidence or a name is never used";
    R0106 Error "循环引用" "cyclic definition";
    R0107 Error "条款编号重复" "clause number used twice";
    R0108 Error "缺少必要的声明" "required declaration is missing";
    R0109 Error "此处不能这样写" "not allowed here";
    R0110 Error "除数可能为零" "division by zero in reach";
    R0111 Error "百分比相减须用百分点" "percentages differ by percentage points";
    R0112 Error "数值超出允许的范围" "number out of the allowed range";
    R0113 Error "未填时怎样没有写明" "not said what counts where it is left out";
    R0201 Error "分值合计不符" "points do not add up";
    R0202 Error "条款缺少分值" "clause without points";
    R0203 Warning "分值拿不满" "points can never be earned";
    R0204 Error "扣分与得分并用须写起评" "deductions and awards together need a start";
    R0205 Warning "最高限额不起作用" "cap can never bind";
    R0206 Warning "规则永远不起作用" "rule can never matter";
    R0207 Error "权重合计不是 100%" "weights do not add up to 100%";
    R0208 Error "不适用时没有得分" "no score where it does not apply";
    R0301 Error "分档有空缺" "gap in a table";
    R0302 Error "分档重叠" "rows of a table overlap";
    R0303 Warning "分档永远不会用到" "row can never apply";
    R0304 Error "并列未作规定" "ties are not ruled";
    R0305 Error "零头未作规定" "part steps are not ruled";
    R0306 Error "名次方向未作规定" "direction of a rank is not ruled";
    R0401 Error "可能没有等级" "a unit may end without a grade";
    R0402 Error "等级名称未列出" "grade is not in the list";
    R0403 Error "名额规定不全" "quota is not fully ruled";
    R0501 Error "示例的预期不符" "example does not hold";
    R0502 Error "示例缺少证据" "example lacks evidence";
    R0503 Error "示例的证据有误" "evidence of an example is wrong";
    R0601 Warning "照原文已不需要" "as printed is no longer needed";
    R0602 Error "照原文只能用于警告" "as printed silences warnings only";
    R0701 Error "日历有误" "faulty calendar";
    R0702 Error "计工作日须有日历" "working days need a calendar";
    R0801 Error "引用的文件读不到" "imported file cannot be read";
    R0802 Error "循环引用文件" "files import each other";
    R0803 Error "引用的考核对象不同" "imported rubric scores other subjects";
    R0901 Warning "等级永远得不到" "grade can never be given";
    R0902 Warning "条件永远或永不成立" "condition always or never holds";
    R0903 Warning "规则重复或被掩盖" "rule repeated or overruled";
    R0904 Warning "规则永远轮不到" "rule never the heaviest";
    R0905 Warning "一次扣分超过可扣的分" "one deduction exceeds the points there are";
    R0906 Warning "条款的限额不起作用" "limit of a clause can never bind";
    R0907 Warning "名额不起作用" "quota does nothing";
    R0908 Warning "方向反了" "moves the wrong way";
    R0911 Note "超过几次就不再扣分" "nothing more is taken from some occurrence on";
    R0912 Note "要求没有后果" "requirement without consequence";
    E0001 Error "证据文件不是 UTF-8 编码" "evidence is not UTF-8";
    E0002 Error "证据文件不是完整的 JSON" "evidence is not well-formed JSON";
    E0003 Error "证据文件的结构不符" "evidence has the wrong structure";
    E0004 Error "证据名称不认识" "unknown evidence";
    E0005 Error "缺少证据" "evidence is missing";
    E0006 Error "证据的类型不符" "evidence of the wrong type";
    E0007 Error "证据超出允许的范围" "evidence out of range";
    E0008 Error "同一单位出现两次" "unit given twice";
    E0009 Error "同一证据填了两次" "evidence given twice";
    E0010 Error "记录过多" "too many rows";
    E0011 Error "证据未通过核对" "evidence fails a check";
    E0012 Error "证据文件过大" "evidence too large";
    E0013 Error "没有参评单位" "no unit to score";
    E0014 Error "日期不存在或不在日历内" "date does not exist or lies outside the calendar";
    E0015 Error "同组单位的名额不一致" "units of one group state different quotas";
    E0016 Error "引用的结果中没有这个对象" "the imported result lacks this subject";
    E0017 Error "所有条款都不适用" "no clause applies";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let upper = text.to_ascii_uppercase();
        Self::ALL.iter().copied().find(|c| c.name() == upper).ok_or(())
    }
}
