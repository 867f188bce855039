[(line_comment) (block_comment)] @comment
(ERROR) @error
(MISSING) @error
[(attribute_item) (inner_attribute_item)] @cut
(closure_expression) @local
; Code that is there for tests only, and what a macro makes of its arguments.
((attribute_item (attribute (identifier) @_cfg arguments: (_) @_test)) . (mod_item) @local
  (#eq? @_cfg "cfg") (#eq? @_test "(test)"))
(macro_invocation) @local

(mod_item (visibility_modifier)? @visibility name: (_) @name body: (_)) @scope
(impl_item !trait type: [
  (type_identifier) @owner
  (generic_type type: (type_identifier) @owner)] body: (_)) @impl
(impl_item trait: (_)) @local

(function_item (visibility_modifier)? @visibility name: (_) @name parameters: (_) @parameters body: (_) @body) @function
(function_signature_item (visibility_modifier)? @visibility name: (_) @name parameters: (_) @parameters) @function
(struct_item (visibility_modifier)? @visibility name: (_) @name) @struct
(struct_item body: (field_declaration_list) @body) @struct
(union_item (visibility_modifier)? @visibility name: (_) @name body: (_) @body) @struct
(enum_item (visibility_modifier)? @visibility name: (_) @name body: (_) @body) @enum
(trait_item (visibility_modifier)? @visibility name: (_) @name body: (_) @body) @trait
(type_item (visibility_modifier)? @visibility name: (_) @name) @type
(associated_type name: (_) @name) @field
(const_item (visibility_modifier)? @visibility name: (_) @name value: (_)? @value) @constant
(static_item (visibility_modifier)? @visibility name: (_) @name value: (_)? @value) @constant
(field_declaration_list (field_declaration (visibility_modifier)? @visibility name: (_) @name) @field)
(enum_variant name: (_) @name) @constant

(macro_definition name: (_) @name @keyword) @function
((attribute_item (attribute (identifier) @_export)) @public
  . (attribute_item)? . (attribute_item)? . (macro_definition) @function
  (#eq? @_export "macro_export"))
; What rustdoc does not show either.
((attribute_item) @_hidden . (attribute_item)? . (function_item) @function @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (struct_item) @struct @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (enum_item) @enum @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (trait_item) @trait @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (type_item) @type @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (const_item) @constant @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (macro_definition) @function @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (mod_item) @scope @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (enum_variant) @constant @hidden (#match? @_hidden "^#.doc.hidden..$"))
((attribute_item) @_hidden . (attribute_item)? . (field_declaration) @field @hidden (#match? @_hidden "^#.doc.hidden..$"))
