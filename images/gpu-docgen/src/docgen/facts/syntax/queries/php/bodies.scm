; Calls of functions at the top of the file; what these and methods throw.
(program (function_definition name: (name) @name) @function)
(program (_ body: (declaration_list (method_declaration name: (name) @name) @function)))
[(function_definition) (method_declaration) (anonymous_function) (arrow_function)] @own
(function_call_expression function: (name) @call)
(throw_expression (object_creation_expression . (name) @raise))
(try_statement body: (_) @guard)
(function_definition (compound_statement (_ (name) @word)))
