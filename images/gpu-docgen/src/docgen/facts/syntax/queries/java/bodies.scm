; What methods throw. Whom they call their text does not decide: a subclass may define the method anew.
(method_declaration name: (identifier) @name) @function
(constructor_declaration name: (identifier) @name) @function
[(method_declaration) (constructor_declaration) (lambda_expression)] @own
(throw_statement (object_creation_expression type: (type_identifier) @raise))
(try_statement body: (_) @guard)
(try_with_resources_statement body: (_) @guard)
