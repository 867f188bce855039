; inherits: ecmascript
(formal_parameters [(required_parameter pattern: (identifier) @bound) (optional_parameter pattern: (identifier) @bound)])
