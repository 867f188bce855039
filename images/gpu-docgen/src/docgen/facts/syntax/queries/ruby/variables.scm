((element_reference object: (constant) @_env . (string . (string_content) @name .) .) @read (#eq? @_env "ENV"))

((call receiver: (constant) @_env method: (identifier) @_method
  arguments: (argument_list . (string . (string_content) @name .) . (_)? @default .)
  block: (block body: (block_body . [(string) (integer) (true) (false)] @default .))?) @read
 (#eq? @_env "ENV") (#any-of? @_method "fetch" "key?" "has_key?" "include?"))

(binary left: (_) @read operator: "||" right: [(string) (integer) (true) (false)] @default)
(operator_assignment left: (_) @read operator: "||=" right: [(string) (integer)] @default)

(assignment left: (_) @written)
