/// <reference types="tree-sitter-cli/dsl" />
// The language of rubrics for editors: made to colour, fold and find, so it takes a little more than the checker.
//
// The checker's grammar is ../../grammar/rubric.pest; the words come from ../../grammar/keywords.toml.
// A new line or `;` ends a statement, and the trees stay flat where the checker's own tree is not needed.

const { word, word_rules } = require("./lib/words.js");

const LETTER = "\\p{Alphabetic}";
const DIGIT = "[0-9０-９]";

const PRECEDENCE = { or: 1, and: 2, compare: 3, add: 4, multiply: 5, postfix: 6, unary: 7 };

const comma = choice(",", "，");
const enumeration = choice("、", ",", "，");

/** One or more, with this between. */
const separated = (separator, rule) => seq(rule, repeat(seq(separator, rule)));

/** Statements in braces. */
const block = ($, statement) =>
  seq(
    choice("{", "｛"),
    repeat($._end),
    repeat(seq(statement, repeat1($._end))),
    optional(statement),
    choice("}", "｝"),
  );

module.exports = grammar({
  name: "rubric",

  extras: ($) => [/[ \t\r\u3000\p{Zs}\uFEFF]/, $.comment],

  supertypes: ($) => [$._expression],

  // English says `by` of a table and of an order; what follows tells.
  conflicts: ($) => [[$._word_by, $._word_by_key]],

  inline: ($) => [$._comma, $._statement],

  rules: {
    source_file: ($) => seq(repeat($._end), repeat(seq($._statement, repeat1($._end))), optional($._statement)),

    _statement: ($) =>
      choice(
        $.header,
        $.import,
        $.calendar,
        $.evidence,
        $.graded,
        $.section,
        $.clause,
        $.draw,
        $.ranking,
        $.ties,
        $.grades,
        $.output,
        $.binding,
        $.example,
        // A calendar is a file of its own or a block.
        $.calendar_entry,
      ),

    _end: () => token(choice("\n", ";", "；", "。")),
    _comma: () => comma,
    comment: () => token(seq("//", /[^\n]*/)),

    // --- the head, other files ---
    header: ($) => seq(word($, "rubric"), field("title", $.string), $.header_block),
    header_block: ($) => block($, $.header_entry),
    header_entry: ($) =>
      choice(
        seq(word($, "year"), $.quantity),
        seq(choice(word($, "source"), word($, "description")), $.string),
        seq(word($, "subjects"), $.name),
        seq(word($, "total"), $.quantity, optional(seq(optional($._comma), $.rounding))),
        seq(
          word($, "check"),
          $._clause_number,
          choice(...["level_off", "level_note", "level_warning", "level_error"].map((id) => word($, id))),
        ),
      ),

    import: ($) =>
      seq(
        word($, "import"),
        field("path", $.string),
        word($, "import_as"),
        field("name", $.name),
        optional(seq(word($, "by"), $.name)),
      ),

    calendar: ($) => seq(word($, "calendar"), choice(field("path", $.string), $.calendar_block)),
    calendar_block: ($) => block($, $.calendar_entry),
    calendar_entry: ($) =>
      choice(
        seq(word($, "years"), $.number, optional(seq(word($, "to"), $.number))),
        seq(word($, "workweek"), separated(choice(word($, "to"), enumeration), $._weekday)),
        seq(choice(word($, "days_off"), word($, "days_on")), separated(seq(enumeration, repeat("\n")), $._day_span)),
      ),
    _weekday: ($) =>
      choice(
        ...["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => word($, day)),
      ),
    _day_span: ($) => seq($.date, optional(seq(word($, "to"), $.date))),

    // --- evidence ---
    evidence: ($) => seq(word($, "evidence"), $.field_block),
    field_block: ($) => block($, choice($.graded_only, $.field, $.verify, $.binding)),
    graded_only: ($) => seq(word($, "graded_only"), $.field_block),
    verify: ($) => seq(word($, "verify"), $._expression, optional($.string)),
    field: ($) =>
      seq(
        field("name", $.name),
        choice(":", "："),
        field("type", $.field_type),
        repeat($._modifier),
        optional(field("help", $.string)),
      ),
    field_type: ($) =>
      choice(
        ...["clause_type", "count", "date", "time", "percent", "score_type", "flag", "text"].map((type) => word($, type)),
        seq(word($, "number"), optional(seq(optional(word($, "number_of")), $.unit))),
        seq(word($, "duration"), optional(seq(optional(word($, "duration_in")), $.unit))),
        seq(word($, "choice"), $._names),
        seq(word($, "list"), $.field_block),
      ),
    _modifier: ($) =>
      choice(
        seq(word($, "precision"), $.quantity),
        word($, "optional"),
        word($, "higher_is_better"),
        word($, "lower_is_better"),
        seq(word($, "default"), $._value),
        seq(word($, "sample"), $.quantity),
        seq(word($, "at_most"), $.number, word($, "rows_word")),
        separated(word($, "or"), $._stretch),
      ),
    _stretch: ($) => seq($._signed, optional(seq(word($, "to"), $._signed))),
    _signed: ($) => choice($.date, $.time, seq(optional($._minus), $.quantity)),
    _names: ($) => prec.right(separated(enumeration, $.name)),
    _value: ($) => choice(word($, "yes"), word($, "no"), $.version, $._signed, $.string, $.name),

    graded: ($) => seq(word($, "graded"), $._expression),
    binding: ($) => seq(word($, "let"), field("name", $.name), $._equals, $._expression, repeat($.printed)),
    output: ($) => seq(word($, "output"), field("name", $.name), $._equals, $._expression, repeat($.printed)),

    // --- sections and clauses ---
    section: ($) => seq(word($, "section"), $._node),
    clause: ($) =>
      seq(choice(word($, "clause"), word($, "extra_deductions"), word($, "extra_awards")), $._node),
    _node: ($) =>
      seq(
        field("number", $._clause_number),
        field("title", $.string),
        optional($.budget),
        repeat($.printed),
        field("body", $.node_block),
      ),
    budget: ($) =>
      choice(
        seq(word($, "shared"), $.quantity),
        seq(word($, "cap"), $.quantity),
        seq(
          $.quantity,
          optional(seq(optional($._comma), $.rounding)),
          optional(seq(optional($._comma), word($, "scaled"), $.quantity)),
          optional(seq(optional($._comma), word($, "weight"), $._expression)),
        ),
      ),
    node_block: ($) => block($, choice($.section, $.clause, $.rule)),
    printed: ($) => seq(word($, "as_printed"), $._clause_number, $.string),

    // --- rules ---
    rule: ($) => seq($._rule, repeat($.printed)),
    _rule: ($) =>
      choice(
        seq(word($, "description"), $.string),
        $._not_applicable,
        $._each,
        $._if,
        $._plain,
        $.table,
        $._steps,
        seq(word($, "start"), $._expression),
        word($, "may_be_negative"),
        seq(choice(word($, "require"), word($, "advise")), $._expression, optional($.string)),
        seq(word($, "heaviest"), $.rule_block),
      ),
    rule_block: ($) => block($, $.rule),
    _not_applicable: ($) =>
      seq(
        word($, "not_applicable"),
        word($, "if"),
        $._expression,
        optional($._comma),
        choice(word($, "counts_full"), word($, "left_out")),
      ),
    // A rule of no clause: what each row takes, it takes at the clause that it cites.
    draw: ($) =>
      seq(
        word($, "each"),
        $.name,
        optional($._where),
        optional($._distinct),
        optional($._comma),
        word($, "at_its"),
        $.name,
        optional($._comma),
        $._effect,
      ),
    _each: ($) =>
      seq(
        word($, "each"),
        $.name,
        optional($._where),
        optional($._distinct),
        optional($._comma),
        $._effect,
        repeat($._tail),
      ),
    _where: ($) => seq(word($, "where"), $._expression),
    _distinct: ($) => seq(optional($._comma), word($, "same"), $._names, word($, "once")),
    _if: ($) =>
      seq(
        word($, "if"),
        $._expression,
        optional(choice($._comma, word($, "then"))),
        $._effect,
        repeat($._tail),
        optional(seq(optional($._comma), word($, "else"), $._effect)),
      ),
    _plain: ($) => seq($._effect, repeat($._tail)),
    _steps: ($) =>
      seq(
        choice(
          seq($._expression, word($, "compared"), $._expression, $._direction, $.quantity),
          seq(word($, "each"), $.quantity, word($, "that"), $._expression, $._direction, $._expression),
        ),
        optional($._comma),
        $._effect,
        repeat($._tail),
      ),
    _direction: ($) =>
      choice(...["each_lower", "each_fewer", "each_higher", "each_more", "each_later", "each_earlier"].map((each) => word($, each))),
    _effect: ($) =>
      choice(
        seq(choice(word($, "deduct"), word($, "award")), $._expression),
        word($, "no_points"),
        word($, "full_points"),
      ),
    _tail: ($) =>
      seq(
        optional($._comma),
        choice(
          seq(word($, "cap"), $._expression),
          seq(word($, "part"), choice(word($, "part_ignored"), word($, "part_counted"), word($, "part_pro_rata"))),
        ),
      ),

    // --- tables ---
    table: ($) => seq(word($, "by"), field("key", $._expression), optional($._place_of), $.table_block),
    table_block: ($) => block($, $.row),
    _place_of: ($) =>
      seq(
        optional(seq(optional($._comma), $._order)),
        optional($._comma),
        choice(seq(word($, "within"), $._units, word($, "as_place")), seq(word($, "among"), $._units)),
      ),
    _units: ($) => choice(word($, "all_units"), word($, "graded_units")),
    _order: ($) => choice(word($, "highest_first"), word($, "lowest_first")),
    row: ($) =>
      choice(
        seq(word($, "each_next"), optional($.number), word($, "place_word"), optional($._comma), word($, "less"), $.quantity),
        $.ties,
        seq(word($, "otherwise"), choice(seq(optional(word($, "otherwise_is")), $._expression), $._effect)),
        seq($._key, choice(seq(word($, "value_is"), $._expression), $._effect)),
      ),
    ties: ($) =>
      seq(
        word($, "ties"),
        choice(...["ties_better", "ties_worse", "ties_mean", "ties_lose"].map((ties) => word($, ties))),
      ),
    _key: ($) =>
      choice(
        seq($.place, optional(choice(seq(word($, "to"), $.place), word($, "onward")))),
        seq(
          $._signed,
          optional(
            choice(seq(word($, "to"), $._signed), word($, "or_more"), word($, "or_less"), word($, "bare_below")),
          ),
        ),
        seq($._comparison, $._signed),
        word($, "yes"),
        word($, "no"),
        $._names,
      ),

    // --- order of merit, grades: the parts of a quota may stand on lines of their own ---
    ranking: ($) => seq(word($, "ranking"), $.order, optional(seq(optional($._comma), $.ties))),
    order: ($) =>
      seq(
        word($, "by_key"),
        prec.right(
          separated(seq(enumeration, optional(word($, "next_key"))), seq($._expression, optional($._comma), $._order)),
        ),
      ),
    grades: ($) =>
      seq(word($, "grades"), $._names, optional(seq(word($, "besides"), $._names)), $.step_block),
    step_block: ($) => block($, $.step),
    step: ($) =>
      choice(
        $._quota,
        $.order,
        $.ties,
        $._beyond,
        $.table,
        seq(
          word($, "if"),
          $._expression,
          optional(choice($._comma, word($, "then"))),
          choice($._lower, $._becomes, $._change),
        ),
        seq(word($, "otherwise"), $._becomes),
        seq(word($, "veto"), word($, "veto_to"), $.name, $.veto_block),
      ),
    veto_block: ($) => block($, $._expression),
    _becomes: ($) => seq(word($, "becomes"), $.name),
    _lower: ($) => prec.right(seq(word($, "lower"), $.quantity, repeat(seq(enumeration, $._change)))),
    _change: ($) => seq($.name, word($, "falls_to"), $.name),
    _quota: ($) =>
      seq(
        word($, "quota"),
        $.name,
        optional(seq(word($, "each"), $.name)),
        word($, "at_most"),
        $._expression,
        optional(
          seq(word($, "population"), choice($._units, seq(optional(word($, "those_where")), $._expression))),
        ),
        optional(seq(optional($._comma), $._rounding_way)),
        optional(seq(optional($._comma), $.order)),
        optional(seq(optional($._comma), $.ties)),
        optional(seq(optional($._comma), $._beyond)),
      ),
    _beyond: ($) => seq(word($, "beyond"), word($, "fall_to"), $.name),

    // --- examples ---
    example: ($) => seq(word($, "example"), field("title", $.string), $.example_block),
    example_block: ($) => block($, choice($.given, $.unit_given, $.expect)),
    given: ($) => seq(word($, "evidence"), $.given_block),
    unit_given: ($) => seq(word($, "unit"), $.name, $.given_block),
    given_block: ($) => block($, choice(word($, "rest_faultless"), $.given_value)),
    given_value: ($) => seq(field("name", $.name), $._equals, choice($.rows, $._value)),
    rows: ($) =>
      seq(
        choice("[", "［"),
        repeat(choice($._end, enumeration, $.record)),
        choice("]", "］"),
      ),
    record: ($) => block($, alias($._record_value, $.given_value)),
    _record_value: ($) => seq(field("name", $.name), $._equals, $._value),
    // Further expectations may follow on lines of their own.
    expect: ($) => seq(optional(word($, "expect")), optional($.name), $._target, $._equals, $._value),
    _target: ($) =>
      choice(word($, "total_score"), word($, "rank_value"), word($, "grade_value"), $._clause_number),

    // --- expressions ---
    _expression: ($) =>
      choice(
        $.binary,
        $.unary,
        $.rounded,
        $.between,
        $.within_days,
        $.group,
        $.date,
        $.time,
        $.quantity,
        $.string,
        $.if_value,
        $.table,
        $.call,
        $.value,
        $.imported,
        $.score_of,
        $.every_row,
        $.name,
      ),
    binary: ($) =>
      choice(
        ...[
          [PRECEDENCE.or, word($, "or")],
          [PRECEDENCE.and, word($, "and")],
          [PRECEDENCE.compare, $._comparison],
          [PRECEDENCE.add, choice($._plus, $._minus)],
          [PRECEDENCE.multiply, choice($._times, $._divide)],
        ].map(([level, operator]) =>
          prec.left(level, seq($._expression, operator, repeat("\n"), $._expression)),
        ),
      ),
    unary: ($) => prec(PRECEDENCE.unary, seq(choice(word($, "not"), $._minus), $._expression)),
    rounded: ($) => prec(PRECEDENCE.postfix, seq($._expression, $.rounding)),
    rounding: ($) => seq($._rounding_way, word($, "round_to"), $.quantity),
    _rounding_way: ($) =>
      choice(
        ...["half_up", "half_down", "half_even", "round_up", "round_down", "round_away", "round_towards"].map((way) =>
          word($, way),
        ),
      ),
    between: ($) =>
      prec.left(
        PRECEDENCE.postfix,
        choice(
          seq($._expression, word($, "within"), $._expression, word($, "to"), $._expression, word($, "inclusive")),
          seq($._expression, word($, "between"), $._expression, word($, "and"), $._expression),
        ),
      ),
    within_days: ($) =>
      prec.left(
        PRECEDENCE.postfix,
        choice(
          seq($._expression, word($, "within"), $._expression, word($, "after"), $.quantity, word($, "inside")),
          seq($._expression, word($, "within"), $.quantity, word($, "after"), $._expression),
        ),
      ),
    // The checker also takes a new line right after the parenthesis. Here a half-typed one would then swallow what
    // follows it, up to the end of the file.
    group: ($) => seq($._open, $._expression, repeat("\n"), $._close),
    if_value: ($) =>
      seq(
        word($, "if"),
        $._expression,
        optional($._comma),
        word($, "then"),
        $._expression,
        optional($._comma),
        word($, "else"),
        $._expression,
      ),
    call: ($) =>
      choice(
        seq(
          choice(...["count_of", "sum_of", "mean_of", "max_of", "min_of"].map((function_) => word($, function_))),
          $._open,
          $.name,
          optional(seq(choice(word($, "of"), word($, "of_owner")), $.name)),
          optional($._where),
          $._close,
        ),
        seq(word($, "absent"), $._open, $.name, $._close),
        seq(word($, "workdays_between"), $._open, $._expression, $._comma, $._expression, $._close),
        seq(
          choice(word($, "larger"), word($, "smaller")),
          $._open,
          separated($._comma, $._expression),
          $._close,
        ),
      ),
    value: ($) =>
      choice(
        ...["yes", "no", "total_score", "rank_value", "grade_value", "requirements_met", "requirements_all"].map(
          (value) => word($, value),
        ),
      ),
    imported: ($) =>
      prec.right(
        PRECEDENCE.unary,
        choice(
          seq($.name, word($, "of"), choice($._result, seq($.name, optional(word($, "node_score"))))),
          seq(choice($._result, $.name), word($, "of_owner"), $.name),
        ),
      ),
    _result: ($) => choice(word($, "total_score"), word($, "rank_value"), word($, "grade_value")),
    score_of: ($) =>
      prec.right(
        PRECEDENCE.unary,
        choice(
          seq($.name, $._score),
          seq($._score, word($, "of_owner"), $.name, optional(seq(word($, "of_owner"), $.name))),
        ),
      ),
    _score: ($) => choice(word($, "node_score"), word($, "raw_score")),
    every_row: ($) =>
      prec(
        PRECEDENCE.unary,
        seq(choice(seq($.name, $._quantifier), seq($._quantifier, $.name)), $._open, $._expression, $._close),
      ),
    _quantifier: ($) => choice(word($, "every"), word($, "any")),

    _comparison: ($) =>
      choice(
        ...[["≥", ">="], ["≤", "<="], ["≠", "!="], [">", "＞"], ["<", "＜"], ["=", "＝"]]
          .flat()
          .map((sign) => alias(sign, $.operator)),
        ...[
          "at_least",
          "not_below",
          "not_over",
          "not_above",
          "more_than",
          "above",
          "over",
          "fewer_than",
          "below",
          "under",
          "not_later",
          "not_earlier",
          "later",
          "earlier",
        ].map((comparison) => word($, comparison)),
      ),
    _equals: () => choice("=", "＝"),
    _plus: ($) => alias(choice("+", "＋"), $.operator),
    _minus: ($) => alias(choice("−", "-", "－"), $.operator),
    _times: ($) => alias(choice("×", "*", "＊"), $.operator),
    _divide: ($) => alias(choice("÷", "/", "／"), $.operator),
    _open: () => choice("(", "（"),
    _close: () => choice(")", "）"),

    // --- the words, and the smallest parts. Words come first: a name of the same length gives way ---
    ...word_rules(),

    name: () =>
      token(choice(/「[^」\n]+」/, new RegExp(`${LETTER}(${LETTER}|${DIGIT}|_)*`))),
    _clause_number: ($) => choice(alias($.name, $.clause_number), $.clause_number),
    // Those that are no name: 3.10, 3a, A.1.
    clause_number: () =>
      token(
        choice(
          new RegExp(`${DIGIT}(${LETTER}|${DIGIT})*([.]${DIGIT}+)*`),
          new RegExp(`${LETTER}(${LETTER}|${DIGIT})*([.]${DIGIT}+)+`),
        ),
      ),
    quantity: ($) => prec.right(seq($.number, optional($.unit))),
    number: () => token(new RegExp(`${DIGIT}+([.．]${DIGIT}+)?`)),
    version: () => token(new RegExp(`${DIGIT}+([.]${DIGIT}+){2,}`)),
    date: () =>
      token(
        new RegExp(
          `${DIGIT}{4}(-${DIGIT}{1,2}-${DIGIT}{1,2}|[ \\t]*年[ \\t]*${DIGIT}{1,2}[ \\t]*月[ \\t]*${DIGIT}{1,2}[ \\t]*日)`,
        ),
      ),
    time: () =>
      token(
        new RegExp(
          `${DIGIT}{1,2}([:：]${DIGIT}{2}([:：]${DIGIT}{2})?|[ \\t]*时[ \\t]*${DIGIT}{1,2}[ \\t]*分([ \\t]*${DIGIT}{1,2}[ \\t]*秒)?|[ \\t]*时整)`,
        ),
      ),
    place: () =>
      token(prec(1, choice(/第[ \t\u3000]*[0-9０-９]+[ \t\u3000]*名/, /[0-9]+(st|nd|rd|th)/))),
    string: () => token(choice(/"[^"\n]*"/, /“[^”\n]*”/)),
  },
});
