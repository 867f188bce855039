; What methods throw. Whom they call their text does not decide: a subclass may define the method anew.
(method_declaration name: (identifier) @name) @function
(constructor_declaration name: (identifier) @name) @function
[
  (method_declaration) (constructor_declaration) (local_function_statement) (lambda_expression)
  (anonymous_method_expression)
] @own
[
  (throw_statement (object_creation_expression type: (identifier) @raise))
  (throw_expression (object_creation_expression type: (identifier) @raise))
]
(try_statement body: (_) @guard)
