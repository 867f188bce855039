((method_invocation
  object: (identifier) @_system name: (identifier) @_getenv
  arguments: (argument_list . (string_literal . (string_fragment) @name .) .)) @read
 (#eq? @_system "System") (#eq? @_getenv "getenv"))

((method_invocation
  object: (method_invocation object: (identifier) @_system name: (identifier) @_getenv)
  name: (identifier) @_get
  arguments: (argument_list . (string_literal . (string_fragment) @name .) . (_)? @default .)) @read
 (#eq? @_system "System") (#eq? @_getenv "getenv") (#any-of? @_get "get" "getOrDefault" "containsKey"))
