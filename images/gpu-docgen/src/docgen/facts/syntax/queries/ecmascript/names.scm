; What names stand for: `@bound` gets `@value` within the nearest `@scope`; a parameter gets nothing known.
(variable_declarator name: (identifier) @bound value: (_) @value)
(assignment_expression left: (identifier) @bound right: (_) @value)
(arrow_function parameter: (identifier) @bound)
[(function_declaration) (function_expression) (arrow_function) (method_definition)] @scope

(import_statement source: (string (string_fragment) @library))
((call_expression function: (identifier) @_require arguments: (arguments . (string (string_fragment) @library) .))
 (#eq? @_require "require"))
