; flag, pflag and cobra: flags.StringVarP(&value, "name", "n", "default", "usage")
((call_expression
  function: (selector_expression field: (field_identifier) @_kind)
  arguments: (argument_list (interpreted_string_literal))) @declared
 (#match? @_kind "^[A-Z][A-Za-z0-9]*$"))

; cobra.Command{Use: "serve [flags]"}, and the command that is run
((composite_literal
  type: (qualified_type) @_command
  body: (literal_value (keyed_element
    key: (literal_element (identifier) @_use)
    value: (literal_element (_) @use)))) @command
 (#eq? @_command "cobra.Command") (#eq? @_use "Use"))
((call_expression function: (selector_expression field: (field_identifier) @_run)) @run
 (#any-of? @_run "Execute" "ExecuteC" "ExecuteContext" "ExecuteContextC"))
((call_expression
  function: (selector_expression operand: (_) @parent field: (field_identifier) @_add)
  arguments: (argument_list) @children)
 (#eq? @_add "AddCommand"))
