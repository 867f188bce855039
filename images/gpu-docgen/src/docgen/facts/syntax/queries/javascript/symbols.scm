; inherits: ecmascript
(decorator) @cut
(class_body
  (field_definition
    property: [(property_identifier) (private_property_identifier)] @name
    value: (_)? @value) @field)
