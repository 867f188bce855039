((function_call_expression
  function: [(name) (qualified_name)] @_getenv
  arguments: (arguments . (argument [
    (string . (string_content) @name .) (encapsed_string . (string_content) @name .)]))) @read
 (#any-of? @_getenv "getenv" "\\getenv"))

((subscript_expression (variable_name (name) @_env) [
    (string . (string_content) @name .) (encapsed_string . (string_content) @name .)]) @read
 (#eq? @_env "_ENV"))

; What a server tells of its request is in the same variable, under names of its own.
((subscript_expression (variable_name (name) @_server) [
    (string . (string_content) @name .) (encapsed_string . (string_content) @name .)]) @read
 (#eq? @_server "_SERVER") (#match? @name "^[A-Z][A-Z0-9_]*$")
 (#not-match? @name "^(HTTPS$|PHP_|HTTP_|REQUEST_|SERVER_|SCRIPT_|REMOTE_|REDIRECT_|SSL_|CONTENT_|QUERY_|DOCUMENT_|GATEWAY_|AUTH_|PATH_(INFO|TRANSLATED)|ORIG_|UNENCODED_URL|UNIQUE_ID|X_|CONTEXT_|FCGI_|H2)"))

; env("NAME", "x") and Env::get("NAME", "x") of frameworks; a method getEnv("NAME") of the project's own
((function_call_expression
  function: (name) @_env
  arguments: (arguments
    . (argument [(string . (string_content) @name .) (encapsed_string . (string_content) @name .)])
    . (argument [(string) (encapsed_string) (integer) (boolean)] @default)?)) @read
 (#eq? @_env "env") (#match? @name "^[A-Z][A-Z0-9_]*$"))

((scoped_call_expression
  scope: (name) @_env name: (name) @_get
  arguments: (arguments
    . (argument [(string . (string_content) @name .) (encapsed_string . (string_content) @name .)])
    . (argument [(string) (encapsed_string) (integer) (boolean)] @default)?)) @read
 (#eq? @_env "Env") (#eq? @_get "get") (#match? @name "^[A-Z][A-Z0-9_]*$"))

([(scoped_call_expression name: (name) @_get
    arguments: (arguments . (argument [(string . (string_content) @name .) (encapsed_string . (string_content) @name .)])))
  (member_call_expression name: (name) @_get
    arguments: (arguments . (argument [(string . (string_content) @name .) (encapsed_string . (string_content) @name .)])))] @read
 (#match? @_get "^get[Ee]nv$") (#match? @name "^[A-Z][A-Z0-9_]*$"))

(conditional_expression condition: (_) @read alternative: [(string) (encapsed_string) (integer) (boolean)] @default)
(binary_expression
  left: (_) @read operator: "??"
  right: [(string) (encapsed_string) (integer) (boolean)] @default)

(assignment_expression left: (_) @written)
