; What names stand for: `@bound` gets `@value`, a parameter its type, within the nearest `@scope`.
(short_var_declaration left: (expression_list . (identifier) @bound) right: (expression_list . (_) @value))
(var_spec name: (identifier) @bound value: (expression_list . (_) @value))
(assignment_statement left: (expression_list . (identifier) @bound) right: (expression_list . (_) @value))
(parameter_declaration name: (identifier) @bound type: [(qualified_type) @value (pointer_type (qualified_type) @value) (_)])
[(function_declaration) (method_declaration) (func_literal)] @scope

(import_spec name: (package_identifier)? @alias path: (interpreted_string_literal (_) @library))
