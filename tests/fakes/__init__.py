"""Stand-ins for outside systems, each with state of its own."""
