; gin: router.GET("/path", handlers...), router.Handle("GET", "/path", handlers...), router.Match(methods, "/path", ...)
((call_expression
  function: (selector_expression field: (field_identifier) @_verb)
  arguments: (argument_list)) @declared
 (#any-of? @_verb "Any" "DELETE" "GET" "HEAD" "Handle" "Match" "OPTIONS" "PATCH" "POST" "PUT"))

; a function, and what it is given where it is called
(function_declaration name: (identifier) @name parameters: (parameter_list) @parameters)
(method_declaration name: (field_identifier) @name parameters: (parameter_list) @parameters)
(call_expression
  function: [(identifier) @called (selector_expression field: (field_identifier) @called)]
  arguments: (argument_list) @given)
