; Indentation in the words of Helix: a step within braces.

[
  (header_block)
  (calendar_block)
  (field_block)
  (node_block)
  (rule_block)
  (table_block)
  (step_block)
  (veto_block)
  (example_block)
  (given_block)
  (rows)
] @indent

["}" "｝" "]" "］"] @outdent
