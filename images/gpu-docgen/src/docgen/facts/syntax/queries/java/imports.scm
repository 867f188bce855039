(import_declaration [(scoped_identifier) (identifier)] @path (asterisk)? @all)
(type_identifier) @used
(method_invocation object: (identifier) @used)
(field_access object: (identifier) @used)
