//! Small programs put together by hand.

use rubric_base::Span;
use rubric_program::{
    Arithmetic, Cell, Column, Comparison, Dataset, Domain, Effect, Entry as RowEntry, Evidence, EvidenceId,
    EvidenceType, Exact, Expr, ExprKind, FieldId, Grade, GradeStep, Grades, Key, Node, NodeId, NodeKind,
    NumberRange, Order, PartSteps, PlaceId, PlaceRank, Population, Program, RecordRow, Row, Rule, RuleId,
    RuleKind, Step, Ties, Total, Type, UnitRow, Value, When,
};

use crate::{AbsorbedBy, EvalErrorKind, Mode, Outcome, Reason, UnitOutcome, evaluate};

fn x(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, ty: Type::Number(None), domain: None, span: Span::default() }
}

fn num(text: &str) -> Expr {
    expr(ExprKind::Number(x(text)))
}

fn ev(id: usize) -> Expr {
    expr(ExprKind::Evidence(EvidenceId(id)))
}

fn compare(op: Comparison, a: Expr, b: Expr) -> Expr {
    expr(ExprKind::Compare(op, Box::new(a), Box::new(b)))
}

fn rule(id: usize, kind: RuleKind, cap: Option<&str>) -> Rule {
    Rule { id: RuleId(id), kind, cap: cap.map(num), span: Span::new(id, id + 1) }
}

fn simple(id: usize, when: When, effect: Effect, cap: Option<&str>) -> Rule {
    rule(id, RuleKind::Simple { when, effect, otherwise: None }, cap)
}

fn deduct_each(id: usize, per: &str, cap: Option<&str>) -> Rule {
    simple(id, When::Each(ev(id)), Effect::Deduct(num(per)), cap)
}

fn clause(points: &str, start_full: bool, rules: Vec<Rule>) -> Node {
    Node {
        number: "1".into(),
        title: String::new(),
        description: String::new(),
        kind: NodeKind::Clause,
        parent: None,
        children: Vec::new(),
        points: Some(x(points)),
        shared: false,
        rounding: None,
        scaled: None,
        weight: None,
        not_applicable: None,
        start: None,
        start_full,
        floor: Some(Exact::ZERO),
        ceiling: Some(x(points)),
        rules,
        attainable: None,
        span: Span::default(),
    }
}

fn program(evidence: usize, node: Node) -> Program {
    let range = NumberRange::between(Exact::ZERO, x("1000"));
    let declared = |i: usize| Evidence {
        name: format!("e{i}"),
        ty: EvidenceType::Number { unit: None, range: range.clone(), decimals: 2 },
        graded_only: false,
        better: None,
        optional: i == 9,
        default: None,
        help: String::new(),
        span: Span::default(),
    };
    let attainable = Domain { low: Exact::ZERO, high: x("100"), scale: None };
    Program {
        evidence: (0..evidence).map(declared).collect(),
        nodes: vec![node],
        total: Some(Total { points: None, rounding: None, attainable, span: Span::default() }),
        steps: vec![Step::Node(NodeId(0)), Step::Total],
        rule_count: 10,
        ..Program::default()
    }
}

fn dataset(units: usize, columns: &[&[Option<&str>]]) -> Dataset {
    let cell = |t: &Option<&str>| Cell { value: t.map(|t| Value::Number(x(t))), place: None };
    Dataset {
        units: (0..units).map(|u| UnitRow { id: format!("u{u}"), place: None }).collect(),
        columns: columns.iter().map(|c| Column::Scalars(c.iter().map(cell).collect())).collect(),
        imports: Vec::new(),
    }
}

fn run(program: &Program, data: &Dataset) -> Outcome {
    let with = evaluate(program, data, Mode::WithLedger).unwrap();
    let plain = evaluate(program, data, Mode::ScoresOnly).unwrap();
    for (a, b) in with.units.iter().zip(&plain.units) {
        assert_eq!((&a.nodes, &a.total, &a.fired), (&b.nodes, &b.total, &b.fired));
        for ledger in &a.ledger {
            let moved: Exact = ledger.entries.iter().map(|e| e.points.clone()).sum();
            assert_eq!(&ledger.start + &moved, ledger.score);
            for e in &ledger.entries {
                let gone: Exact = e.absorbed.iter().map(|a| a.points.clone()).sum();
                assert_eq!(e.raw.abs(), e.points.abs() + gone);
            }
        }
    }
    with
}

fn one(evidence: &[Option<&str>], node: Node) -> UnitOutcome {
    let columns: Vec<&[Option<&str>]> = evidence.iter().map(std::slice::from_ref).collect();
    run(&program(evidence.len(), node), &dataset(1, &columns)).units.remove(0)
}

