"""The command `documenthor`. Each group of commands has a file of its own, listed in `groups`."""

from documenthor.cli.program import main

__all__ = ["main"]
