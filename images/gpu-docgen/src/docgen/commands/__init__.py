"""The commands, without their command lines."""
