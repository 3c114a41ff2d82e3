#!/usr/bin/env python3
"""Writes the cases of the conformance suite, with the figures that the reference (docs/language.md) demands.

Every expected figure is worked out here, by small formulas over exact fractions that follow the words of the
reference and share nothing with the program. Run it to write the folders anew: python3 tests/conformance/make.py
"""
import json
import pathlib
import shutil
from datetime import date, timedelta
from fractions import Fraction as F

HERE = pathlib.Path(__file__).parent
CASES = {}


def dec(x):
    """An exact decimal as text."""
    x = F(x)
    sign, x = ("-" if x < 0 else ""), abs(x)
    scale = 0
    while (x * 10**scale).denominator != 1:
        scale += 1
        assert scale < 30, x
    digits = str((x * 10**scale).numerator).rjust(scale + 1, "0")
    return sign + (digits[:-scale] + "." + digits[-scale:] if scale else digits)


def case(chapter, name, about, rubric, units=None, result=None, ledger=None, rejected=None, invalid=None):
    """units: {id: evidence}; result: {id: {...}}; rejected: (code, words); invalid: (code, words underlined)."""
    number = len(CASES.setdefault(chapter, [])) + 1
    text = f"# {about}\n=== rubric\n{rubric.strip()}\n"
    if units is not None:
        subjects = [{"id": k, **v} for k, v in units.items()]
        rows = ",\n  ".join(json.dumps(s, ensure_ascii=False) for s in subjects)
        text += '=== evidence\n{"subjects": [\n  ' + rows + "\n]}\n"
    if result is not None:
        rows = ",\n  ".join(json.dumps({"id": k, **v}, ensure_ascii=False) for k, v in result.items())
        text += '=== result\n{"subjects": [\n  ' + rows + "\n]}\n"
    if ledger:
        text += "=== ledger\n" + "\n".join(ledger) + "\n"
    if rejected:
        text += f"=== rejected\n{rejected[0]} {rejected[1]}\n"
    if invalid:
        text += f"=== invalid\n{invalid[0]} {invalid[1]}\n"
    CASES[chapter].append((f"{number:02}-{name}.case", text))


def one(body, points="10分", evidence="数: 次数", extra="", total=True):
    head = f"标准 \"例\" {{ 满分 {points} }}" if total else '标准 "例" { 年度 2024 }'
    return f"{head}\n填报 {{ {evidence} }}\n条款 1 \"例\" {points.split(',')[0]} {{ {body} }}\n{extra}"


def clamp(x, low, high):
    return max(low, min(high, x))


# --- deductions and awards -------------------------------------------------------------------------------------
for n in (0, 1, 3, 4, 5):
    score = clamp(F(2) - F(1, 2) * n, 0, 2)
    take = [f"{'-' + dec(min(F(1, 2) * n, 2)) if n else ''}"]
    absorbed = F(1, 2) * n - min(F(1, 2) * n, 2)
    line = f"甲 1: start 2" + (f"; -{dec(min(F(1, 2) * n, 2))}" if n else "") + (f" floor {dec(absorbed)}" if absorbed else "") + f"; score {dec(score)}"
    case("deductions", f"each-{n}", f"0.5 off for each of {n}, until the 2 points are used up", one("每 数 扣 0.5分", "2分"), {"甲": {"数": n}}, {"甲": {"total": dec(score), "clauses": {"1": dec(score)}}}, [line])
for n in (0, 2, 3, 9):
    raw = F(1, 2) * n
    kept = min(raw, F(1))
    line = "甲 1: start 5" + (f"; -{dec(kept)}" if n else "") + (f" cap {dec(raw - kept)}" if raw > kept else "") + f"; score {dec(5 - kept)}"
    case("deductions", f"cap-{n}", "the cap of a cause bounds that cause alone", one("每 数 扣 0.5分,最高 1分", "5分"), {"甲": {"数": n}}, {"甲": {"total": dec(5 - kept)}}, [line])
for a, b in ((1, 1), (3, 0), (0, 3), (3, 3)):
    score = clamp(F(3) - min(F(a), 2) - b, 0, 3)
    case("deductions", f"two-causes-{a}-{b}", "a capped cause beside one without a cap; the clause is clamped once", one("每 甲数 扣 1分,最高 2分; 每 乙数 扣 1分", "3分", "甲数: 次数; 乙数: 次数"), {"甲": {"甲数": a, "乙数": b}}, {"甲": {"total": dec(score)}})
for a, b in ((6, 2), (2, 6), (9, 9)):
    score = clamp(F(3) - a + b, 0, 5)
    case("deductions", f"start-{a}-{b}", "deductions and awards from a stated start: the sum is clamped once, never on the way", one("起评 3分; 每 甲数 扣 1分; 每 乙数 得 1分", "5分", "甲数: 次数; 乙数: 次数"), {"甲": {"甲数": a, "乙数": b}}, {"甲": {"total": dec(score)}})
for n in (0, 4, 5, 6):
    score = min(F(n) / 2, F(5, 2))
    case("deductions", f"award-{n}", "a clause of awards starts at nothing and ends at its points", one("每 数 得 0.5分", "2.5分"), {"甲": {"数": n}}, {"甲": {"total": dec(score)}})
for n in (2, 3):
    score = F(2) - n
    case("deductions", f"negative-{n}", "a clause that may go negative has no floor", one("可为负; 每 数 扣 1分", "2分"), {"甲": {"数": n}}, {"甲": {"total": dec(score)}})
for flag, n in ((True, 0), (True, 3), (False, 1)):
    score = F(0) if flag else clamp(F(3) - n, 0, 3)
    case("deductions", f"nothing-{flag}-{n}".lower(), "`不得分` ends the clause at nothing, whatever else there is", one("每 数 扣 1分; 若 错,不得分", "3分", "数: 次数; 错: 是否"), {"甲": {"数": n, "错": flag}}, {"甲": {"total": dec(score)}})
