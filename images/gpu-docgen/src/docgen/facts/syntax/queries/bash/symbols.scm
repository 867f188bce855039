(comment) @comment
(ERROR) @error
(MISSING) @error
(function_definition name: (_) @name body: (_) @body) @function
((program (declaration_command . _ @_word (variable_assignment name: (_) @name value: (_)? @value)) @constant)
  (#not-eq? @_word "local"))
