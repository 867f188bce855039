; inherits: cfamily
(namespace_definition name: (_) @name) @scope
(namespace_definition !name) @local
(namespace_definition name: (_) @_name (#any-of? @_name "detail" "details" "internal" "impl")) @local
[(lambda_expression) (template_instantiation) (friend_declaration)] @local
; Specialisations of what is told of already.
(class_specifier name: (template_type)) @local
(struct_specifier name: (template_type)) @local
[(field_initializer_list) (attribute_declaration)] @cut

(class_specifier name: (type_identifier) @name body: (_) @body) @class
(template_declaration [(class_specifier) (struct_specifier)] @type) @outer
(template_declaration [(function_definition) (declaration)] @function) @outer
(template_declaration (alias_declaration) @type) @outer
(alias_declaration name: (_) @name) @type
(concept_definition name: (_) @name) @type
(template_declaration (concept_definition) @type) @outer
(field_declaration_list (access_specifier) @section) @region

(function_definition
  declarator: (reference_declarator
    (function_declarator declarator: [(identifier) (field_identifier)] @name parameters: (_) @parameters))
  body: (_)? @body) @function
(declaration
  declarator: (reference_declarator
    (function_declarator declarator: (identifier) @name parameters: (_) @parameters))) @function
(field_declaration_list (function_definition
  declarator: [
    (function_declarator declarator: [(field_identifier) (operator_name) (destructor_name)] @name parameters: (_) @parameters)
    (pointer_declarator
      (function_declarator declarator: [(field_identifier) (operator_name)] @name parameters: (_) @parameters))
    (reference_declarator
      (function_declarator declarator: [(field_identifier) (operator_name)] @name parameters: (_) @parameters))]
  body: (_)? @body) @function)
(field_declaration_list (declaration
  declarator: (function_declarator
    declarator: [(destructor_name) (operator_name)] @name parameters: (_) @parameters)) @function)
(field_declaration_list (template_declaration (function_definition
  declarator: [
    (function_declarator declarator: (field_identifier) @name parameters: (_) @parameters)
    (reference_declarator (function_declarator declarator: (field_identifier) @name parameters: (_) @parameters))]
  body: (_)? @body) @function))
(field_declaration_list (field_declaration
  declarator: [
    (function_declarator declarator: [(field_identifier) (operator_name)] @name parameters: (_) @parameters)
    (pointer_declarator
      (function_declarator declarator: [(field_identifier) (operator_name)] @name parameters: (_) @parameters))
    (reference_declarator
      (function_declarator declarator: [(field_identifier) (operator_name)] @name parameters: (_) @parameters))]) @function)

; What has no type and another name than its class is no constructor but a macro that is used.
([(class_specifier name: (_) @_owner body: (field_declaration_list
    (declaration !type declarator: (function_declarator declarator: (identifier) @_made)) @function @hidden))
  (struct_specifier name: (_) @_owner body: (field_declaration_list
    (declaration !type declarator: (function_declarator declarator: (identifier) @_made)) @function @hidden))]
 (#not-eq? @_owner @_made))
