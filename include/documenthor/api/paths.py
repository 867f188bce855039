"""`ExactPaths`: answers at exact outside paths although Airflow mounts plugins under a prefix only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_OURS = ("/api", "/.well-known")
_AIRFLOW = "/api/v2"


class ExactPaths:
    """ASGI middleware that sends `/api/...` and `/.well-known/...` to the app mounted at `prefix`.

    Airflow keeps `/api/v2`. All else below the two is ours, so that a wrong path gets our 404
    and never a page of the user interface.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, at its inside path if it is ours."""
        if scope["type"] == "http":
            scope = self._aliased(scope)
        await self.app(scope, receive, send)

    def _aliased(self, scope: Scope) -> Scope:
        root = scope.get("root_path", "")
        path = _below(root, scope["path"])
        if not is_ours(path):
            return scope
        # With the root put in front even if a proxy has cut it off: mounts only match below it.
        aliased = {**scope, "path": root + self.prefix + path}
        if scope.get("raw_path") is not None:
            raw_root = quote(root)
            raw_path = _below(raw_root, scope["raw_path"].decode("latin-1"))
            aliased["raw_path"] = (raw_root + self.prefix + raw_path).encode("latin-1")
        return aliased


def _below(root: str, path: str) -> str:
    return path[len(root) :] if _is_below(root, path) else path


def _is_below(root: str, path: str) -> bool:
    return path == root or path.startswith(f"{root}/")


def is_ours(path: str) -> bool:
    """Whether the app answers at this outside path."""
    return any(_is_below(root, path) for root in _OURS) and not _is_below(_AIRFLOW, path)
