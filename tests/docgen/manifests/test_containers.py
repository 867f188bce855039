"""Ports: those written as numbers, where a container file declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.manifests.support import facts_of

if TYPE_CHECKING:
    from pathlib import Path

_DOCKERFILE = """FROM x
# EXPOSE 1
EXPOSE 80/tcp 443
EXPOSE $PORT 8000-8010 99999 0
RUN <<EOF
EXPOSE 9
EOF
RUN echo "EXPOSE 7"
"""
_COMPOSE = """services:
  web:
    ports:
      - "8080:80"
      - 127.0.0.1:5000:50
      - 22:22
      - 9000
      - "${PORT}:1"
      - "3000-3005"
      # - "1:1"
      - target: 70
        published: "7070"
  db:
    expose: ["5432"]
    ports: *nothing
"""


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("Dockerfile", _DOCKERFILE, [(80, "EXPOSE 80/tcp 443", 3), (443, "EXPOSE 80/tcp 443", 3)]),
        ("app/web.Dockerfile", "EXPOSE 80", [(80, "EXPOSE 80", 1)]),
        ("Dockerfile.md", "EXPOSE 80 is how to expose a port.", []),
        ("notes.txt", _DOCKERFILE, []),
        ("tests/Dockerfile", _DOCKERFILE, []),
        (
            "compose.yaml",
            _COMPOSE.replace("    ports: *nothing\n", ""),
            [
                (8080, "8080:80", 4),
                (5000, "127.0.0.1:5000:50", 5),
                (22, "22:22", 6),
                (9000, "9000", 7),
                (7070, 'published: "7070"', 11),
            ],
        ),
        ("docker-compose.dev.yml", "services: {a: {ports: ['1:2']}}", [(1, "1:2", 1)]),
        ("compose.yaml", _COMPOSE, []),  # an alias of nothing: no YAML
        ("decompose.yaml", _COMPOSE, []),
    ],
)
def test_ports(tmp_path: Path, path: str, text: str, expected: list[tuple[int, str, int]]) -> None:
    found = facts_of(tmp_path, {path: text}).ports
    assert [(port.number, port.says, port.place.line) for port in found] == expected
