"""A repository whose pull requests are looked at."""

from tests.documenthor.publish.conftest import place, root

__all__ = ["place", "root"]
