; env::var("NAME") and its kind; a bare var("NAME") could be anybody's
((call_expression
  function: (scoped_identifier path: [(identifier) @_env (scoped_identifier name: (identifier) @_env)]
    name: (identifier) @_var)
  arguments: (arguments . (string_literal . (string_content) @name .) .)) @read
 (#eq? @_env "env") (#any-of? @_var "var" "var_os"))

((macro_invocation macro: (identifier) @_macro
  (token_tree . (string_literal . (string_content) @name .) .)) @read
 (#eq? @_macro "option_env"))

; .unwrap_or("x".into()), .unwrap_or_else(|_| "x".to_string())
((call_expression
  function: (field_expression value: (_) @read field: (field_identifier) @_or)
  arguments: (arguments . [
    (string_literal) @default
    (call_expression function: (field_expression value: (string_literal) @default) arguments: (arguments . ")"))
    (closure_expression body: [
      (string_literal) @default
      (call_expression function: (field_expression value: (string_literal) @default) arguments: (arguments . ")"))])] .))
 (#any-of? @_or "unwrap_or" "unwrap_or_else"))

; tests that stand beside the code
((attribute_item (attribute (identifier) @_cfg arguments: (token_tree . (identifier) @_test .)))
 . (mod_item) @aside
 (#eq? @_cfg "cfg") (#eq? @_test "test"))
((attribute_item (attribute (identifier) @_test)) . (function_item) @aside (#eq? @_test "test"))