/// Points and absorptions of each entry of the only ledger.
fn entries(unit: &UnitOutcome) -> Vec<(String, Vec<(AbsorbedBy, String)>)> {
    let absorbed = |e: &crate::Entry| e.absorbed.iter().map(|a| (a.by, a.points.to_string())).collect();
    unit.ledger[0].entries.iter().map(|e| (e.points.to_string(), absorbed(e))).collect()
}

#[test]
fn floor_absorbs_the_last_deductions() {
    let node = clause("5", true, vec![deduct_each(0, "2", None), deduct_each(1, "1", None)]);
    let unit = one(&[Some("2"), Some("3")], node);
    assert_eq!(unit.total, Some(Exact::ZERO));
    let expected = [("-4".into(), vec![]), ("-1".into(), vec![(AbsorbedBy::Floor, "2".into())])];
    assert_eq!(entries(&unit), expected);
}

#[test]
fn deductions_and_awards_are_clamped_once() {
    let award = simple(1, When::Each(ev(1)), Effect::Award(num("1")), None);
    let mut node = clause("5", true, vec![deduct_each(0, "2", None), award]);
    node.start = Some(num("4"));
    // 4 − 6 + 3 = 1, though it would have stuck at 0 on the way.
    assert_eq!(one(&[Some("3"), Some("3")], node.clone()).total, Some(x("1")));
    let over = one(&[Some("1"), Some("9")], node);
    assert_eq!(entries(&over)[1], ("3".into(), vec![(AbsorbedBy::Ceiling, "6".into())]));
}

#[test]
fn cap_and_heaviest() {
    let members = vec![deduct_each(0, "1", Some("2")), deduct_each(1, "3", None)];
    let node = clause("9", true, vec![rule(2, RuleKind::Heaviest(members), None)]);
    let unit = one(&[Some("5"), Some("1")], node.clone());
    assert_eq!(unit.total, Some(x("6")));
    let (cap, heavier) = ((AbsorbedBy::Cap, "3".into()), (AbsorbedBy::Heavier(RuleId(1)), "2".into()));
    assert_eq!(entries(&unit), [("0".into(), vec![cap.clone(), heavier]), ("-3".into(), vec![])]);
    assert_eq!(&unit.fired[..3], [true, true, true]);
    // Alone, the cap decides.
    let unit = one(&[Some("5"), Some("0")], node);
    assert_eq!(entries(&unit), [("-2".into(), vec![cap])]);
}

#[test]
fn rows_with_one_key_count_once_and_the_cap_takes_the_later_ones() {
    let when = When::EachRow { list: EvidenceId(0), filter: None, distinct: vec![FieldId(0)] };
    let node = clause("9", true, vec![simple(0, when, Effect::Deduct(num("2")), Some("3"))]);
    let row = |t: &str| RecordRow {
        cells: vec![Cell { value: Some(Value::Text(t.into())), place: None }],
        place: None,
    };
    let mut data = dataset(1, &[]);
    data.columns.push(Column::Lists(vec![Some(vec![row("a"), row("a"), row("b")])]));
    let unit = run(&program(1, node), &data).units.remove(0);
    assert_eq!(unit.total, Some(x("6")));
    let duplicate = ("0".into(), vec![(AbsorbedBy::Duplicate, "2".into())]);
    let capped = ("-1".into(), vec![(AbsorbedBy::Cap, "1".into())]);
    assert_eq!(entries(&unit), [("-2".into(), vec![]), duplicate, capped]);
    assert_eq!(unit.ledger[0].entries[2].reason, Reason::Row { row: 2, per: x("2") });
}

#[test]
fn steps_full_counted_and_in_proportion() {
    for (part, left) in [(PartSteps::Ignored, "8"), (PartSteps::Counted, "7"), (PartSteps::ProRata, "7.5")] {
        let when = When::Steps { value: ev(0), limit: num("90"), below: true, step: x("2"), part };
        let node = clause("10", true, vec![simple(0, when, Effect::Deduct(num("1")), None)]);
        assert_eq!(one(&[Some("85")], node.clone()).total, Some(x(left)), "{part:?}");
        assert_eq!(one(&[Some("95")], node).total, Some(x("10")));
    }
}

fn falling(ties: Ties) -> Program {
    let entry = RowEntry::Falling { first: x("4"), less: x("1.5") };
    let rows = vec![Row { key: Key::Places(1, None), entry, span: Span::default() }];
    let table = RuleKind::Table { subject: expr(ExprKind::Place(PlaceId(0))), rows };
    let mut program = program(1, clause("9", false, vec![rule(0, table, None)]));
    let order = Order { key: ev(0), highest_first: true };
    program.places = vec![PlaceRank { order, population: Population::Graded, ties, span: Span::default() }];
    program.steps.insert(0, Step::Place(PlaceId(0)));
    program
}

