; What JavaScript and TypeScript share. The captures are explained in ../README.md.
(comment) @comment
(ERROR) @error
(MISSING) @error

[(arrow_function) (function_expression) (generator_function) (object)] @local

; What an object holds; only objects that are exported or belong to something are looked into, see below.
(object (method_definition
  name: (property_identifier) @name parameters: (_) @parameters body: (_) @body) @function)
(object (pair key: (property_identifier) @name value: (_) @value) @field (#not-match? @value "^require\\b"))
(object (pair key: (property_identifier) @name value: [
  (arrow_function parameters: (_) @parameters body: (_) @body)
  (arrow_function parameter: (_) @parameters body: (_) @body)
  (generator_function parameters: (_) @parameters body: (_) @body)
  (function_expression parameters: (_) @parameters body: (_) @body)]) @function)
(object (pair key: (property_identifier) @name value: (identifier) @means) @field)
(object (shorthand_property_identifier) @name @means @field)

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
  (arrow_function parameter: (_) @parameters body: (_) @body)
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

; `const name = {}`, also on the way to `module.exports`
(program (_ (variable_declarator value: (object) @value @members) @constant))
(program (_ (variable_declarator value: (assignment_expression right: (object) @value @members)) @constant))
(program (_ (variable_declarator
  value: (assignment_expression right: (assignment_expression right: (object) @value @members))) @constant))
(export_statement declaration: (_ (variable_declarator value: (object) @value @members) @constant))
; `export default {}`, `module.exports = {}`, `exports = module.exports = {}`
(export_statement "default" @name value: (object) @value @members @constant) @outer @public
(program (expression_statement (assignment_expression left: (_) @_exports right: (object) @members @public))
  (#any-of? @_exports "exports" "module.exports"))
(program (expression_statement (assignment_expression
  left: (_) @_exports right: (assignment_expression right: (object) @members @public)))
  (#any-of? @_exports "exports" "module.exports"))
; `Owner.prototype = {}`, `Object.assign(Owner.prototype, {})`
(program (expression_statement (assignment_expression
  left: (member_expression object: (identifier) @owner property: (_) @_prototype)
  right: (object) @members)) (#eq? @_prototype "prototype"))
(program (expression_statement (call_expression function: (_) @_assign arguments: (arguments .
  (member_expression object: (identifier) @owner property: (_) @_prototype) . (object) @members .)))
  (#eq? @_assign "Object.assign") (#eq? @_prototype "prototype"))

; What is exported by name.
(export_statement !source (export_clause (export_specifier name: _ @shows)))
(export_statement value: (identifier) @shows)
(assignment_expression
  left: (member_expression object: (identifier) @_module property: (_) @_exports)
  right: (identifier) @shows
  (#eq? @_module "module") (#eq? @_exports "exports"))
(expression_statement (assignment_expression
  left: (_) @_exports
  right: (object [(shorthand_property_identifier) @shows (pair value: (identifier) @shows)]))
  (#any-of? @_exports "exports" "module.exports"))
(expression_statement (assignment_expression
  left: (_) @_exports
  right: (assignment_expression
    right: (object [(shorthand_property_identifier) @shows (pair value: (identifier) @shows)])))
  (#any-of? @_exports "exports" "module.exports"))
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

; `Owner.prototype.name = function () {}`, `owner.name = function () {}`, `owner.a = owner.b = value`
(program (expression_statement
  (assignment_expression
    left: (member_expression
      object: [(identifier) @owner (member_expression object: (identifier) @owner property: (_) @_prototype)]
      property: (property_identifier) @name)
    right: (_) @value) @field) @outer
  (#eq? @_prototype "prototype") (#not-match? @owner "^(exports|module)$") (#not-eq? @name "prototype"))
(program (expression_statement
  (assignment_expression
    left: (member_expression
      object: [(identifier) @owner (member_expression object: (identifier) @owner property: (_) @_prototype)]
      property: (property_identifier))
    right: [
      (arrow_function parameters: (_) @parameters body: (_) @body)
      (arrow_function parameter: (_) @parameters body: (_) @body)
      (generator_function parameters: (_) @parameters body: (_) @body)
      (function_expression parameters: (_) @parameters body: (_) @body)
    ]) @function)
  (#eq? @_prototype "prototype") (#not-match? @owner "^(exports|module)$"))
(program (expression_statement
  (assignment_expression
    left: (member_expression
      object: [(identifier) @owner (member_expression object: (identifier) @owner property: (_) @_prototype)]
      property: (property_identifier))
    right: (assignment_expression
      left: (member_expression property: (property_identifier) @name)
      right: [
        (arrow_function parameters: (_) @parameters body: (_) @body)
        (function_expression parameters: (_) @parameters body: (_) @body)])) @function)
  (#eq? @_prototype "prototype") (#not-match? @owner "^(exports|module)$"))
