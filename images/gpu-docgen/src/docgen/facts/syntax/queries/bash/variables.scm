; Only a name that the script gives a default to, or insists on, is certain to come from outside.
((expansion . (variable_name) @name operator: [":-" "-" ":=" "=" ":?" "?"]) @read
 (#match? @name "^[A-Z][A-Z0-9_]*$")
 (#not-match? @name "^(BASH|ZSH|KSH)(_|$)")
 (#not-match? @name "^(COLUMNS|DIRSTACK|EUID|FUNCNAME|GROUPS|HOSTNAME|HOSTTYPE|IFS|LINENO|LINES|MACHTYPE|OLDPWD)$")
 (#not-match? @name "^(OPTARG|OPTIND|OSTYPE|PIPESTATUS|PPID|PWD|RANDOM|REPLY|SECONDS|SHLVL|UID)$"))
((expansion . (variable_name) operator: [":-" "-" ":=" "="] . (_) @default .) @read)

; A name that is given another value somewhere is the script's own, unless it only completes itself.
(variable_assignment name: (variable_name) @local)
((variable_assignment name: (variable_name) @own value: [
    (expansion . (variable_name) @_same) (string . (expansion . (variable_name) @_same) .)])
 (#eq? @own @_same))
(for_statement variable: (variable_name) @local)
(declaration_command ["local" "declare" "typeset"] (variable_name) @local)
((command name: (command_name (word) @_reads) argument: (word) @local)
 (#any-of? @_reads "read" "mapfile" "readarray" "getopts"))
