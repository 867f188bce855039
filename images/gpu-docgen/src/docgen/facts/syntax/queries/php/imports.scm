(namespace_use_declaration !body (namespace_use_clause [(qualified_name) (name)] @path))
(namespace_use_declaration
  (namespace_name) @prefix
  body: (namespace_use_group (namespace_use_clause . [(qualified_name) (name)] @path)))
(require_expression
  (binary_expression left: (name) @_dir right: [
    (string (string_content) @file)
    (encapsed_string . (string_content) @file .)])
  (#eq? @_dir "__DIR__"))
(require_once_expression
  (binary_expression left: (name) @_dir right: [
    (string (string_content) @file)
    (encapsed_string . (string_content) @file .)])
  (#eq? @_dir "__DIR__"))
(include_expression
  (binary_expression left: (name) @_dir right: [
    (string (string_content) @file)
    (encapsed_string . (string_content) @file .)])
  (#eq? @_dir "__DIR__"))
(include_once_expression
  (binary_expression left: (name) @_dir right: [
    (string (string_content) @file)
    (encapsed_string . (string_content) @file .)])
  (#eq? @_dir "__DIR__"))
