(using_directive !name [(qualified_name) (identifier)] @path)
(using_directive name: (_) [(qualified_name) (identifier)] @path .)
(identifier) @used
