; What JavaScript and TypeScript share. The captures are explained in ../README.md.
(comment) @comment
(ERROR) @error
(MISSING) @error

[(arrow_function) (function_expression) (generator_function)] @local

(function_declaration name: (_) @name parameters: (_) @parameters body: (_) @body) @function
(generator_function_declaration name: (_) @name parameters: (_) @parameters body: (_) @body) @function
(class_declaration name: (_) @name body: (_) @body) @class
(class_body
  (method_definition
    name: [(property_identifier) (private_property_identifier)] @name
    parameters: (_) @parameters
    body: (_) @body) @function)

; Variables of the module.
(program (lexical_declaration kind: _ @prefix
  (variable_declarator name: (identifier) @name value: (_)? @value) @constant) @outer
  (#not-match? @value "^require\\b"))
(program (variable_declaration "var" @prefix
  (variable_declarator name: (identifier) @name value: (_)? @value) @constant) @outer
  (#not-match? @value "^require\\b"))
(export_statement "export" @prefix declaration: (lexical_declaration kind: _ @prefix
  (variable_declarator name: (identifier) @name value: (_)? @value) @constant)) @outer @public
(variable_declarator value: [
  (arrow_function parameters: (_) @parameters body: (_) @body)
  (arrow_function parameter: (_) body: (_) @body)
  (function_expression parameters: (_) @parameters body: (_) @body)]) @function
(variable_declarator value: (class body: (_) @body)) @class

; What is exported where it is defined.
(export_statement declaration: (function_declaration) @function) @outer @public
(export_statement declaration: (generator_function_declaration) @function) @outer @public
(export_statement declaration: (class_declaration) @class) @outer @public
(export_statement "default" @name value: [
  (function_expression !name parameters: (_) @parameters body: (_) @body)
  (arrow_function parameters: (_) @parameters body: (_) @body)] @function) @outer @public
(export_statement "default" @name value: (class !name body: (_) @body) @class) @outer @public

; What is exported by name.
(export_statement !source (export_clause (export_specifier name: (_) @shows)))
(export_statement value: (identifier) @shows)
(assignment_expression
  left: (member_expression object: (identifier) @_module property: (_) @_exports)
  right: [
    (identifier) @shows
    (object [(shorthand_property_identifier) @shows (pair value: (identifier) @shows)])]
  (#eq? @_module "module") (#eq? @_exports "exports"))
(assignment_expression
  left: (member_expression object: (identifier) @_exports)
  right: (identifier) @shows
  (#eq? @_exports "exports"))
(assignment_expression
  left: (member_expression object: (member_expression) @_exports)
  right: (identifier) @shows
  (#eq? @_exports "module.exports"))
(variable_declarator
  name: (identifier) @shows
  value: (assignment_expression left: [(identifier) (member_expression)] @_exports)
  (#any-of? @_exports "exports" "module.exports"))

; `exports.name = function () {}`, `module.exports.name = ...`
(program (expression_statement
  (assignment_expression
    left: (member_expression object: (_) @_exports property: (property_identifier) @name)
    right: [
      (function_expression parameters: (_) @parameters body: (_) @body)
      (arrow_function parameters: (_) @parameters body: (_) @body)]) @function @public) @outer
  (#any-of? @_exports "exports" "module.exports"))
(program (expression_statement
  (assignment_expression
    left: (member_expression object: (_) @_exports property: (property_identifier) @name)
    right: [(number) (string) (template_string) (true) (false) (null) (object) (array)] @value) @constant @public) @outer
  (#any-of? @_exports "exports" "module.exports"))

; `module.exports = function name () {}`
(program (expression_statement
  (assignment_expression
    left: (member_expression) @_exports
    right: (function_expression name: (_) @name parameters: (_) @parameters body: (_) @body)) @function @public) @outer
  (#eq? @_exports "module.exports"))
(program (expression_statement
  (assignment_expression
    left: (member_expression) @_exports
    right: (class name: (_) @name body: (_) @body)) @class @public) @outer
  (#eq? @_exports "module.exports"))

; `Owner.prototype.name = function () {}`, `owner.name = function () {}`
(program (expression_statement
  (assignment_expression
    left: (member_expression
      object: (member_expression object: (identifier) @owner property: (_) @_prototype)
      property: (property_identifier) @name)
    right: (function_expression parameters: (_) @parameters body: (_) @body)) @function) @outer
  (#eq? @_prototype "prototype"))
(program (expression_statement
  (assignment_expression
    left: (member_expression object: (identifier) @owner property: (property_identifier) @name)
    right: [
      (function_expression parameters: (_) @parameters body: (_) @body)
      (assignment_expression right: (function_expression parameters: (_) @parameters body: (_) @body))
    ]) @function) @outer
  (#not-match? @owner "^(exports|module)$"))
