((call_expression
  function: [(identifier) @_getenv (qualified_identifier scope: (namespace_identifier) name: (identifier) @_getenv)]
  arguments: (argument_list . (string_literal . (string_content) @name .) .)) @read
 (#any-of? @_getenv "getenv" "secure_getenv"))
