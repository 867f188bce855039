; commander and cac: .option("-p, --port <n>", "help", default)
((call_expression
  function: (member_expression property: (property_identifier) @_option)
  arguments: (arguments . (string))) @declared
 (#any-of? @_option "option" "requiredOption"))

; the same as a value, what is said of it, and where it is added: addOption(new Option("-p").default(3))
((new_expression constructor: (identifier) @_option arguments: (arguments . (string))) @option
 (#eq? @_option "Option"))
((call_expression function: (member_expression property: (property_identifier) @_said)) @said
 (#any-of? @_said "default" "env" "hideHelp"))
((call_expression
  function: (member_expression property: (property_identifier) @_add)
  arguments: (arguments . (_) @added)) @adding
 (#eq? @_add "addOption"))

; which program is run, and which is a subcommand of another
((call_expression function: (member_expression property: (property_identifier) @_parse)) @parsed
 (#any-of? @_parse "parse" "parseAsync"))
((call_expression
  function: (member_expression property: (property_identifier) @_add)
  arguments: (arguments . (_) @inner)) @nested
 (#eq? @_add "addCommand"))
