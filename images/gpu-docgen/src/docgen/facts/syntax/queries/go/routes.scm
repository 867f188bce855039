; gin: router.GET("/path", handlers...), router.Handle("GET", "/path", handlers...)
((call_expression
  function: (selector_expression field: (field_identifier) @_verb)
  arguments: (argument_list . (interpreted_string_literal))) @declared
 (#any-of? @_verb "Any" "DELETE" "GET" "HEAD" "Handle" "OPTIONS" "PATCH" "POST" "PUT"))
