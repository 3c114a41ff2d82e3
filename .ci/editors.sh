# Stages of the editors, heavy too.

# The parser in the repository is the one that the grammar gives; it reads everything, in both languages.
tree_sitter() {
  node_and_npm
  cargo_tool tree-sitter tree-sitter-cli
  (cd editors/tree-sitter-rubric && tree-sitter generate && tree-sitter test)
  git diff --exit-code --stat -- editors/tree-sitter-rubric
  local query
  for query in editors/tree-sitter-rubric/queries/*.scm; do
    (cd editors/tree-sitter-rubric && tree-sitter query "../../$query" ../../rubrics/county-township/2022.rubric >/dev/null)
  done
  node tests/editors/tree_sitter.mjs "$binary"
}
