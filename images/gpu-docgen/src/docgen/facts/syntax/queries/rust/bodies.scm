; What functions and methods do. A name of a value means the file's function unless something binds it.
(source_file (function_item name: (identifier) @name) @function)
(source_file (impl_item !trait body: (declaration_list (function_item name: (identifier) @name) @function)))
[(function_item) (closure_expression) (async_block)] @own
(call_expression function: (identifier) @call)
(identifier) @word
