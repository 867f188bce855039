"""A Kubernetes API server over real HTTP: pods, Secrets and events in memory, and who may do what."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from types import TracebackType

_PATH = re.compile(r"/api/v1/namespaces/([^/]+)/(pods|secrets|events)(?:/([^/]+))?")
_LABEL = re.compile(r"(!?)([^=!]+)(?:(!?=)(.*))?")
_VERBS = {"POST": "create", "GET": "get", "DELETE": "delete", "PATCH": "patch"}


@dataclass
class FakeKubernetes:
    """Runs while it is entered; `objects` is what it holds, `denied` holds verbs as `create secrets`.

    `quota` is how many pods may be there that have not ended; `refusal` is what it says of one more pod
    in any case.
    """

    objects: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)
    called: list[str] = field(default_factory=list)
    quota: int | None = None
    refusal: str = ""

    def __enter__(self) -> Self:
        """Start on a free port of the loopback interface."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def of(self, kind: str) -> list[dict[str, Any]]:
        """All objects of a kind (`pods`, `secrets`)."""
        return [held for (of, _), held in self.objects.items() if of == kind]

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the body of an answer."""
        parts = urlsplit(path)
        match = _PATH.fullmatch(parts.path)
        if match is None:
            return 404, _status("NotFound", 404)
        namespace, kind, name = match.groups()
        verb = _VERBS[method] if name or method == "POST" else "list"
        self.called.append(f"{verb} {kind}")
        if f"{verb} {kind}" in self.denied:
            return 403, _status("Forbidden", 403)
        if verb == "list":
            (labels,) = parse_qs(parts.query).get("labelSelector", [""])
            (fields,) = parse_qs(parts.query).get("fieldSelector", [""])
            items = [held for held in self.of(kind) if _selected(held, labels) and _about(held, fields)]
            return 200, {"kind": "List", "items": items}
        if verb == "create":
            return self._create(namespace, kind, body)
        if (kind, name) not in self.objects:
            return 404, _status("NotFound", 404)
        if verb == "patch":
            self.objects[kind, name]["metadata"].setdefault("labels", {}).update(body["metadata"]["labels"])
        if verb != "delete":
            return 200, self.objects[kind, name]
        gone = self._delete(kind, name)
        # Of what was deleted a cluster repeats pods alone.
        return 200, gone if kind == "pods" else {"kind": "Status", "apiVersion": "v1", "status": "Success"}

    def _create(self, namespace: str, kind: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        name = body["metadata"]["name"]
        if (kind, name) in self.objects:
            return 409, _status("AlreadyExists", 409)
        if kind == "pods" and (refusal := self.refusal or self._over_quota()):
            return 403, _status("Forbidden", 403) | {"message": f'pods "{name}" is forbidden: {refusal}'}
        metadata = {**body["metadata"], "namespace": namespace, "uid": f"uid-of-{name}"}
        self.objects[kind, name] = {**body, "metadata": metadata}
        return 201, self.objects[kind, name]

    def _over_quota(self) -> str:
        phases = [pod.get("status", {}).get("phase") for pod in self.of("pods")]
        used = sum(1 for phase in phases if phase not in {"Succeeded", "Failed"})
        is_full = self.quota is not None and used >= self.quota
        return f"exceeded quota: jobs, requested: pods=1, used: pods={used}" if is_full else ""

    def _delete(self, kind: str, name: str) -> dict[str, Any]:
        """Delete it with all that it owns, as the garbage collector does."""
        gone = self.objects.pop((kind, name))
        uid = gone["metadata"]["uid"]
        for key, held in list(self.objects.items()):
            if any(owner["uid"] == uid for owner in held["metadata"].get("ownerReferences", ())):
                del self.objects[key]
        return gone


def _selected(held: dict[str, Any], selector: str) -> bool:
    """Whether its labels fit: `a=b`, `a!=b`, `a`, `!a`."""
    labels = held["metadata"].get("labels", {})
    for wanted in filter(None, selector.split(",")):
        match = _LABEL.fullmatch(wanted)
        if match is None:
            raise AssertionError(f"the fake does not know the selector {wanted!r}")
        absent, name, operator, value = match.groups()
        fits = name in labels if operator is None else labels.get(name) == value
        if fits is bool(absent or operator == "!="):
            return False
    return True


def _about(held: dict[str, Any], selector: str) -> bool:
    """Whether the event is about the object that the selector names."""
    wanted = dict(each.split("=") for each in filter(None, selector.split(",")))
    about = held.get("involvedObject", {})
    return all(about.get(key.removeprefix("involvedObject.")) == value for key, value in wanted.items())


def _status(reason: str, code: int) -> dict[str, Any]:
    return {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": code}


def _handler(owner: FakeKubernetes) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # Connections stay open, so that an answer that nobody reads spoils the next call.
        protocol_version = "HTTP/1.1"
        # Without waiting for more, each answer is one packet.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve()

        do_POST = do_DELETE = do_PATCH = do_GET  # noqa: N815 - the base class looks for these names

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            status, answer = owner.answer(self.command, self.path, body)
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            del format, args

    return Handler
