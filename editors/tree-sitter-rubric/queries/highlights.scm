; Colours. Words are named after their class, so that no list of words is needed here.
; Later patterns win.

(comment) @comment
(string) @string
(number) @number
(version) @number
(date) @string.special
(time) @string.special
(place) @number
(unit) @type.builtin

(keyword) @keyword
(type) @type
(constant) @constant.builtin
(function) @function.builtin
(operator) @operator

(name) @variable
(clause_number) @label

(header title: (string) @markup.heading)
(section title: (string) @markup.heading)
(clause title: (string) @markup.heading)
(example title: (string) @string.special)
(field name: (name) @property)
(given_value name: (name) @property)
(binding name: (name) @constant)
(output name: (name) @constant)
(import name: (name) @module)
(field help: (string) @string.documentation)

["{" "}" "｛" "｝" "[" "]" "［" "］" "(" ")" "（" "）"] @punctuation.bracket
["," "，" "、" ":" "：" "=" "＝"] @punctuation.delimiter
