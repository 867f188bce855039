; process.env.NAME, process.env["NAME"], "NAME" in process.env, const { NAME = "x" } = process.env
((member_expression
  object: (member_expression object: [
      (identifier) @_process
      (member_expression object: (identifier) @_global property: (property_identifier) @_process)]
    property: (property_identifier) @_env)
  property: (property_identifier) @name) @read
 (#eq? @_process "process") (#eq? @_env "env") (#eq? @_global "globalThis"))

((subscript_expression
  object: (member_expression object: [
      (identifier) @_process
      (member_expression object: (identifier) @_global property: (property_identifier) @_process)]
    property: (property_identifier) @_env)
  index: [(string . (string_fragment) @name .) (template_string . (string_fragment) @name .)]) @read
 (#eq? @_process "process") (#eq? @_env "env") (#eq? @_global "globalThis"))

((binary_expression
  left: (string . (string_fragment) @name .)
  operator: "in"
  right: (member_expression object: [
      (identifier) @_process
      (member_expression object: (identifier) @_global property: (property_identifier) @_process)]
    property: (property_identifier) @_env)) @read
 (#eq? @_process "process") (#eq? @_env "env") (#eq? @_global "globalThis"))

((variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @name @read
    (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name right: (_) @default) @read
    (pair_pattern key: (property_identifier) @name) @read])
  value: (member_expression object: [
      (identifier) @_process
      (member_expression object: (identifier) @_global property: (property_identifier) @_process)]
    property: (property_identifier) @_env))
 (#eq? @_process "process") (#eq? @_env "env") (#eq? @_global "globalThis"))

; import.meta.env.NAME, without those that the bundler itself sets
((member_expression
  object: (member_expression object: (meta_property) property: (property_identifier) @_env)
  property: (property_identifier) @name) @read
 (#eq? @_env "env") (#not-match? @name "^(BASE_URL|DEV|LEGACY|MODE|PROD|SSR)$"))

(binary_expression left: (_) @read operator: ["||" "??"] right: [(string) (number) (true) (false)] @default)

(assignment_expression left: (_) @written)
(unary_expression operator: "delete" argument: (_) @written)
