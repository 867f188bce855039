"""Where the routers of a file are mounted: all that stands before the paths of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# More places than a page would tell of, and deeper than anybody mounts routers.
_MAX_PLACES = 16
_MAX_DEPTH = 40
_END = "\n"


def written(router: str) -> str:
    """What a trail says of a router itself."""
    return f"{router}{_END}"


def behind(trail: str, path: str, join: Callable[[str, str], str]) -> str:
    """What a trail says of what is reached from there by `path`."""
    router, _, before = trail.partition(_END)
    return f"{router}{_END}{join(before, path)}"


class Places:
    """The mounts of routers; `join` puts a path behind a prefix."""

    def __init__(self, join: Callable[[str, str], str]) -> None:
        self._join = join
        self._mounts: dict[str, list[tuple[str | None, str | None]]] = {}
        self._known: dict[str, tuple[str, ...]] = {}

    def mount(self, router: str, owner: str | None, prefix: str | None) -> None:
        """Say where a router is mounted, both as their trails say; None for what is not certain."""
        self._mounts.setdefault(router.partition(_END)[0], []).append((owner, prefix))

    def of(self, trail: str | None, depth: int = _MAX_DEPTH) -> tuple[str, ...]:
        """The whole path at every place it is mounted at; none where one of them is not certain."""
        if trail is None or not depth:
            return ()
        router, _, path = trail.partition(_END)
        if router not in self._known:
            self._known[router] = ()  # until it is known: a router may be mounted on itself
            self._known[router] = self._prefixes(router, depth - 1)
        return tuple(self._join(before, path) for before in self._known[router])

    def _prefixes(self, router: str, depth: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for owner, prefix in self._mounts.get(router, ()):
            outer = self.of(owner, depth) if prefix is not None else ()
            found.update(dict.fromkeys(self._join(before, prefix or "") for before in outer))
            if not outer or len(found) > _MAX_PLACES:
                return ()
        return tuple(found) if router in self._mounts else ("",)
