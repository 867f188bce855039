(call
  !receiver
  method: (identifier) @_verb
  arguments: (argument_list . (string . (string_content) @path .))
  (#eq? @_verb "require_relative"))
(call
  !receiver
  method: (identifier) @_verb
  arguments: (argument_list . (string . (string_content) @path .)) @all
  (#any-of? @_verb "require" "load"))
(call
  !receiver
  method: (identifier) @_verb
  arguments: (argument_list . (simple_symbol) . (string . (string_content) @path .)) @all
  (#eq? @_verb "autoload"))