#[test]
fn places_fall_and_equals_share() {
    let data = dataset(4, &[&[Some("7"), Some("9"), Some("7"), Some("1")]]);
    for (ties, expected) in [
        (Ties::Better, ["2.5", "4", "2.5", "0"]),
        (Ties::Worse, ["1", "4", "1", "0"]),
        (Ties::Mean, ["1.75", "4", "1.75", "0"]),
    ] {
        let totals: Vec<_> = run(&falling(ties), &data).units.into_iter().map(|u| u.total).collect();
        assert_eq!(totals, expected.map(|t| Some(x(t))), "{ties:?}");
    }
    // One unknown value leaves everybody's place open.
    let units = run(&falling(Ties::Better), &dataset(2, &[&[Some("7"), None]])).units;
    assert!(units.iter().all(|u| u.total.is_none() && u.ledger.is_empty()));
}

#[test]
fn demotion_stays_in_the_list_and_a_veto_is_final() {
    let high = || compare(Comparison::GreaterOrEqual, ev(0), num("3"));
    let veto = GradeStep::Veto { grade: 2, conditions: vec![compare(Comparison::Greater, ev(1), num("0"))] };
    let steps = vec![
        GradeStep::Give { condition: Some(high()), grade: 0 },
        GradeStep::Give { condition: None, grade: 1 },
        veto,
        GradeStep::Lower { condition: high(), by: 5, named: vec![] },
    ];
    let grade = |(name, ordered): (&str, bool)| Grade { name: name.into(), ordered };
    let mut program = program(2, clause("5", true, vec![]));
    program.grades = Some(Grades {
        names: [("A", true), ("B", true), ("none", false)].map(grade).into(),
        steps: steps.into_iter().map(|s| (s, Span::default())).collect(),
        span: Span::default(),
    });
    program.steps.push(Step::Grades);
    let data = dataset(
        4,
        &[&[Some("3"), Some("2"), Some("9"), None], &[Some("0"), Some("0"), Some("1"), Some("1")]],
    );
    let grades: Vec<_> = run(&program, &data).units.into_iter().map(|u| u.grade).collect();
    assert_eq!(grades, ["B", "B", "none", "none"].map(|g| Some(g.to_owned())));
}

#[test]
fn what_is_missing_stays_unknown_unless_it_cannot_matter() {
    let node = clause("5", true, vec![deduct_each(0, "1", None), deduct_each(1, "1", None)]);
    let unit = one(&[None, Some("1")], node.clone());
    assert_eq!((unit.total, unit.ledger.len()), (None, 0));
    let decided = expr(ExprKind::And(vec![
        compare(Comparison::Greater, ev(0), num("0")),
        compare(Comparison::Greater, ev(1), num("5")),
    ]));
    let rules = vec![simple(0, When::If(decided), Effect::Deduct(num("1")), None)];
    assert_eq!(one(&[None, Some("1")], clause("5", true, rules)).total, Some(x("5")));
    let mut rules = node.rules;
    rules.push(simple(2, When::Always, Effect::NoPoints, None));
    assert_eq!(one(&[None, Some("1")], clause("5", true, rules)).total, Some(Exact::ZERO));
}

#[test]
fn a_requirement_on_what_was_left_out_is_not_met() {
    let need = |id| RuleKind::Require {
        condition: compare(Comparison::Greater, ev(id), num("0")),
        advice: false,
        text: String::new(),
    };
    let columns: Vec<&[Option<&str>]> = vec![&[None]; 10];
    let met = |id| {
        let unit = run(&program(10, clause("5", true, vec![rule(0, need(id), None)])), &dataset(1, &columns));
        (unit.units[0].requirements[0], unit.units[0].fired[0])
    };
    assert_eq!((met(9), met(0)), ((Some(false), true), (None, false)));
}

#[test]
fn ending_at_nothing_absorbs_the_rest_and_division_by_nothing_is_refused() {
    let rules = vec![deduct_each(0, "1", None), simple(1, When::Always, Effect::NoPoints, None)];
    let unit = one(&[Some("2"), None], clause("5", true, rules));
    let lost = ("0".into(), vec![(AbsorbedBy::NoPoints, "2".into())]);
    assert_eq!(entries(&unit), [lost, ("-5".into(), vec![])]);
    let quotient = expr(ExprKind::Arithmetic(Arithmetic::Divide, Box::new(num("1")), Box::new(ev(0))));
    let node = clause("5", true, vec![simple(0, When::Always, Effect::Deduct(quotient), None)]);
    let error = evaluate(&program(1, node), &dataset(1, &[&[Some("0")]]), Mode::ScoresOnly).unwrap_err();
    assert_eq!((error.kind, error.unit.as_str()), (EvalErrorKind::DivisionByZero, "u0"));
}
