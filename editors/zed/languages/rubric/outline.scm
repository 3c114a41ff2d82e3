(section (keyword) @context number: (clause_number) @context title: (string) @name) @item
(clause (keyword) @context number: (clause_number) @context title: (string) @name) @item
(example (keyword) @context title: (string) @name) @item
(output (keyword) @context name: (name) @name) @item
(field name: (name) @name) @item
