(comment) @comment
(ERROR) @error
(MISSING) @error
(namespace_declaration name: (_) @name @namespace) @scope
(file_scoped_namespace_declaration name: (_) @namespace)
[(attribute_list) (constructor_initializer)] @cut
(accessor_declaration body: (_) @cut)
(accessor_list (accessor_declaration (modifier)) @cut)
[(lambda_expression) (anonymous_method_expression) (block)] @local

(class_declaration (modifier)* @visibility name: (_) @name body: (_)? @body) @class
(record_declaration (modifier)* @visibility name: (_) @name body: (_)? @body) @class
(struct_declaration (modifier)* @visibility name: (_) @name body: (_)? @body) @struct
(interface_declaration (modifier)* @visibility name: (_) @name body: (_)? @body) @interface
(enum_declaration (modifier)* @visibility name: (_) @name body: (_) @body) @enum
(delegate_declaration (modifier)* @visibility name: (_) @name parameters: (_) @parameters) @type
(method_declaration
  (modifier)* @visibility name: (_) @name parameters: (_) @parameters body: (_)? @body) @function
(constructor_declaration
  (modifier)* @visibility name: (_) @name parameters: (_) @parameters body: (_)? @body) @function
(property_declaration (modifier)* @visibility name: (_) @name) @field
(property_declaration value: (arrow_expression_clause) @body) @field
(property_declaration accessors: (_) value: (_) @value) @field
(indexer_declaration (modifier)* @visibility "this" @name parameters: (_) @parameters) @field
(field_declaration (modifier)* @visibility
  (variable_declaration (variable_declarator name: (_) @name))) @field
(field_declaration (variable_declaration (variable_declarator "=" (_) @value))) @field
(event_field_declaration (modifier)* @visibility
  (variable_declaration (variable_declarator name: (_) @name))) @field
(enum_member_declaration name: (_) @name) @constant
