(comment) @comment
(ERROR) @error
(MISSING) @error
(attribute_list) @cut
(namespace_definition name: (_) @namespace !body)
(namespace_definition name: (_) @name @namespace body: (_)) @scope
[(anonymous_function) (arrow_function) (compound_statement) (anonymous_class)] @local

(class_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @interface
(trait_declaration name: (_) @name body: (_) @body) @trait
(enum_declaration name: (_) @name body: (_) @body) @enum
(function_definition name: (_) @name parameters: (_) @parameters body: (_) @body) @function
(method_declaration
  (visibility_modifier)? @visibility name: (_) @name parameters: (_) @parameters body: (_)? @body) @function
(property_declaration
  (visibility_modifier)? @visibility (property_element name: (_) @name default_value: (_)? @value)) @field
(const_declaration (visibility_modifier)? @visibility (const_element . (name) @name . (_) @value)) @constant
(enum_case name: (_) @name) @constant
(function_call_expression
  function: (name) @_define
  arguments: (arguments . (argument (string (string_content) @name)))
  (#eq? @_define "define")) @constant
