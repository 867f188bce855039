(import_spec name: (_)? @alias path: (interpreted_string_literal (interpreted_string_literal_content) @path))
(selector_expression operand: (identifier) @qualifier field: (_) @used)
(qualified_type package: (_) @qualifier name: (_) @used)
