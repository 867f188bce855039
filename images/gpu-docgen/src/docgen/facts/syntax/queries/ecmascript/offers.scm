; What a file names of other files, and what it offers to others. The captures are explained in ../README.md.
(import_statement (import_clause (identifier) @bound @default) source: (string (string_fragment) @from))
(import_statement (import_clause (namespace_import (identifier) @bound)) source: (string (string_fragment) @from))
(import_statement
  (import_clause (named_imports (import_specifier !alias name: _ @bound @taken)))
  source: (string (string_fragment) @from))
(import_statement
  (import_clause (named_imports (import_specifier name: _ @taken alias: _ @bound)))
  source: (string (string_fragment) @from))
((variable_declarator
  name: [
    (identifier) @bound
    (object_pattern [
      (shorthand_property_identifier_pattern) @bound @taken
      (pair_pattern key: (property_identifier) @taken value: (identifier) @bound)])]
  value: (call_expression
    function: (identifier) @_require arguments: (arguments . (string (string_fragment) @from) .)))
  (#eq? @_require "require"))
((variable_declarator
  name: (identifier) @bound
  value: (member_expression
    object: (call_expression
      function: (identifier) @_require arguments: (arguments . (string (string_fragment) @from) .))
    property: (property_identifier) @taken))
  (#eq? @_require "require"))

; `export { a, b as c }`, `export default a`
(export_statement !source (export_clause (export_specifier !alias name: _ @local @offered)))
(export_statement !source (export_clause (export_specifier name: _ @local alias: _ @offered)))
(export_statement "default" @offered value: (identifier) @local)
(export_statement "default" @offered declaration: (_ name: (_) @local))
; `export { a, b as c } from './d'`, `export * as e from './f'`, `export * from './g'`
(export_statement
  (export_clause (export_specifier !alias name: _ @taken @offered)) source: (string (string_fragment) @from))
(export_statement
  (export_clause (export_specifier name: _ @taken alias: _ @offered)) source: (string (string_fragment) @from))
(export_statement (namespace_export (_) @offered) source: (string (string_fragment) @from))
(export_statement "*" source: (string (string_fragment) @from)) @all

; `exports.a = b`, `exports.a = require('./c')`, `exports.a = require('./c').d`
(assignment_expression
  left: (member_expression object: (_) @_exports property: (property_identifier) @offered)
  right: (identifier) @local
  (#any-of? @_exports "exports" "module.exports"))
(assignment_expression
  left: (member_expression object: (_) @_exports property: (property_identifier) @offered)
  right: [
    (call_expression
      function: (identifier) @_require arguments: (arguments . (string (string_fragment) @from) .))
    (member_expression
      object: (call_expression
        function: (identifier) @_require arguments: (arguments . (string (string_fragment) @from) .))
      property: (property_identifier) @taken)]
  (#any-of? @_exports "exports" "module.exports") (#eq? @_require "require"))
; `module.exports = a`, `module.exports = require('./b')`
(assignment_expression left: (_) @_exports right: (identifier) @local (#eq? @_exports "module.exports")) @all
(assignment_expression
  left: (_) @_exports
  right: (call_expression
    function: (identifier) @_require arguments: (arguments . (string (string_fragment) @from) .))
  (#eq? @_exports "module.exports") (#eq? @_require "require")) @all
; `module.exports = { a, b: c, d: require('./e') }`
(assignment_expression
  left: (_) @_exports
  right: (object [
    (shorthand_property_identifier) @local @offered
    (pair key: (property_identifier) @offered value: (identifier) @local)])
  (#eq? @_exports "module.exports"))
(assignment_expression
  left: (_) @_exports
  right: (object (pair
    key: (property_identifier) @offered
    value: (call_expression
      function: (identifier) @_require arguments: (arguments . (string (string_fragment) @from) .))))
  (#eq? @_exports "module.exports") (#eq? @_require "require"))

; What hangs on something that may be offered: `a.b = c`, `const a = { b: c }`, `export default { b: c }`
(assignment_expression
  left: (member_expression object: (identifier) @holder property: (property_identifier) @offered)
  right: (identifier) @local
  (#not-match? @holder "^(exports|module)$"))
(variable_declarator
  name: (identifier) @holder
  value: (object [
    (shorthand_property_identifier) @local @offered
    (pair key: (property_identifier) @offered value: (identifier) @local)]))
(export_statement "default" @holder value: (object [
  (shorthand_property_identifier) @local @offered
  (pair key: (property_identifier) @offered value: (identifier) @local)]))
