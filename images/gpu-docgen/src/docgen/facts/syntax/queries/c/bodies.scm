; Calls that the preprocessor may take away, or that are never made, are nobody's.
(translation_unit (function_definition
  declarator: (function_declarator declarator: (identifier) @name)) @function)
(translation_unit (function_definition
  declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))) @function)
[(function_definition) (preproc_if) (preproc_ifdef) (sizeof_expression)] @own
(call_expression function: (identifier) @_macro arguments: (_) @own (#match? @_macro "^[A-Z0-9_]+$"))
(call_expression function: (identifier) @call)
(preproc_def name: (identifier) @bind)
(preproc_function_def name: (identifier) @bind)
(identifier) @word
