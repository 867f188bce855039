((call_expression
  function: (identifier) @_getenv
  arguments: (argument_list . (string_literal . (string_content) @name .) .)) @read
 (#any-of? @_getenv "getenv" "secure_getenv"))
