;;; rubric-words.el --- The words of rubrics  -*- lexical-binding: t; -*-

;;; Commentary:

;; Generated from grammar/keywords.toml.  Do not edit.

;;; Code:

(defconst rubric-words
  '(
    ("comparison" "不少于" "at least" "不低于" "no lower than" "不超过" "no more than" "不高于" "no higher than" "多于" "more than" "高于" "above" "超过" "over" "少于" "fewer than" "低于" "below" "不满" "under" "不晚于" "no later than" "不早于" "no earlier than" "晚于" "later than" "早于" "earlier than")
    ("function" "未填" "缺" "absent" "件数" "count" "合计" "sum" "平均" "mean" "最大" "largest" "最小" "smallest" "较大" "取大" "larger" "较小" "取小" "smaller" "工作日数" "workdays")
    ("head" "年度" "year" "依据" "source" "说明" "description" "考核对象" "对象" "subjects" "满分" "total" "检查" "check" "不报" "off" "提示" "note" "警告" "warning" "错误" "error" "年份" "years" "工作日" "workdays" "放假" "closed" "上班" "open")
    ("item" "标准" "rubric" "填报" "证据" "数据" "evidence" "参评" "graded if" "以下由参评单位填报" "from graded subjects only" "大项" "部分" "section" "条款" "指标" "clause" "排名" "ranking" "等级" "等次" "grades" "输出" "结果" "output" "示例" "example" "设" "let" "单位" "subject" "应得" "期望" "expect" "引用" "use" "日历" "calendar" "另扣" "扣分项" "extra deductions" "另加" "加分项" "extra awards")
    ("operator" "未" "不是" "非" "not" "且" "并且" "and" "或" "或者" "or" "后" "after" "内")
    ("rounding" "四舍五入" "rounded" "rounded half up" "五舍六入" "rounded half down" "四舍六入五成双" "rounded half even" "向上取整" "rounded up" "向下取整" "rounded down" "远零取整" "rounded away from zero" "近零取整" "rounded towards zero")
    ("rule" "每" "每件" "每次" "每处" "for each" "each" "比" "若" "如" "if" "按" "by" "扣" "deduct" "得" "加" "award" "不得分" "no points" "得满分" "full points" "只计最重" "取最大" "only the heaviest of" "only the heaviest" "起评" "start from" "可为负" "不设底" "may go negative" "要求" "应" "require" "建议" "宜" "recommend" "核对" "verify" "不适用" "not applicable" "名额" "quota")
    ("type" "次数" "count" "数量" "number" "百分比" "比率" "percent" "评分" "分值" "score" "是否" "yes or no" "yes-no" "选项" "one of" "文本" "text" "清单" "记录" "list" "日期" "date" "时间" "time of day" "时长" "duration" "条款号" "指标号" "clause number")
    ("value" "是" "yes" "否" "no" "总分" "total score" "排名" "名次" "rank" "等级" "等次" "grade" "要求 达标数" "requirements met" "要求 总数" "requirements in all")
    ("word" "of" "到" "in steps of" "可不填" "可缺" "optional" "越高越好" "越多越好" "higher is better" "more is better" "越低越好" "越少越好" "lower is better" "fewer is better" "未填视为" "缺省" "defaulting to" "抽查" "抽样" "sample of" "至多" "at most" "行" "rows" "其中" "where" "同一" "counting the same" "只计一次" "once" "that" "每低" "is below" "每少" "is short of" "每高" "is above" "每晚" "每迟" "is later than" "每早" "is earlier than" "每多" "exceeds" "不足" "part steps" "不计" "ignored" "计一" "counted as one" "按比例" "pro rata" "则" "then" "否则" "else" "在" "within" "between" "among" "全部单位" "all subjects" "参评单位" "graded subjects" "的 名次" "从高到低" "highest first" "从低到高" "lowest first" "最高" "最多扣" "up to" "照原文" "容许" "as printed" "其余" "其他" "otherwise" "为" "为" "is" "至" "to" "起" "onward" "以上" "or more" "以内" "or less" "or fewer" "以下" "or below" "每后" "each next" "名" "places" "place" "减" "less" "并列" "ties" "取优" "share the better" "取劣" "share the worse" "均分" "share the mean" "依" "by" "then" "另有" "and unranked" "定为" "give" "降" "lower by" "降为" "falls to" "降为" "fall to" "一票否决" "veto" "为" "to" "其余无过失" "the rest faultless" "得分" "score" "的" "of" "均" "every" "有" "some" "之间" "到" "to" "作" "as" "周一" "星期一" "Monday" "周二" "星期二" "Tuesday" "周三" "星期三" "Wednesday" "周四" "星期四" "Thursday" "周五" "星期五" "Friday" "周六" "星期六" "Saturday" "周日" "星期日" "周天" "星期天" "Sunday" "in" "共用" "sharing" "权重" "weight" "折算" "scaled to" "按满分计" "full points" "不计入总分" "left out" "于其" "at its" "于" "out of" "those where" "全让" "all miss out" "超额" "the rest" "折算前得分" "score before scaling"))
  "The keywords of each class.")

(provide 'rubric-words)
;;; rubric-words.el ends here
