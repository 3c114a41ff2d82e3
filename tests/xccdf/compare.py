#!/usr/bin/env python3
"""Compares the rubrics of rubrics/xccdf with oscap, OpenSCAP's scanner.

    tests/xccdf/compare.py --rubricc target/release/rubricc [--runs 300]

Each run states a result for every rule of benchmark.xml: those of runs.txt, and random ones from a fixed seed, some
of them with whole groups that do not count. oscap evaluates the benchmark (check.sh gives what the run states) and
scores it by the four models of XCCDF 1.2; rubricc scores the same results as evidence of the four rubrics.

oscap's scores are single-precision; ours are exact and, in the default model, rounded to 0.01. They are equal where
ours is what oscap's rounds to, or could round to within the precision of its numbers.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUBRICS = HERE.parent.parent / "rubrics" / "xccdf"
NAMESPACE = {"x": "http://checklists.nist.gov/xccdf/1.2"}
RULE, GROUP = "xccdf_org.rubric_rule_", "xccdf_org.rubric_group_"
MODELS = ["default", "flat", "flat-unweighted", "absolute"]

# A result as XCCDF calls it: the exit code by which a script reports it, and the rubrics' word.
KINDS = {
    "pass": (101, "通过"),
    "fail": (102, "不通过"),
    "error": (103, "错误"),
    "unknown": (104, "未知"),
    "notapplicable": (105, "不适用"),
    "notchecked": (106, "未检查"),
    "notselected": (107, "未选中"),
    "informational": (108, "仅供参考"),
    "fixed": (109, "已修复"),
}
UNCOUNTED = ["notapplicable", "notchecked", "notselected", "informational"]
# The relative precision of single-precision numbers, over the handful of operations behind a score.
PRECISION = Decimal(2) ** -20


def benchmark():
    """The rules' numbers in order, the numbers of the groups, and the rubrics' name for each rule."""
    root = xml.parse(HERE / "benchmark.xml").getroot()
    rules = [r.get("id")[len(RULE):] for r in root.iter("{%(x)s}Rule" % NAMESPACE)]
    groups = [g.get("id")[len(GROUP):] for g in root.iter("{%(x)s}Group" % NAMESPACE)]
    names = {}
    for model in MODELS:
        text = (RUBRICS / f"{model}.rubric").read_text("utf-8")
        clauses = re.findall(r"条款 ([\d.]+) .*?按 (\S+) \{", text, re.DOTALL)
        named = {number: name for number, name in clauses if number in rules}
        if list(named) != rules or names and names != named:
            sys.exit(f"{model}.rubric does not hold the rules of the benchmark")
        names = named
    return rules, groups, names


def stated(rules):
    """The runs of runs.txt: a name, and a result for each rule in order."""
    for line in (HERE / "runs.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *results = line.split()
            if len(results) != len(rules) or not set(results) <= set(KINDS):
                sys.exit(f"runs.txt: {line}")
            yield name, dict(zip(rules, results))


def invented(rules, groups, count):
    """Random runs. Half lean to passing, so that scores spread; in a third some group counts nothing."""
    chance = random.Random(7275)
    for number in range(1, count + 1):
        kinds = list(KINDS) + ["pass"] * chance.choice([0, 12])
        run = {rule: chance.choice(kinds) for rule in rules}
        if chance.random() < 1 / 3:
            for group in chance.sample(groups, chance.randint(1, 3)):
                for rule in rules:
                    if rule.startswith(group + "."):
                        run[rule] = chance.choice(UNCOUNTED)
        yield f"random-{number}", run


def by_oscap(run, chance, folder):
    """The scores and highest scores that oscap gives, by model; a rule that is not selected is so in either way."""
    text = (HERE / "benchmark.xml").read_text("utf-8")
    codes = []
    for rule, result in run.items():
        if result == "notselected" and chance.random() < 0.5:
            text = text.replace(f'"{RULE}{rule}" selected="true"', f'"{RULE}{rule}" selected="false"')
        else:
            codes.append(f"{rule} {KINDS[result][0]}\n")
    (folder / "benchmark.xml").write_text(text, "utf-8")
    (folder / "results").write_text("".join(codes), "utf-8")
    command = ["oscap", "xccdf", "eval", "--results", "out.xml", "benchmark.xml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    # 2: some rule did not pass.
    if done.returncode not in (0, 2):
        sys.exit(f"oscap failed:\n{done.stderr}")
    results = xml.parse(folder / "out.xml").getroot().find("x:TestResult", NAMESPACE)
    seen = {
        r.get("idref")[len(RULE):]: r.find("x:result", NAMESPACE).text
        for r in results.findall("x:rule-result", NAMESPACE)
    }
    if seen != run:
        sys.exit(f"oscap saw {seen} where the run states {run}")
    return {
        s.get("system").rsplit(":", 1)[1]: (Decimal(s.text), Decimal(s.get("maximum")))
        for s in results.findall("x:score", NAMESPACE)
    }


def evaluated(rubricc, model, subjects, folder):
    """What rubricc makes of the units by one model."""
    evidence = folder / "evidence.json"
    evidence.write_text(json.dumps({"subjects": subjects}, ensure_ascii=False), "utf-8")
    command = [rubricc, "eval", RUBRICS / f"{model}.rubric", evidence, "--format", "json"]
    return subprocess.run(command, capture_output=True, text=True)


def by_rubricc(rubricc, model, runs, names, folder):
    """Total and highest total of each run by one model; nothing for a run of which no rule counts, if that is refused."""
    subjects = {name: {"id": name} | {names[r]: KINDS[k][1] for r, k in run.items()} for name, run in runs.items()}
    totals = {}
    if model == "default":
        # Where nothing counts there is no mean: rubricc must refuse, and say so.
        for name, run in runs.items():
            if set(run.values()) <= set(UNCOUNTED):
                refused = evaluated(rubricc, model, [subjects.pop(name)], folder)
                if refused.returncode == 0 or "E0017" not in refused.stderr:
                    sys.exit(f"{name}: nothing counts, and rubricc does not say so")
                totals[name] = (None, None)
    done = evaluated(rubricc, model, list(subjects.values()), folder)
    if done.returncode != 0:
        sys.exit(f"rubricc failed:\n{done.stderr}")
    for unit in json.loads(done.stdout)["subjects"]:
        most = unit.get("outputs", {}).get("最高可得")
        totals[unit["id"]] = (Decimal(unit["total"]), None if most is None else Decimal(most))
    return totals


def equal(ours, theirs, step):
    """Whether ours is theirs, rounded to the step where there is one, as far as their precision tells."""
    slack = PRECISION * max(abs(theirs), 1)
    if step is None:
        return abs(ours - theirs) <= slack
    rounded = lambda x: x.quantize(step, ROUND_HALF_UP)
    return rounded(theirs - slack) <= ours <= rounded(theirs + slack)


def differences(rubricc, runs, rules, names, folder):
    """A line for each score that is not oscap's."""
    chance = random.Random(1)
    oscap = {name: by_oscap(run, chance, folder) for name, run in runs.items()}
    for model in MODELS:
        ours = by_rubricc(rubricc, model, runs, names, folder)
        for name, scores in oscap.items():
            (theirs, maximum), (own, most) = scores[model], ours[name]
            if own is None:
                same = theirs == 0
            else:
                same = equal(own, theirs, Decimal("0.01") if model == "default" else None)
            same = same and (most is None or equal(most, maximum, None))
            if not same:
                yield f"{name}, {model}: oscap {theirs} of {maximum}, rubricc {own} of {most}; {runs[name]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rubricc", required=True, type=Path)
    parser.add_argument("--runs", type=int, default=300, help="how many random runs")
    options = parser.parse_args()
    rules, groups, names = benchmark()
    runs = dict(stated(rules)) | dict(invented(rules, groups, options.runs))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        shutil.copy(HERE / "check.sh", folder)
        found = list(differences(options.rubricc.resolve(), runs, rules, names, folder))
    kinds = {kind for run in runs.values() for kind in run.values()}
    empty = sum(any(all(run[r] in UNCOUNTED for r in rules if r.startswith(g + ".")) for g in groups) for run in runs.values())
    print("\n".join(found))
    print(f"{len(runs)} runs with {len(kinds)} kinds of result, {empty} with a group that counts nothing: "
          f"{len(found)} of {len(runs) * len(MODELS)} scores differ")
    return 1 if found or kinds != set(KINDS) else 0


if __name__ == "__main__":
    sys.exit(main())
