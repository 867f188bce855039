(comment) @comment
(ERROR) @error
(MISSING) @error
[(block) (do_block) (lambda)] @local
(class "end" @drop)
(module "end" @drop)
(method "end" @drop)
(singleton_method "end" @drop)

(module name: (_) @name body: (_)? @body) @module
(class name: (_) @name body: (_)? @body) @class
; A class that is opened again for what is inside of it.
(class !superclass body: (body_statement [(class) (module)])) @class @reopened
(singleton_class value: (self)) @scope @singleton
((singleton_class value: (_) @_other) @local (#not-eq? @_other "self"))
(method name: (_) @name parameters: (_)? @parameters body: (_)? @body) @function
(singleton_method name: (_) @name parameters: (_)? @parameters body: (_)? @body) @function @unsectioned
(assignment left: (constant) @name right: (_) @value) @constant
(call method: (identifier) @_attr arguments: (argument_list (simple_symbol) @name)
  (#any-of? @_attr "attr_reader" "attr_accessor" "attr_writer")) @field

; Visibility: from here on, of what is named, of what is defined in the call.
(body_statement [(identifier) @section (call method: (identifier) @section !arguments)]
  (#any-of? @section "public" "protected" "private")) @region
(call method: (identifier) @_word arguments: (argument_list (simple_symbol) @hides)
  (#any-of? @_word "private" "protected" "private_constant" "private_class_method"))
(call method: (identifier) @visibility arguments: (argument_list [(method) (singleton_method)] @function)
  (#any-of? @visibility "public" "protected" "private" "private_class_method")) @outer
