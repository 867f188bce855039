[(line_comment) (block_comment)] @comment
(ERROR) @error
(MISSING) @error
(package_declaration [(scoped_identifier) (identifier)] @namespace) @package
[(lambda_expression) (object_creation_expression) (static_initializer) (block)] @local
(modifiers [(annotation) (marker_annotation)] @cut (#not-match? @cut "^@(Deprecated|FunctionalInterface)"))

(class_declaration (modifiers)? @visibility name: (_) @name body: (_) @body) @class
(record_declaration (modifiers)? @visibility name: (_) @name parameters: (_) @parameters body: (_) @body) @class
(interface_declaration (modifiers)? @visibility name: (_) @name body: (_) @body) @interface
(annotation_type_declaration (modifiers)? @visibility name: (_) @name body: (_) @body) @interface
(enum_declaration (modifiers)? @visibility name: (_) @name body: (_) @body) @enum
(method_declaration
  (modifiers)? @visibility name: (_) @name parameters: (_) @parameters body: (_)? @body) @function
(constructor_declaration
  (modifiers)? @visibility name: (_) @name parameters: (_) @parameters body: (_) @body) @function
(annotation_type_element_declaration (modifiers)? @visibility name: (_) @name) @function
(field_declaration
  (modifiers)? @visibility declarator: (variable_declarator name: (_) @name value: (_)? @value)) @field
(constant_declaration
  (modifiers)? @visibility declarator: (variable_declarator name: (_) @name value: (_)? @value)) @constant
(enum_constant name: (_) @name body: (_)? @body) @constant
