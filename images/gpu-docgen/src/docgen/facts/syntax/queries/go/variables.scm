((call_expression
  function: (selector_expression operand: (identifier) @_os field: (field_identifier) @_get)
  arguments: (argument_list . [
    (interpreted_string_literal . (interpreted_string_literal_content) @name .)
    (raw_string_literal (raw_string_literal_content) @name)] .)) @read
 (#eq? @_os "os") (#any-of? @_get "Getenv" "LookupEnv"))

; cmp.Or(os.Getenv("NAME"), "default")
((call_expression
  function: (selector_expression operand: (identifier) @_cmp field: (field_identifier) @_or)
  arguments: (argument_list . (_) @read . [(interpreted_string_literal) (raw_string_literal)] @default .))
 (#eq? @_cmp "cmp") (#eq? @_or "Or"))
