; What functions at the top of a file do. The captures are explained in ../README.md.
(program (function_declaration name: (identifier) @name) @function)
(program (export_statement declaration: (function_declaration name: (identifier) @name) @function))
[
  (arrow_function) (function_expression) (function_declaration) (generator_function)
  (generator_function_declaration) (class) (class_declaration)
] @own
(call_expression function: (identifier) @call)
(throw_statement (new_expression constructor: (identifier) @raise))
(try_statement body: (_) @guard)
(assignment_expression left: (identifier) @bind)
; Only `var` reaches out of a block; `let` and `const` cannot share a scope with a function of their name.
(variable_declaration (variable_declarator name: (identifier) @bind))
[(identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern)] @word
