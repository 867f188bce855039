; What methods raise. Whom they call their text does not decide: any class may be opened again.
(method name: (_) @name) @function
(singleton_method name: (_) @name) @function
[(method) (singleton_method) (block) (do_block) (lambda) (class) (module)] @own
(call !receiver method: (identifier) @_raise arguments: (argument_list . (constant) @raise)
  (#any-of? @_raise "raise" "fail"))
(call !receiver method: (identifier) @_raise
  arguments: (argument_list . (call receiver: (constant) @raise method: (identifier) @_new) .)
  (#any-of? @_raise "raise" "fail") (#eq? @_new "new"))
(begin (rescue)) @guard
(body_statement (rescue)) @guard
(rescue_modifier body: (_) @guard)
