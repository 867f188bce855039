"""GitHub as a forge: discovery, and publishing that happens exactly once."""
