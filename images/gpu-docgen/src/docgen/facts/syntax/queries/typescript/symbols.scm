; inherits: ecmascript
(decorator) @cut
; Members of a written-out type, which may end with their line alone.
(object_type (_) @entry)
(abstract_class_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @interface
(enum_declaration name: (_) @name body: (_) @body) @enum
(type_alias_declaration name: (_) @name value: (_) @value) @type
(function_signature name: (_) @name parameters: (_) @parameters) @function @overload
(internal_module name: (_) @name) @scope

(export_statement declaration: (abstract_class_declaration) @class) @outer @public
(export_statement declaration: (interface_declaration) @interface) @outer @public
(export_statement declaration: (enum_declaration) @enum) @outer @public
(export_statement declaration: (type_alias_declaration) @type) @outer @public
(export_statement declaration: (function_signature) @function) @outer @public
(export_statement declaration: (internal_module) @scope) @outer @public

; `export declare ...`
(export_statement declaration: (ambient_declaration (function_signature) @function)) @outer @public
(export_statement declaration: (ambient_declaration (class_declaration) @class)) @outer @public
(export_statement declaration: (ambient_declaration (abstract_class_declaration) @class)) @outer @public
(export_statement declaration: (ambient_declaration (enum_declaration) @enum)) @outer @public
(export_statement "export" @prefix declaration: (ambient_declaration "declare" @prefix
  (lexical_declaration kind: _ @prefix (variable_declarator name: (identifier) @name) @constant))) @outer @public
(export_statement (identifier) @shows)

(class_body
  (public_field_definition
    (accessibility_modifier)? @visibility
    name: [(property_identifier) (private_property_identifier)] @name
    value: (_)? @value) @field)
(class_body (method_definition (accessibility_modifier) @visibility) @function)
(class_body
  (abstract_method_signature
    (accessibility_modifier)? @visibility
    name: (property_identifier) @name
    parameters: (_) @parameters) @function)
(class_body
  (method_signature
    (accessibility_modifier)? @visibility
    name: (property_identifier) @name
    parameters: (_) @parameters) @function @overload)
(interface_body (method_signature name: (_) @name parameters: (_) @parameters) @function)
(interface_body (property_signature name: (_) @name) @field)
; What can be called, made with `new` or indexed: nothing of it has a name, its brackets stand for one.
(interface_body (call_signature parameters: (_) @name) @field)
(interface_body (construct_signature parameters: (_) @name) @field)
(interface_body (index_signature . "[" @name) @field)
(enum_body (enum_assignment name: (_) @name) @constant)
(enum_body name: (property_identifier) @name @constant)

; `const name = {} as const`
(program (_ (variable_declarator value: [
  (as_expression (object) @value @members) (satisfies_expression (object) @value @members)]) @constant))
(export_statement declaration: (_ (variable_declarator value: [
  (as_expression (object) @value @members) (satisfies_expression (object) @value @members)]) @constant))