for full, none in ((True, False), (True, True), (False, False)):
    score = F(0) if none else F(4) if full else F(0)
    case("deductions", f"full-{full}-{none}".lower(), "`得满分` gives all points; `不得分` is stronger", one("若 优,得满分; 若 错,不得分; 每 数 得 1分", "4分", "优: 是否; 错: 是否; 数: 次数"), {"甲": {"优": full, "错": none, "数": 0}}, {"甲": {"total": dec(score)}})
for flag in (True, False):
    score = F(5) - (1 if flag else F(3))
    case("deductions", f"otherwise-{flag}".lower(), "the cap bounds what it follows, not what is done otherwise", one("若 甲项,扣 5分,最高 1分,否则 扣 3分", "5分", "甲项: 是否"), {"甲": {"甲项": flag}}, {"甲": {"total": dec(score)}})
for a, b in ((1, 0), (0, 1), (1, 1), (0, 0)):
    score = F(10) - max(5 * a, 3 * b)
    ledger = None
    if a and b:
        ledger = ["甲 1: start 10; -5; 0 heavier 3; score 5"]
    case("deductions", f"heaviest-{a}-{b}", "of several causes only the heaviest counts", one("只计最重 { 若 甲项,扣 5分; 若 乙项,扣 3分 }", "10分", "甲项: 是否; 乙项: 是否"), {"甲": {"甲项": bool(a), "乙项": bool(b)}}, {"甲": {"total": dec(score)}}, ledger)

# --- lists ------------------------------------------------------------------------------------------------------
LIST = "单: 清单 { 事项: 文本; 材料: 文本; 错: 是否; 分值: 评分 }"
rows = [("a", "x", True, 1), ("a", "x", True, 1), ("a", "y", False, 2), ("b", "x", True, F(1, 2))]
records = [{"事项": a, "材料": b, "错": c, "分值": dec(d)} for a, b, c, d in rows]
case("lists", "each-row", "each row counts", one("每 单 扣 1分", "10分", LIST), {"甲": {"单": records}}, {"甲": {"total": dec(10 - len(rows))}}, ["甲 1: start 10; -1; -1; -1; -1; score 6"])
case("lists", "where", "only the rows that satisfy the condition", one("每 单 其中 错,扣 1分", "10分", LIST), {"甲": {"单": records}}, {"甲": {"total": dec(10 - sum(r[2] for r in rows))}})
case("lists", "distinct", "rows with equal keys count once", one("每 单 同一 事项、材料 只计一次,扣 1分", "10分", LIST), {"甲": {"单": records}}, {"甲": {"total": dec(10 - len({r[:2] for r in rows}))}}, ["甲 1: start 10; -1; 0 duplicate 1; -1; -1; score 7"])
case("lists", "distinct-one-key", "one key: fewer rows count", one("每 单 同一 事项 只计一次,扣 1分", "10分", LIST), {"甲": {"单": records}}, {"甲": {"total": dec(10 - len({r[0] for r in rows}))}})
case("lists", "row-amount", "the amount may be a field of the row", one("每 单 扣 分值", "10分", LIST), {"甲": {"单": records}}, {"甲": {"total": dec(10 - sum(F(r[3]) for r in rows))}})
case("lists", "empty", "no rows, nothing off", one("每 单 扣 1分", "10分", LIST), {"甲": {"单": []}}, {"甲": {"total": "10"}})
for name, expr, value in [("count", "件数(单 其中 错)", 3), ("sum", "合计(单 的 分值)", F(9, 2)), ("sum-where", "合计(单 的 分值 其中 错)", F(5, 2))]:
    case("lists", name, f"{expr} over the rows", one("每 单 扣 0.1分", "10分", LIST, f"输出 值 = {expr}"), {"甲": {"单": records}}, {"甲": {"outputs": {"值": dec(value)}}})
for name, expr, value in [("mean", "平均(单 的 分值)", F(9, 2) / 4), ("max", "最大(单 的 分值)", F(2)), ("min", "最小(单 的 分值)", F(1, 2))]:
    case("lists", name, f"{expr}, asked for where there are rows", one("每 单 扣 0.1分", "10分", LIST, f"输出 值 = (若 件数(单) > 0 则 {expr} 否则 0分) 四舍五入 到 0.001分"), {"甲": {"单": records}, "乙": {"单": []}}, {"甲": {"outputs": {"值": dec(value)}}, "乙": {"outputs": {"值": "0"}}})
for name, word, empty in [("every", "均", True), ("any", "有", False)]:
    for kind, recs in [("all", [r for r in records if r["错"]]), ("some", records), ("none", [r for r in records if not r["错"]]), ("empty", [])]:
        value = all(r["错"] for r in recs) if word == "均" else any(r["错"] for r in recs)
        case("lists", f"{name}-{kind}", f"`{word}` over rows; of no row it is {str(empty).lower()}", one("每 单 扣 0.1分", "10分", LIST, f"输出 值 = 单 {word} (错)"), {"甲": {"单": recs}}, {"甲": {"outputs": {"值": value}}})
case("lists", "column", "a computed column uses the columns before it", '标准 "例" { 年度 2024 }\n填报 { 单: 清单 { 到: 次数 1 至 100; 签: 次数; 设 率 = 签 ÷ 到; 设 缺 = 1 − 率 }; 核对 件数(单) > 0 }\n输出 最多 = 最大(单 的 缺) 四舍五入 到 0.01', {"甲": {"单": [{"到": 3, "签": 2}, {"到": 4, "签": 3}]}}, {"甲": {"outputs": {"最多": dec(F(33, 100))}}})

