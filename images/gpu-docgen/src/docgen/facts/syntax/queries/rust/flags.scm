((identifier) @library (#eq? @library "clap"))

; derive: #[derive(Parser)] struct, #[derive(Subcommand)] enum
((attribute_item (attribute (identifier) @_derive arguments: (token_tree (identifier) @_kind)))
 . [(attribute_item) (line_comment)]*
 . [(struct_item) (enum_item)] @declared
 (#eq? @_derive "derive") (#any-of? @_kind "Args" "Parser" "Subcommand"))

; builder: Arg::new("port").long("port"), Command::new("serve") inside .subcommand(...); before version 3
; Arg::with_name and SubCommand::with_name
((call_expression function: (scoped_identifier) @_new arguments: (arguments . (_) .)) @option
 (#any-of? @_new "Arg::new" "clap::Arg::new" "Arg::with_name" "clap::Arg::with_name"))
((call_expression function: (field_expression field: (field_identifier) @_said)) @said
 (#any-of? @_said "default_value" "env" "help" "hide" "long" "short" "subcommand"))
((call_expression function: (scoped_identifier) @_new arguments: (arguments . (_) @use .)) @command
 (#any-of? @_new "Command::new" "clap::Command::new" "SubCommand::with_name" "clap::SubCommand::with_name"))
