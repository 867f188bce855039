((invocation_expression
  function: (member_access_expression
    expression: [(identifier) @_environment (member_access_expression name: (identifier) @_environment)]
    name: (identifier) @_get)
  arguments: (argument_list . (argument (string_literal . (string_literal_content) @name .)))) @read
 (#eq? @_environment "Environment") (#eq? @_get "GetEnvironmentVariable"))

(binary_expression
  left: (_) @read operator: "??"
  right: [(string_literal) (integer_literal) (boolean_literal)] @default)