# --- steps ------------------------------------------------------------------------------------------------------
for part, count in [("不计", lambda d: d // 1), ("计一", lambda d: -(-d // 1)), ("按比例", lambda d: d)]:
    for value in ("100", "99.01", "99", "98.5", "98"):
        d = (F(100) - F(value))
        off = F(1, 5) * count(d)
        case("steps", f"{ {'不计': 'ignored', '计一': 'counted', '按比例': 'pro-rata'}[part] }-{value}", f"0.2 off per percentage point below 100%, part steps {part}, at {value}%", one(f"率 比 100% 每低 1个百分点 扣 0.2分,不足 {part}", "2分", "率: 百分比 到 0.01%"), {"甲": {"率": value + "%"}}, {"甲": {"total": dec(2 - off)}})
for n in (1, 2, 3):
    off = 2 * max(0, 2 - n)
    case("steps", f"fewer-{n}", "2 off for each of two that is missing; more earn nothing", one("数 比 2次 每少 1次 扣 2分", "4分"), {"甲": {"数": n}}, {"甲": {"total": dec(4 - off)}})
for n in (10, 11, 13):
    off = F(1, 2) * max(0, n - 10)
    case("steps", f"more-{n}", "half a point off for each beyond ten", one("数 比 10次 每多 1次 扣 0.5分", "4分"), {"甲": {"数": n}}, {"甲": {"total": dec(4 - off)}})

# --- tables -----------------------------------------------------------------------------------------------------
def upto(n):
    return 0 if n == 0 else next((k + 1 for k, top in enumerate((10, 20)) if n <= top), 3)
for n in (0, 1, 10, 11, 20, 21):
    case("tables", f"up-to-{n}", "bands are read in order, each takes what those before it left; the edge belongs to `以内`", one("按 数 { 0次 扣 0分; 10次以内 扣 1分; 20次以内 扣 2分; 其余 扣 3分 }", "3分"), {"甲": {"数": n}}, {"甲": {"total": dec(3 - upto(n))}})
for v in ("89.9", "90", "79.9", "80", "60", "59.9"):
    x = F(v)
    grade = "优" if x >= 90 else "良" if x >= 80 else "中" if x >= 60 else "差"
    case("tables", f"grade-{v}", "`以上` includes its edge", one("得 分", "100分", "分: 评分 0分 至 100分 到 0.1分", "等级 优、良、中、差 { 按 总分 { 90分以上 为 优; 80分以上 为 良; 60分以上 为 中; 其余 为 差 } }"), {"甲": {"分": v}}, {"甲": {"grade": grade}})
for n in (59, 60, 61):
    value = "1" if n > 60 else "2" if n == 60 else "3"
    case("tables", f"open-{n}", "`超过` and what is left: the edge is its own", one("每 数 扣 0.1分", "10分", "数: 次数", "输出 档 = 按 数 { 超过 60次 为 1; 60次 为 2; 其余 为 3 }"), {"甲": {"数": n}}, {"甲": {"outputs": {"档": value}}})
for who in ("甲区", "乙区", "丙区"):
    value = {"甲区": "1", "乙区": "1", "丙区": "2"}[who]
    case("tables", f"choice-{value}-{who}", "a row for several choices", one("每 数 扣 0.1分", "10分", "数: 次数; 区: 选项 甲区、乙区、丙区", "输出 档 = 按 区 { 甲区、乙区 为 1; 丙区 为 2 }"), {"甲": {"数": 0, "区": who}}, {"甲": {"outputs": {"档": value}}})
for key, body, words in [("gap", "80分 至 89分 得 2分; 90分以上 得 3分; 不满 80分 得 1分", "按 分"), ("overlap", "80分 至 90分 得 2分; 90分 至 100分 得 3分; 其余 得 1分", "90分 至 100分 得 3分")]:
    code = {"gap": "R0301", "overlap": "R0302"}[key]
    case("tables", f"invalid-{key}", f"a {key} between bands is refused", one(f"按 分 {{ {body} }}", "3分", "分: 评分 0分 至 100分"), invalid=(code, words))

# --- places -----------------------------------------------------------------------------------------------------
def places(values, ties):
    out = {}
    for k, v in values.items():
        better = sum(w > v for w in values.values())
        same = sum(w == v for w in values.values())
        out[k] = (better + 1, same)
    return out
for name, ties, gets in [("better", "取优", lambda p, s: p), ("worse", "取劣", lambda p, s: p + s - 1)]:
    for label, values in [("tie-first", {"甲": 9, "乙": 9, "丙": 5}), ("tie-last", {"甲": 9, "乙": 5, "丙": 5}), ("no-tie", {"甲": 3, "乙": 2, "丙": 1}), ("all-equal", {"甲": 4, "乙": 4, "丙": 4})]:
        result = {}
        for k, (p, s) in places(values, ties).items():
            place = gets(p, s)
            points = F(4) - F(1, 2) * (place - 1)
            result[k] = {"clauses": {"1": dec(points)}}
        case("places", f"{name}-{label}", f"first place 4 points, each next half a point less; equals {ties}", one(f"按 数 从高到低 在 全部单位 的 名次 {{ 第1名 得 4分; 每后1名 减 0.5分; 第4名起 得 1分; 并列 {ties} }}", "4分"), {k: {"数": v} for k, v in values.items()}, result)
for label, values in [("two", {"甲": 9, "乙": 9, "丙": 5}), ("last", {"甲": 9, "乙": 5, "丙": 5})]:
    result = {}
    for k, (p, s) in places(values, "均分").items():
        points = sum(F(4) - F(1, 2) * (q - 1) for q in range(p, p + s)) / s
        result[k] = {"clauses": {"1": dec(points)}}
    case("places", f"mean-{label}", "equals share the mean of what their places get", one("按 数 从高到低 在 全部单位 的 名次 { 第1名 得 4分; 每后1名 减 0.5分; 第4名起 得 1分; 并列 均分 }", "4分,四舍五入 到 0.01分"), {k: {"数": v} for k, v in values.items()}, result)
values = {"甲": 9, "乙": 7, "丙": 7, "丁": 5}
for key, way in (("high", "从高到低"), ("low", "从低到高")):
    ranks = {k: 1 + sum((w > v) if key == "high" else (w < v) for w in values.values()) for k, v in values.items()}
    case("places", f"ranking-{key}", "the order of merit: 1, 2, 2, 4", one("得 分", "10分", "分: 评分 0分 至 10分", f"排名 依 总分 {way}; 并列 取优"), {k: {"分": v} for k, v in values.items()}, {k: {"rank": r} for k, r in ranks.items()})
second = {"甲": (9, 2), "乙": (9, 1), "丙": (9, 1), "丁": (5, 0)}
ranks = {k: 1 + sum((w[0] > v[0]) or (w[0] == v[0] and w[1] < v[1]) for w in second.values()) for k, v in second.items()}
case("places", "tie-break", "a second key decides where the first is equal", one("得 分", "10分", "分: 评分 0分 至 10分; 错: 次数", "排名 依 总分 从高到低、错 从低到高; 并列 取优"), {k: {"分": v[0], "错": v[1]} for k, v in second.items()}, {k: {"rank": r} for k, r in ranks.items()})
case("places", "among-all", "a unit that is not scored takes a place, and stands in no result", '标准 "例" { 满分 4分 }\n填报 { 类: 选项 乡镇、派出所; 数: 次数 }\n参评 类 = 乡镇\n条款 1 "例" 4分 { 按 数 从高到低 在 全部单位 的 名次 { 第1名 得 4分; 每后1名 减 0.5分; 第4名起 得 1分; 并列 取优 } }', {"甲": {"类": "乡镇", "数": 5}, "所": {"类": "派出所", "数": 9}}, {"甲": {"total": "3.5"}})
case("places", "invalid-ties", "ties that are not ruled are refused", one("得 分", "10分", "分: 评分 0分 至 10分", "排名 依 总分 从高到低"), invalid=("R0304", "排名 依 总分 从高到低"))

# --- rounding ---------------------------------------------------------------------------------------------------
def away(x): return (abs(x) + F(1, 2)).__floor__() * (1 if x >= 0 else -1)
def towards(x): return -((-(abs(x) - F(1, 2))).__floor__()) * (1 if x >= 0 else -1)
def even(x):
    low = x.__floor__()
    d = x - low
    return low if d < F(1, 2) or (d == F(1, 2) and low % 2 == 0) else low + 1
MODES = [("half-up", "四舍五入", away), ("half-down", "五舍六入", towards), ("half-even", "四舍六入五成双", even), ("up", "向上取整", lambda x: -((-x).__floor__())), ("down", "向下取整", lambda x: x.__floor__()), ("away", "远零取整", lambda x: -((-abs(x)).__floor__()) * (1 if x >= 0 else -1)), ("towards", "近零取整", lambda x: abs(x).__floor__() * (1 if x >= 0 else -1))]
for name, word, f in MODES:
    values = ("0.115", "0.125", "0.1249", "-0.125")
    outs = {f"值{i}": dec(F(f(F(v) * 100)) / 100) for i, v in enumerate(values)}
    rubric = '标准 "例" { 年度 2024 }\n填报 { 数: 次数 }\n' + "\n".join(f"输出 值{i} = ({'−' if v[0] == '-' else ''}{v.lstrip('-')} × 数) {word} 到 0.01" for i, v in enumerate(values))
    case("rounding", name, f"{word} to hundredths: {', '.join(values)}", rubric, {"甲": {"数": 1}}, {"甲": {"outputs": outs}})
for n, v in ((1, 3), (2, 3), (5, 6), (1, 8)):
    total = F(5 * n, v)
    case("rounding", f"total-{n}-{v}", "the total is rounded once, and ranks use the rounded one", one("得 (5分 × 满 ÷ 全)", "5分,四舍五入 到 0.01分", "满: 次数 0 至 1; 全: 次数 1 至 100".replace("0 至 1", "0 至 5")), {"甲": {"满": n, "全": v}}, {"甲": {"total": dec(F(away(min(total, 5) * 100)) / 100)}})
case("rounding", "invalid-unrounded", "a quotient that is no finite decimal must be rounded", one("每 数 扣 0.1分", "10分", "数: 次数; 全: 次数 1 至 9", "输出 率 = 数 ÷ 全"), invalid=("R0112", "数 ÷ 全"))
case("rounding", "invalid-zero", "a divisor that can be nothing is refused", one("每 数 扣 0.1分", "10分", "数: 次数; 全: 次数", "输出 率 = (数 ÷ 全) 四舍五入 到 0.1"), invalid=("R0110", "全"))

# --- shared points and outside the total --------------------------------------------------------------------------
POOL = '标准 "例" { 满分 5分 }\n填报 { 发现: 清单 { 条款: 条款号; 扣分: 评分 } }\n每 发现 于其 条款 扣 扣分\n大项 1 "厅" 共用 3分 { 条款 1.1 "一" { 说明 "一" }; 条款 1.2 "二" { 说明 "二" } }\n条款 2 "账" 2分 { 说明 "账" }'
for name, found in [("none", []), ("one", [("1.1", 1)]), ("both", [("1.1", 1), ("1.2", F(3, 2))]), ("beyond", [("1.2", 2), ("1.1", 2), ("2", F(1, 2))]), ("section", [("1", 1)])]:
    pool = clamp(F(3) - sum(p for c, p in found if c.startswith("1")), 0, 3)
    own = clamp(F(2) - sum(p for c, p in found if c == "2"), 0, 2)
    case("shared", name, "rows take their points from the clause they cite, or from the section that shares its points", POOL, {"甲": {"发现": [{"条款": c, "扣分": dec(p)} for c, p in found]}}, {"甲": {"total": dec(pool + own), "clauses": {"1": dec(pool), "2": dec(own)}}})
case("shared", "unknown-clause", "a clause that the rubric lacks is an error in the evidence", POOL, {"甲": {"发现": [{"条款": "1.3", "扣分": 1}]}}, rejected=("E0007", "1.3"))
for name, n in (("under", 1), ("over", 9)):
    score = clamp(F(3) - n, 0, 3)
    case("shared", f"own-rules-{name}", "what a clause in such a section takes comes off the shared points", '标准 "例" { 满分 3分 }\n填报 { 数: 次数 }\n大项 1 "厅" 共用 3分 { 条款 1.1 "一" { 每 数 扣 1分 } }', {"甲": {"数": n}}, {"甲": {"total": dec(score)}})
for n in (0, 2, 3, 5):
    extra = -min(5 * n, 15)
    case("shared", f"outside-{n}", "what stands outside the total has its own limit, and can take the total below the clauses", one("若 错,扣 1分", "10分", "错: 是否; 次: 次数", '另扣 9 "外" 最高 15分 { 每 次 扣 5分 }'), {"甲": {"错": False, "次": n}}, {"甲": {"total": dec(10 + extra), "clauses": {"9": dec(extra)}}})
for n in (0, 1, 4):
    extra = min(n, 3)
    case("shared", f"awards-outside-{n}", "awards outside the total go beyond full marks", one("若 错,扣 1分", "10分", "错: 是否; 次: 次数", '另加 9 "外" 最高 3分 { 每 次 得 1分 }'), {"甲": {"错": False, "次": n}}, {"甲": {"total": dec(10 + extra), "clauses": {"9": dec(extra)}}})

# --- weights, scales, what does not apply -------------------------------------------------------------------------
W = '标准 "例" { 满分 100分 }\n填报 { 角: 选项 甲角、乙角; 一: 评分 0分 至 100分; 二: 评分 0分 至 100分 }\n条款 1 "一" 100分,权重 按 角 { 甲角 为 60%; 乙角 为 25% } { 得 一 }\n条款 2 "二" 100分,权重 按 角 { 甲角 为 40%; 乙角 为 75% } { 得 二 }'
for who, w in (("甲角", F(3, 5)), ("乙角", F(1, 4))):
    for a, b in ((100, 100), (100, 0), (F(87, 2), 91)):
        total = w * a + (1 - w) * b
        case("weights", f"{'a' if who == '甲角' else 'b'}-{dec(a)}-{dec(b)}", "weights by a case; the clauses show their points before weight", W, {"甲": {"角": who, "一": dec(a), "二": dec(b)}}, {"甲": {"total": dec(total), "clauses": {"1": dec(a), "2": dec(b)}}})
P = '标准 "例" { 满分 100分,四舍五入 到 0.01分 }\n填报 { 一: 评分 0分 至 100分; 二: 评分 0分 至 100分; 三: 评分 0分 至 100分; 无三: 是否 }\n条款 1 "一" 100分,权重 3 { 得 一 }\n条款 2 "二" 100分,权重 2.5 { 得 二 }\n条款 3 "三" 100分,权重 1 { 不适用 若 无三,不计入总分; 得 三 }'
for points, without in [((100, 0, 0), False), ((0, 100, 50), False), ((0, 0, 100), False), ((80, 60, 0), True), ((100, 100, 0), True)]:
    counted = [(F(3), points[0]), (F("2.5"), points[1])] + ([] if without else [(F(1), points[2])])
    mean = sum(w * p for w, p in counted) / sum(w for w, _ in counted)
    clauses = {str(i): dec(p) for i, p in enumerate(points, 1) if i < 3 or not without}
    name = "-".join(dec(p) for p in points) + ("-without" if without else "")
    case("weights", f"proportional-{name}", "weights as plain numbers: the mean of what counts", P, {"甲": dict(zip("一二三", map(dec, points)), 无三=without)}, {"甲": {"total": dec(F(away(mean * 100)) / 100), "clauses": clauses}})
case("weights", "invalid-mixed", "a plain weight beside a percentage is refused", P.replace("权重 3", "权重 30%"), invalid=("R0207", "2.5"))
case("weights", "invalid-sum", "weights of 99% are refused", W.replace("乙角 为 75%", "乙角 为 74%"), invalid=("R0207", "按 角"))
for n in (0, 7, 20, 21):
    own = clamp(F(100) - 5 * n, 0, 100)
    case("weights", f"scaled-{n}", "100 points scaled to 5, unrounded; the clause shows its own points", '标准 "例" { 满分 5分 }\n填报 { 数: 次数 }\n条款 1 "卫生" 100分,折算 5分 { 每 数 扣 5分 }\n输出 原分 = 「1」折算前得分\n输出 折分 = 「1」得分', {"甲": {"数": n}}, {"甲": {"total": dec(own / 20), "clauses": {"1": dec(own)}, "outputs": {"原分": dec(own), "折分": dec(own / 20)}}})
N = '标准 "例" { 满分 10分,四舍五入 到 0.01分 }\n填报 { 无一: 是否; 无二: 是否; 数一: 次数; 数二: 次数; 数三: 次数 }\n条款 1 "一" 2分 { 不适用 若 无一,%s; 每 数一 扣 1分 }\n条款 2 "二" 3分 { 不适用 若 无二,%s; 每 数二 扣 1分 }\n条款 3 "三" 5分 { 每 数三 扣 1分 }'
for mode, word in (("full", "按满分计"), ("left-out", "不计入总分")):
    for a, b in ((False, False), (True, False), (True, True)):
        n1, n2, n3 = 1, 1, 2
        scores = [(F(2) - n1, 2, a), (F(3) - n2, 3, b), (F(5) - n3, 5, False)]
        if mode == "full":
            total = sum(p if na else s for s, p, na in scores)
        else:
            total = sum(s for s, p, na in scores if not na) * 10 / sum(F(p) for s, p, na in scores if not na)
        clauses = {str(i + 1): dec(p if na else s) for i, (s, p, na) in enumerate(scores) if not (na and mode != "full")}
        case("weights", f"not-applicable-{mode}-{int(a)}{int(b)}", f"a clause that does not apply: {word}", N % (word, word), {"甲": {"无一": a, "无二": b, "数一": n1, "数二": n2, "数三": n3}}, {"甲": {"total": dec(F(away(total * 100)) / 100), "clauses": clauses}})

# --- grades and quotas --------------------------------------------------------------------------------------------
G = '标准 "例" { 满分 100分 }\n填报 { 分: 评分 0分 至 100分; 通报: 是否; 违法: 是否 }\n条款 1 "例" 100分 { 得 分 }\n等级 一等、二等、三等 另有 不评、除名 {\n  按 总分 { 90分以上 为 一等; 60分以上 为 二等; 其余 为 三等 }\n  一票否决 为 除名 { 违法 }\n  若 通报,降 1等,三等 降为 不评\n}'
for v in (95, 70, 50):
    for told in (False, True):
        at = 0 if v >= 90 else 1 if v >= 60 else 2
        grade = (["一等", "二等", "三等", "不评"])[at + told]
        case("grades", f"lower-{v}-{int(told)}", "one grade lower after a reprimand, the last one becoming ungraded", G, {"甲": {"分": v, "通报": told, "违法": False}}, {"甲": {"grade": grade}})
case("grades", "veto-is-final", "a veto acts on everybody it hits, and no later step touches them", G, {"甲": {"分": 95, "通报": True, "违法": True}}, {"甲": {"grade": "除名"}})
def quota(scores, places, lose):
    kept, order, full = set(), sorted(set(scores.values()), reverse=True), False
    for s in order:
        same = [k for k, v in scores.items() if v == s]
        if not full and (len(kept) + len(same) <= places or (not lose and len(kept) < places)):
            full = len(kept) + len(same) > places
            kept |= set(same)
        else:
            full = True
    return kept
Q = '标准 "例" { 满分 100分 }\n填报 { 分: 评分 0分 至 100分; 组: 文本 }\n条款 1 "例" 100分 { 得 分 }\n等级 优、良 { 其余 定为 优; 名额 优 %s; 依 总分 从高到低; 并列 %s; 超额 降为 良 }'
ten = dict(zip("甲乙丙丁戊己庚辛壬癸", (99, 98, 98, 97, 96, 95, 94, 93, 92, 91)))
five = dict(zip("甲乙丙丁戊", (99, 98, 97, 96, 95)))
four = dict(zip("甲乙丙丁", (99, 98, 97, 96)))
for label, scores in (("ten-tie", ten), ("five", five), ("four", four)):
    for word, lose in (("全让", True), ("取优", False)):
        for way, f in (("向下取整", lambda x: x.__floor__()), ("向上取整", lambda x: -((-x).__floor__()))):
            kept = quota(scores, f(F(len(scores)) / 5), lose)
            case("grades", f"share-{label}-{'lose' if lose else 'better'}-{'down' if f(F(1, 2)) == 0 else 'up'}", f"at most 20%, {way}; equals that do not all fit: {word}", Q % (f"至多 20% 于 参评单位,{way}", word), {k: {"分": v, "组": "一"} for k, v in scores.items()}, {k: {"grade": "优" if k in kept else "良"} for k in scores})
groups = {"甲": ("一", 9), "乙": ("一", 8), "丙": ("二", 7), "丁": ("二", 7), "戊": ("三", 1)}
kept = set()
for g in {"一", "二", "三"}:
    kept |= quota({k: v for k, (h, v) in groups.items() if h == g}, 1, True)
case("grades", "quota-by-group", "one place for each group; equals that do not fit both miss out", Q % ("每 组 至多 1名", "全让"), {k: {"分": v, "组": g} for k, (g, v) in groups.items()}, {k: {"grade": "优" if k in kept else "良"} for k in groups})
case("grades", "invalid-quota-ties", "a quota without a rule for ties is refused", (Q % ("至多 2名", "X")).replace("并列 X; ", ""), invalid=("R0304", "名额 优 至多 2名; 依 总分 从高到低; 超额 降为 良"))

# --- requirements, days --------------------------------------------------------------------------------------------
R = '标准 "例" { 年度 2012 }\n填报 { 面积: 数量 平方米; 达标日: 日期 可不填 }\n条款 1 "地" { 要求 面积 不少于 500平方米 }\n条款 2 "期" { 要求 达标日 不晚于 2012-12-31 }\n输出 数 = 要求 达标数\n输出 率 = (要求 达标数 ÷ 要求 总数) 四舍五入 到 0.01%'
for area, day in (("500", "2012-12-31"), ("499.99", "2013-01-01"), ("500.01", None)):
    a, b = F(area) >= 500, day is not None and day <= "2012-12-31"
    ev = {"面积": area} | ({"达标日": day} if day else {})
    case("requirements", f"area-{area}", "met at the limit; a day that was left out is not met", R, {"甲": ev}, {"甲": {"requirements": {"1": a, "2": b}, "outputs": {"数": str(a + b), "率": dec(F(a + b, 2) * 100) + "%"}}})
for n in (9, 10, 12, 13):
    case("requirements", f"between-{n}", "both ends of `在 … 之间` count", '标准 "例" { 年度 2012 }\n填报 { 窗: 数量 个 }\n条款 1 "窗" { 要求 窗 在 10个 至 12个 之间 }', {"甲": {"窗": n}}, {"甲": {"requirements": {"1": 10 <= n <= 12}}})
OFF, ON = {date(2012, 4, 30), date(2012, 5, 1)}, {date(2012, 4, 28)}
def works(d): return d in ON or (d.weekday() < 5 and d not in OFF)
def nth(start, n):
    d = start
    while n:
        d += timedelta(1)
        n -= works(d)
    return d
D = '标准 "例" { 年度 2012 }\n日历 { 年份 2012; 工作日 周一 至 周五; 放假 2012-04-30、2012-05-01; 上班 2012-04-28 }\n填报 { 收: 日期; 办: 日期 }\n条款 1 "限" { 要求 办 在 收 后 10个工作日 内 }\n条款 2 "天" { 要求 办 在 收 后 15天 内 }\n输出 工日 = 工作日数(收, 办)\n输出 天数 = 办 − 收'
for start in (date(2012, 4, 24), date(2012, 4, 27), date(2012, 4, 28), date(2012, 6, 2)):
    last = nth(start, 10)
    for shift in (-1, 0, 1):
        end = last + timedelta(shift)
        between = sum(works(start + timedelta(i)) for i in range(1, (end - start).days + 1))
        case("days", f"{start}-{['before', 'on', 'after'][shift + 1]}", f"the tenth working day after {start} is {last}", D, {"甲": {"收": str(start), "办": str(end)}}, {"甲": {"requirements": {"1": end <= last, "2": (end - start).days <= 15}, "outputs": {"工日": str(between), "天数": str((end - start).days)}}})
case("days", "outside-calendar", "a day outside the calendar is an error where working days are counted", D, {"甲": {"收": "2012-12-28", "办": "2013-01-04"}}, rejected=("E0014", "2013-01-04"))
case("days", "no-such-day", "30 February does not exist", D, {"甲": {"收": "2012-02-30", "办": "2012-03-01"}}, rejected=("E0014", "2012-02-30"))
case("days", "calendar-twice", "a day both off and worked is refused", D.replace("上班 2012-04-28", "上班 2012-05-01"), invalid=("R0701", "2012-05-01"))

# --- times of day ---------------------------------------------------------------------------------------------------
def clock(text):
    """Minutes since midnight."""
    hours, minutes, *seconds = map(int, text.split(":"))
    return F(hours * 60 + minutes) + F(sum(seconds), 60)
for part, word, steps in (("ignored", "不计", lambda x: x // 1), ("counted", "计一", lambda x: -(-x // 1)), ("pro-rata", "按比例", lambda x: x)):
    for at in ("08:29", "08:30", "08:31", "08:40", "08:41", "10:30"):
        body = f"签到 比 8:30 每晚 10分钟 扣 0.5分,不足 {word}"
        late = max(clock(at) - clock("08:30"), F(0))
        score = clamp(F(5) - F(1, 2) * steps(late / 10), 0, 5)
        case("times", f"late-{part}-{at.replace(':', '')}", "steps of ten minutes after a time of day", one(body, "5分", "签到: 时间"), {"甲": {"签到": at}}, {"甲": {"total": dec(score)}})
for at in ("17:29", "17:30", "16:00"):
    case("times", f"early-{at.replace(':', '')}", "steps of one minute before a time of day", one("签退 比 17:30 每早 1分钟 扣 0.1分", "5分", "签退: 时间"), {"甲": {"签退": at}}, {"甲": {"total": dec(clamp(F(5) - F(1, 10) * max(clock("17:30") - clock(at), F(0)), 0, 5))}})
B = one("若 签退 − 签到 < 8小时,扣 1分; 若 签到 晚于 9:00,扣 0.1分; 若 签到 不早于 9:00,扣 0.2分; 若 签退 不晚于 签到 + 7小时,扣 0.4分; 若 签到 在 7:00 至 9:00 之间,扣 0.8分", "5分", "签到: 时间; 签退: 时间", "输出 在岗 = 签退 − 签到\n输出 可退 = 签到 + 90分钟")
for a, b in (("09:00", "17:00"), ("09:00", "16:59"), ("09:01", "17:01"), ("08:59", "15:59"), ("06:59", "14:00"), ("07:00", "23:59")):
    x, y = clock(a), clock(b)
    lost = F(y - x < 480) + F(x > 540) / 10 + F(x >= 540) / 5 + F(y <= x + 420) * 2 / 5 + F(420 <= x <= 540) * 4 / 5
    out = x + 90
    case("times", f"compared-{a.replace(':', '')}-{b.replace(':', '')}", "times compared, and minutes between them", B, {"甲": {"签到": a, "签退": b}}, {"甲": {"total": dec(F(5) - lost), "outputs": {"在岗": dec(y - x), "可退": f"{int(out) // 60:02}:{int(out) % 60:02}"}}})
T = one("按 签到 { 不晚于 8:30 得 5分; 不晚于 9:00 得 3分; 其余 得 0分 }", "5分", "签到: 时间 到 1秒")
for at in ("08:30:00", "08:30:01", "09:00", "09:00:01"):
    case("times", f"bands-{at.replace(':', '')}", "bands of a time to the second; the edge belongs to the earlier", T, {"甲": {"签到": at}}, {"甲": {"total": "5" if clock(at) <= 510 else "3" if clock(at) <= 540 else "0"}})
Q = one("若 签到 晚于 8:30,扣 1分", "5分", "签到: 时间 7:00 至 12:00 到 15分钟")
case("times", "on-a-step", "a time that may only be a quarter of an hour", Q, {"甲": {"签到": "08:45"}}, {"甲": {"total": "4"}})
for at, code in (("08:40", "E0007"), ("06:45", "E0007"), ("24:00", "E0014"), ("8点30分", "E0006"), ("0830", "E0006")):
    case("times", f"refused-{at.replace(':', '')}", "a time between the steps, outside the range, that does not exist, in another form", Q, {"甲": {"签到": at}}, rejected=(code, at))
case("times", "refused-seconds", "without `到 1秒` a time is to the minute, and never rounded", one("若 签到 晚于 8:30,扣 1分", "5分", "签到: 时间"), {"甲": {"签到": "08:30:01"}}, rejected=("E0007", "08:30:01"))
case("times", "invalid-higher", "a time is later, not higher", one("签到 比 8:30 每高 10分钟 扣 0.5分,不足 计一", "5分", "签到: 时间"), invalid=("R0104", "签到 比 8:30"))
case("times", "invalid-no-such-time", "24:00 is no time of day", one("若 签到 晚于 24:00,扣 1分", "5分", "签到: 时间"), invalid=("R0015", "24:00"))
case("times", "days-later", "days are later too", one("办 比 限 每晚 1天 扣 0.5分", "5分", "限: 日期; 办: 日期"), {"甲": {"限": "2026-02-27", "办": "2026-03-02"}}, {"甲": {"total": dec(F(5) - F(1, 2) * (date(2026, 3, 2) - date(2026, 2, 27)).days)}})

# --- evidence -----------------------------------------------------------------------------------------------------
E = '标准 "例" { 满分 10分 }\n填报 { 次: 次数 抽查 10件; 率: 百分比 到 0.01%; 分: 评分 0分 或 0.5分 至 2分; 旗: 是否 未填视为 否; 核对 次 不超过 9 "太多" }\n条款 1 "例" 10分 { 每 次 扣 0.1分; 率 比 100% 每低 1个百分点 扣 0.1分,不足 不计; 扣 分; 若 旗,扣 1分 }'
good = {"次": 0, "率": "100%", "分": "0"}
case("evidence", "default", "what has a default may be left out", E, {"甲": good}, {"甲": {"total": "10"}})
case("evidence", "exact", "numbers are read from their digits", E, {"甲": good | {"率": "99.99%", "分": "0.500000"}}, {"甲": {"total": "9.5"}})
for name, change, code, words in [("fraction", {"次": 1.5}, "E0006", "1.5"), ("negative", {"次": -1}, "E0007", "-1"), ("sample", {"次": 11}, "E0007", "11"), ("no-sign", {"率": "0.9998"}, "E0006", "0.9998"), ("too-fine", {"率": "99.999%"}, "E0007", "99.999%"), ("over", {"率": "101%"}, "E0007", "101%"), ("between", {"分": "0.4"}, "E0007", "0.4"), ("flag", {"旗": "是"}, "E0006", "是"), ("null", {"次": None}, "E0006", "null"), ("check", {"次": 10}, "E0011", "太多")]:
    case("evidence", f"refused-{name}", f"refused, never guessed: {words}", E, {"甲": good | change}, rejected=(code, words))
case("evidence", "missing", "missing evidence is an error, not nothing", E, {"甲": {"次": 0, "率": "100%"}}, rejected=("E0005", "分"))
case("evidence", "unknown", "an unknown name is an error with the near one", E, {"甲": good | {"次次": 1}}, rejected=("E0004", "次次"))

# --- text ----------------------------------------------------------------------------------------------------------
for name, rubric in [("english", 'rubric "e" { total 2 points }\nevidence { n: count }\nclause 1 "e" 2 points { each n deduct 0.5 points, up to 1 point }'), ("wide", '标准 “例”｛ 满分 ２分 ｝\n填报｛ n：次数 ｝\n条款 １ “例” ２分｛ 每 n 扣 ０．５分，最高 １分 ｝'), ("mixed", 'rubric "例" { 满分 2分 }\nevidence { n: 次数 }\n条款 1 "例" 2 points { each n 扣 0.5分,最高 1 point }'), ("glued-units", '标准 "例" { 满分 2分 }\n填报 { n: 次数 }\n条款 1 "例" 2分{每「n」扣0.5分,最高1分}')]:
    case("text", name, "spellings and signs that mean the same", rubric, {"甲": {"n": 3}}, {"甲": {"total": "1"}})
for name, rubric, code, words in [("glued", one("每数扣0.5分"), "R0004", "每数扣0.5分"), ("unknown-name", one("每 数数 扣 0.5分"), "R0101", "数数"), ("two-on-a-line", one("每 数 扣 0.5分 每 数 扣 1分"), "R0006", "每 数 扣 1分"), ("no-unit", one("每 数 扣 0.5"), "R0104", "0.5"), ("budget", one("每 数 扣 1分", "10分").replace("满分 10分", "满分 9分"), "R0201", "9分"), ("below", one("按 数 { 10次以下 扣 1分; 其余 扣 2分 }"), "R0014", "10次以下"), ("mixed-and-or", one("若 数 > 1 且 数 < 5 或 数 = 9,扣 1分"), "R0010", "数 > 1 且 数 < 5 或 数 = 9")]:
    case("text", f"invalid-{name}", "refused, with the right words underlined", rubric, invalid=(code, words))


def main():
    for chapter, cases in CASES.items():
        folder = HERE / chapter
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in cases:
            (folder / name).write_text(text, encoding="utf-8")
    print(sum(len(c) for c in CASES.values()), "cases in", len(CASES), "chapters")


if __name__ == "__main__":
    main()
