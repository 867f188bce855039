(import_statement source: (string (string_fragment) @path))
(export_statement source: (string (string_fragment) @path))
(call_expression
  function: (identifier) @_require
  arguments: (arguments . (string (string_fragment) @path) .)
  (#eq? @_require "require"))
(call_expression function: (import) arguments: (arguments . (string (string_fragment) @path)))
