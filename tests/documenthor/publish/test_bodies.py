"""What a body may say, as tables: none of the hostile ones is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documenthor.publish.hostile import BODIES
from tests.documenthor.publish.support import block, decided

if TYPE_CHECKING:
    from tests.documenthor.forge.support import Place


@pytest.mark.parametrize(
    ("gate", "body"), [(gate, body) for gate, bodies in BODIES.items() for body in bodies]
)
def test_hostile_bodies_are_rejected(place: Place, gate: str, body: str) -> None:
    before = place.refs()
    assert decided(place, block(body=body)) == f"rejected({gate})"
    assert place.refs() == before


@pytest.mark.parametrize(
    "body",
    [
        "# Title\n\nText with `<b>` in code, `@decorator` too.\n\n```html\n<script>x</script>\n@ada\n```",
        "[a](docs/x.md) [b](#usage) [c](https://docs.python.org/3/x?y=z#w) [d](./a.py) [e](docs/../a.py#L3)",
        "![diagram](docs/a.png)",
        "See https://docs.python.org/3/, `http://example.org`, [@ada](docs/x.md) and `ada@example.org`.",
        "(https://docs.python.org/3/library/os.html#os.environ). <https://peps.python.org/pep-0008/>",
        "a < b, a > b, a &lt; b &amp; c, `a`, *b*, **c**, ~~d~~, \\<b\\>",
        "| a | b |\n| --- | --- |\n| `x\\|y` | 1 |",
        "```mermaid\ngraph TD\n  A[one<br/>two] --> B\n  B <--> C\n```",
        (
            "commit `54bbf29239bf9300cde9ca8cbb23a313d011d4c61f8a1a59051f7d3bdfa43765`, "
            "sha1 `92c20743465c855f30604849b9e5271e7713f222`, uuid `123e4567-e89b-12d3-a456-426614174000`"
        ),
        "`DATABASE_URL` (default `sqlite:///x.db`), `PASSWORD=changeme`, `api_key: str = ''`",
        "`postgresql://scott:tiger@localhost/x`, `mysql://u:p@db:3306`, `http://u:p@192.168.0.1`",
        "`https://user:pass@www.example.com:443/`, `redis://:secret@cache.test`, `x://<user>:<pass>@<host>`",
        "Gr\u00fc\u00dfe, \u4e16\u754c, \u2764\ufe0f, caf\u00e9",
        "windows\r\nlines",
        "1. one\n   - two\n     - three\n\n> quote\n\n---\n\nend",
    ],
)
def test_honest_bodies_pass(place: Place, body: str) -> None:
    assert decided(place, block(body=body)) == "publish"
