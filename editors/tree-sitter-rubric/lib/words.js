// Rules for the words of the language, made from the one table of words.

const words = require("../../words.json");

/** What a keyword of each class is called in the tree. A class that is missing here is an error. */
const NODE_OF_CLASS = {
  item: "keyword",
  head: "keyword",
  rule: "keyword",
  word: "keyword",
  type: "type",
  value: "constant",
  function: "function",
  rounding: "function",
  comparison: "operator",
  operator: "operator",
};

/** A spelling as a token. Blanks inside: any number next to Chinese, at least one between Latin words. */
function token_of(spelling) {
  const parts = spelling.split(" ");
  if (parts.length === 1) return spelling;
  const blanks = /^[\x00-\x7f]*$/.test(spelling) ? "[ \\t\\u3000]+" : "[ \\t\\u3000]*";
  return new RegExp(parts.join(blanks));
}

function spellings(word) {
  return [...new Set([...word.zh, ...word.en])];
}

/** Keywords that a number may follow at once (每后1名), where a name would otherwise take both. */
const BEFORE_DIGITS = ["each_next"];

/** One hidden rule `_word_ID` for each keyword, and one for all units. */
function word_rules() {
  const rules = {};
  for (const word of words.filter((word) => word.class !== "unit")) {
    const tokens = spellings(word).map(token_of);
    const any = tokens.length === 1 ? tokens[0] : choice(...tokens);
    rules[`_word_${word.id}`] = () => (BEFORE_DIGITS.includes(word.id) ? token(prec(1, any)) : any);
  }
  const units = words.filter((word) => word.class === "unit").flatMap(spellings);
  rules.unit = () => token(choice(...new Set(units)));
  return rules;
}

/** The keyword with this id, named in the tree after its class. */
function word($, id) {
  const found = words.find((word) => word.id === id);
  const node = found && NODE_OF_CLASS[found.class];
  if (!node) throw new Error(`no keyword ${id}, or none of a known class`);
  return alias($[`_word_${id}`], $[node]);
}

module.exports = { word, word_rules };
