; express(), express.Router(), new Router(), require("express")()
((call_expression function: (identifier) @_express) @router (#any-of? @_express "express" "Router"))
((call_expression function: (member_expression object: (identifier) @_express property: (property_identifier) @_router))
 @router
 (#eq? @_express "express") (#eq? @_router "Router"))
((call_expression function: (call_expression function: (identifier) @_require
  arguments: (arguments . (string (string_fragment) @_library)))) @router
 (#eq? @_require "require") (#eq? @_library "express"))
((new_expression constructor: (identifier) @_router) @router (#eq? @_router "Router"))

; a path alone is not enough: app.get("name") reads a setting
((call_expression
  function: (member_expression property: (property_identifier) @_verb)
  arguments: (arguments (_))) @declared
 (#any-of? @_verb "all" "delete" "get" "head" "options" "patch" "post" "put"))

; app.use("/prefix", guard, router)
((call_expression
  function: (member_expression property: (property_identifier) @_use)
  arguments: (arguments (_))) @mount
 (#eq? @_use "use"))
