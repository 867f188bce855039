(comment) @comment
(ERROR) @error
(MISSING) @error
(package_clause (package_identifier) @namespace) @package
(func_literal) @local

(function_declaration name: (_) @name parameters: (_) @parameters body: (_)? @body) @function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @owner
    (pointer_type (type_identifier) @owner)
    (generic_type type: (_) @owner)
    (pointer_type (generic_type type: (_) @owner))]))
  name: (_) @name parameters: (_) @parameters body: (_)? @body) @function

(type_declaration "type" @prefix
  (type_spec name: (_) @name type: (struct_type (field_declaration_list) @body)) @struct)
(type_declaration "type" @prefix
  (type_spec name: (_) @name type: (interface_type "interface" @keyword)) @interface)
(type_declaration "type" @prefix (type_spec name: (_) @name) @type)
(type_declaration "type" @prefix (type_alias name: (_) @name) @type)
(type_declaration . (type_spec) @type .) @outer
(type_declaration . (type_alias) @type .) @outer

(const_declaration "const" @prefix (const_spec name: (_) @name value: (_)? @value) @constant)
(var_declaration "var" @prefix (var_spec name: (_) @name value: (_)? @value) @constant)
(var_declaration "var" @prefix (var_spec_list (var_spec name: (_) @name value: (_)? @value) @constant))
((const_declaration "(" (const_spec) @constant) @group)
((var_declaration (var_spec_list (var_spec) @constant)) @group)
(const_declaration . (const_spec) @constant .) @outer
(var_declaration . (var_spec) @constant .) @outer

(field_declaration_list (field_declaration name: (_) @name) @field)
(field_declaration_list (field_declaration !name type: [
  (type_identifier) @name
  (qualified_type name: (_) @name)
  (generic_type type: (type_identifier) @name)]) @field)
(interface_type (method_elem name: (_) @name parameters: (_) @parameters) @function)
