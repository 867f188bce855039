(mod_item (visibility_modifier)? @visibility name: (_) @path !body) @mod
(use_declaration (visibility_modifier)? @visibility argument: (_) @path)
