"""What is wrong with a file that is to take a block."""

from __future__ import annotations


class MarkerError(ValueError):
    """A file whose markers do not pair up or that has no place for a block, or a body with a marker."""
