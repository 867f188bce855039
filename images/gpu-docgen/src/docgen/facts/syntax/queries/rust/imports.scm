(mod_item name: (_) @path !body) @mod
(use_declaration argument: (_) @path)
