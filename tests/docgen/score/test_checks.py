"""One sentence, one verdict: what is found to be wrong, and that the same said rightly is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.score.support import scored, world_of
from tests.docgen.support import Files, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.score.world import World

REPOSITORY: Files = {
    "pyproject.toml": (
        '[project]\nname = "relay"\nrequires-python = ">=3.11"\ndependencies = ["httpx>=0.27,<1", "rich"]\n\n'
        '[project.scripts]\nrelay = "relay.cli:main"\n'
    ),
    "Makefile": "test: build ## Run the tests\n\tpytest\n\nbuild:\n\ttrue\n",
    "package.json": (
        '{"name": "relay", "scripts": {"lint": "eslint ."}, "dependencies": {"vary": "~1.1.2"}, '
        '"exports": {"./web/wire": "./web/wire.js"}}'
    ),
    "src/relay/__init__.py": '"""Passes messages on."""\n',
    "src/relay/core.py": (
        '"""The core."""\n\nimport os\n\nfrom relay import wire\n\nLIMIT = 10\n'
        'TIMEOUT = os.environ.get("RELAY_TIMEOUT", "30")\n\n\n'
        'class Relay:\n    """Passes messages from one queue to another."""\n\n'
        "    def send(self, message: str, retries: int = 3, *, loud: bool = False) -> bool:\n"
        '        """Send a message and wait at most five seconds for the answer.\n\n'
        "        The message is dropped if the queue is full and must not be sent again.\n"
        '        """\n        return wire.push(message)\n\n\n'
        "def copy(source: str, target: str) -> None:\n"
        '    """Copy every message from the source queue to the target queue."""\n    Relay().send(source)\n'
    ),
    "src/relay/wire.py": "def push(message):\n    return True\n",
    "src/relay/cli.py": (
        "import argparse\n\n\ndef main() -> None:\n    parser = argparse.ArgumentParser()\n"
        '    parser.add_argument("--quiet", help="say less")\n'
    ),
    "web/server.js": (
        "const wire = require('./wire')\n\napp.get('/health', (req, res) => {})\n\n"
        "function start(port, host = 'localhost') {\n  return wire.push(port)\n}\n"
    ),
    "src/relay/twice.py": "def again(first):\n    pass\n\n\ndef again(second):\n    pass\n",
    "src/relay/never.py": "if False:\n\n    def ghost():\n        pass\n",
    "web/wire.js": "exports.push = function (message) {}\n",
    "web/help.js": "class Help {\n  page(width) {}\n}\nexport default { turn() {} }\n",
}
_AROUND = "# `Relay`\n\n[src/relay/core.py](src/relay/core.py)\n\n## `send`\n\n```python\ndef {}(self)\n```\n"
# Right, wrong, and a word of the reason.
CASES = {
    "path": ("It is in `src/relay/core.py`.", "It is in `src/relay/kern.py`.", "no src/relay/kern.py"),
    "import name": ("Import `relay/web/wire`.", "Import `relay/web/cable`.", "no relay/web/cable"),
    "link": ("See [it](src/relay/wire.py#L2).", "See [it](src/relay/wires.py#L2).", "no src/relay/wires.py"),
    "line": ("See [it](src/relay/wire.py#L2).", "See [it](src/relay/wire.py#L20).", "has 3 lines"),
    "label": ("[relay/wire.py](src/relay/wire.py)", "[relay/core.py](src/relay/wire.py)", "leads to"),
    "anchor": ("# The end\n\n[on](#the-end)", "# The end\n\n[on](#an-end)", "no heading"),
    "member of a builtin's namesake": ("Use `Help.page`.", "Use `Help.sheet`.", "no source has sheet"),
    "member of the default": ("Use `default.turn`.", "Use `default.flip`.", "no source has flip"),
    "member below its class's source": (
        _AROUND.format("send").replace(
            "(self)", "(self, message: str, retries: int = 3, *, loud: bool = False)"
        ),
        _AROUND.format("sent"),
        "no source declares it",
    ),
    "symbol": ("Use `Relay.send`.", "Use `Relay.transmit`.", "no source has transmit"),
    "call": ("Use `send(message, retries=3)`.", "Use `send(message, attempts=3)`.", "src/relay/core.py:14"),
    "order": ("Use `copy(source, target)`.", "Use `copy(target, source)`.", "copy(source: str"),
    "defined again": ("Use `again(second)`.", "Use `again(first)`.", "has again(second)"),
    "never run": ("Use `copy`.", "Use `ghost`.", "no source has ghost"),
    "script": ("`start(port, host)` starts it.", "`start(host, port)` starts it.", "web/server.js:5"),
    "flag": ("Give `--quiet`.", "Give `--silent`.", "no source declares --silent"),
    "variable": ("Set `RELAY_TIMEOUT`.", "Set `RELAY_PATIENCE`.", "RELAY_PATIENCE"),
    "route": ("Ask `GET /health`.", "Ask `GET /wealth`.", "/wealth"),
    "route of a router": ("Ask `GET /wire/health`.", "Ask `GET /dead/health`.", "/dead/health"),
    "make": ("Run `make test`.", "Run `make tests`.", "no target 'tests'"),
    "npm": ("Run `npm run lint`.", "Run `npm run lints`.", "no script 'lints'"),
    "module": ("Run `python -m relay.cli`.", "Run `python -m relay.main`.", "no module relay.main"),
    "program": ("```sh\nrelay --quiet\n```", "```sh\nrelay --fast\n```", "no source declares --fast"),
    "shell": ("```console\n$ make test\nok\n```", "```console\n$ make deploy\nok\n```", "'deploy'"),
    "comment": (
        "```sh\nnpm run lint  # looks it over\n```",
        "```sh\nnpm run lints  # looks it over\n```",
        "'lints'",
    ),
    "install": ("```sh\nnpm install  # what it needs\n```", "```sh\nmake install  # it\n```", "'install'"),
    "tree": (
        "```text\nrelay\n├── Makefile\n├── src\n│   └── relay\n│       └── core.py  # it\n└── web/\n```",
        "```text\nrelay\n├── Makefile\n├── src\n│   └── relay\n│       └── kern.py  # it\n└── web/\n```",
        "no src/relay/kern.py",
    ),
    "tree below a root": (
        "```sh\n└── a-relay/\n    ├── src\n    │   └── relay\n    └── web\n        └── wire.js\n```",
        "```sh\n└── a-relay/\n    ├── src\n    │   └── delay\n    └── web\n        └── wire.js\n```",
        "no src/delay",
    ),
    "version": ("It needs Python >=3.11 to run.", "It needs Python >=3.9 to run.", "no source says so"),
    "constraint": (
        "| A | B |\n| - | - |\n| `vary` | `~1.1.2` |",
        "| A | B |\n| - | - |\n| `vary` | `~1.2.2` |",
        "beside vary",
    ),
    "default in a row": (
        "| A | B | C |\n| - | - | - |\n| `RELAY_TIMEOUT` | `'30'` | [at](src/relay/core.py#L8) |",
        "| A | B | C |\n| - | - | - |\n| `RELAY_TIMEOUT` | `'60'` | [at](src/relay/core.py#L8) |",
        "src/relay/core.py:8 does not show it",
    ),
    "signature": (
        "```python\ndef copy(source: str, target: str) -> None\n```",
        "```python\ndef copy(source: str, goal: str) -> None\n```",
        "has copy(source: str, target: str)",
    ),
    "default": (
        "```python\ndef send(self, message: str, retries: int = 3, *, loud: bool = False) -> bool\n```",
        "```python\ndef send(self, message: str, retries: int = 3, *, loud: bool = True) -> bool\n```",
        "loud: bool = False",
    ),
    "import": (
        '```mermaid\nflowchart LR\n  a["relay.core"]\n  b["relay.wire"]\n  a -->|"imports"| b\n```',
        '```mermaid\nflowchart LR\n  a["relay.core"]\n  b["relay.wire"]\n  b -->|"imports"| a\n```',
        "nothing in relay.wire imports relay.core",
    ),
    "script's import": (
        "```mermaid\nflowchart LR\n  a[web/server.js]\n  b[web/wire.js]\n  a --> b\n```",
        "```mermaid\nflowchart LR\n  a[web/server.js]\n  b[web/wire.js]\n  b --> a\n```",
        "nothing in web/wire.js",
    ),
    "caller": ("`copy` calls `Relay`.", "`push` calls `Relay`.", "push does not mention Relay"),
    "negation": (
        "The message is dropped if the queue is full and must not be sent again.",
        "The message is dropped if the queue is full and must be sent again.",
        "negation changed",
    ),
    "condition": (
        "The message is dropped if the queue is full and must not be sent again.",
        "The message is dropped unless the queue is full and must not be sent again.",
        "condition changed",
    ),
    "unit": (
        "Send a message and wait at most five seconds for the answer.",
        "Send a message and wait at most five minutes for the answer.",
        "unit changed",
    ),
    "number": (
        "Send a message and wait at most five seconds for the answer.",
        "Send a message and wait at most two seconds for the answer.",
        "number changed (five became two)",
    ),
    "other way round": (
        "Copy every message from the source queue to the target queue.",
        "Copy every message from the target queue to the source queue.",
        "changed",
    ),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The repository that the cases are about."""
    folder = tmp_path_factory.mktemp("relay")
    write(folder, REPOSITORY)
    return world_of(folder)


@pytest.mark.parametrize("name", CASES)
def test_what_is_right_holds(world: World, name: str) -> None:
    found = scored(world, {"README.md": CASES[name][0]})
    assert found.findings == ()
    assert found.supported or name == "anchor"


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found_where_it_stands(world: World, name: str) -> None:
    before = "Words before.\n\n"
    found = scored(world, {"README.md": before + CASES[name][1]})
    assert any(CASES[name][2] in finding.why for finding in found.findings), found.findings
    last = before.count("\n") + len(CASES[name][1].split("\n"))
    assert all(before.count("\n") < finding.line <= last for finding in found.findings)


@pytest.mark.parametrize(
    "text",
    [
        "Words of one's own about nothing in particular are no statement at all.",
        "Use `asyncio.run` or `dict`, `None` and `git push`.",
        "```python\ndef my_own_handler(event):\n    return event\n```",
        "```json\n{\"anything\": 1}\n```",
        "See [elsewhere](https://example.org/page) and [there](mailto:a@example.org).",
        "Install `somebody-elses` with `pip install somebody-elses`.",
        "<!-- `no_such_name` --><p hidden>`no_such_name`</p>",
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_no_finding(world: World, text: str) -> None:
    assert scored(world, {"README.md": text}).findings == ()


def test_prose_of_the_repository_proves_nothing_about_its_code(tmp_path: Path) -> None:
    write(tmp_path, {**REPOSITORY, "NOTES.md": "Use `Relay.transmit`.\n"})
    found = scored(world_of(tmp_path), {"README.md": "Use `Relay.transmit`."})
    assert [finding.text for finding in found.findings] == ["Relay.transmit"]


def test_a_page_does_not_prove_itself(tmp_path: Path) -> None:
    write(tmp_path, {**REPOSITORY, "docs/conf.py": "x = 1\n"})
    world = world_of(tmp_path)
    page = "The relay never loses a message whatever happens to the queue."
    (tmp_path / "README.md").write_text(page)
    assert (
        scored(world_of(tmp_path), {"README.md": page}).supported
        == scored(world, {"README.md": page}).supported
    )
