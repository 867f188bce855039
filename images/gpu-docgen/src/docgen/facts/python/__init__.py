"""Python by its own `ast`: parsed, never imported or run."""
