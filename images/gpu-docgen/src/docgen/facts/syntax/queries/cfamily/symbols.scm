; What C and C++ share.
(comment) @comment
(ERROR) @error
(MISSING) @error
(compound_statement) @local

; No namespace holds a macro, and it ends where it is undefined.
(preproc_def name: (_) @name value: (_) @value) @constant @unscoped
(preproc_function_def name: (_) @name parameters: (_) value: (_)? @body) @function @unscoped
(preproc_call directive: (preproc_directive) @_undef argument: (preproc_arg) @hides (#eq? @_undef "#undef"))

(function_definition (storage_class_specifier)* @visibility
  declarator: [
    (function_declarator declarator: (identifier) @name parameters: (_) @parameters)
    (pointer_declarator
      declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator
      declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters)))]
  body: (_)? @body) @function
(declaration (storage_class_specifier)* @visibility
  declarator: [
    (function_declarator declarator: (identifier) @name parameters: (_) @parameters)
    (pointer_declarator
      declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator
      declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters)))]) @function
(declaration (storage_class_specifier)* @visibility
  declarator: [
    (identifier) @name
    (pointer_declarator declarator: (identifier) @name)
    (array_declarator declarator: (identifier) @name)
    (init_declarator declarator: [
      (identifier) @name
      (pointer_declarator declarator: (identifier) @name)
      (array_declarator declarator: (identifier) @name)] value: (_) @value)]) @constant

(struct_specifier name: (type_identifier) @name body: (_) @body) @struct
(union_specifier name: (type_identifier) @name body: (_) @body) @struct
(enum_specifier name: (_) @name body: (_) @body) @enum
(type_definition type: (struct_specifier body: (_) @body) @struct declarator: (type_identifier) @rename) @outer
(type_definition type: (union_specifier body: (_) @body) @struct declarator: (type_identifier) @rename) @outer
(type_definition type: (enum_specifier body: (_) @body) @enum declarator: (type_identifier) @rename) @outer
(type_definition type: [
    (struct_specifier !body) (union_specifier !body) (enum_specifier !body) (type_identifier)
    (primitive_type) (sized_type_specifier)]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
    (array_declarator declarator: (type_identifier) @name)
    (function_declarator
      declarator: (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name)))]) @type

(field_declaration_list (field_declaration declarator: [
  (field_identifier) @name
  (pointer_declarator declarator: (field_identifier) @name)
  (pointer_declarator declarator: (pointer_declarator declarator: (field_identifier) @name))
  (array_declarator declarator: (field_identifier) @name)
  (function_declarator
    declarator: (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))]) @field)
(enumerator name: (_) @name) @constant
