; What a gemspec says of its gem: `spec.key = value`, `spec.add_dependency "name", ">= 1"`.
(assignment left: (call receiver: (identifier) method: (identifier) @key) right: (_) @value)
((call receiver: (identifier) method: (identifier) @key arguments: (argument_list) @value)
  (#match? @key "^add_(runtime_|development_)?dependency$"))
