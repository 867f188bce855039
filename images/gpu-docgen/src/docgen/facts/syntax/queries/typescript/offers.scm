; inherits: ecmascript
(import_statement (import_require_clause (identifier) @bound source: (string (string_fragment) @from)))
(export_statement "=" (identifier) @local) @all
