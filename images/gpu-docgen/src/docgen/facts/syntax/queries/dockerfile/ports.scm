(expose_instruction (expose_port) @port)
