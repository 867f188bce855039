(mod_item (visibility_modifier)? @visibility name: (_) @path !body) @mod
(use_declaration (visibility_modifier)? @visibility argument: (_) @path)
((attribute_item) @_hidden . (attribute_item)? . (mod_item body: (declaration_list
  (use_declaration argument: (_) @hidden))) (#match? @_hidden "^#.doc.hidden..$"))
