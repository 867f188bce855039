(source_file (function_declaration name: (identifier) @name) @function)
[(func_literal) (function_declaration)] @own
(call_expression function: (identifier) @call)
(identifier) @word
