((function_call_expression
  function: (name) @_getenv
  arguments: (arguments . (argument [
    (string . (string_content) @name .) (encapsed_string . (string_content) @name .)]))) @read
 (#eq? @_getenv "getenv"))

((subscript_expression (variable_name (name) @_env) [
    (string . (string_content) @name .) (encapsed_string . (string_content) @name .)]) @read
 (#eq? @_env "_ENV"))

(conditional_expression condition: (_) @read alternative: [(string) (encapsed_string) (integer) (boolean)] @default)
(binary_expression
  left: (_) @read operator: "??"
  right: [(string) (encapsed_string) (integer) (boolean)] @default)

(assignment_expression left: (_) @written)
