; What can be jumped to, and what refers to it.

(header title: (string) @name) @definition.module
(section number: (clause_number) @name) @definition.class
(clause number: (clause_number) @name) @definition.method
(field name: (name) @name) @definition.field
(binding name: (name) @name) @definition.constant
(output name: (name) @name) @definition.constant
(import name: (name) @name) @definition.module

(score_of (name) @name) @reference.call
(imported . (name) @name) @reference.module
