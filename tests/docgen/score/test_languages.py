"""What the languages say in ways of their own: imports, declarations and what is for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.score.entities import entities
from docgen.score.index import Index
from docgen.source.tree import read_tree

from tests.docgen.score.support import scored, world_of
from tests.docgen.support import Files, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.docgen.score.world import World

REPOSITORY: Files = {
    "ruby/lib/shop.rb": 'require "shop/cart"\nmodule Shop\n  autoload :Till, "shop/till"\nend\n',
    "ruby/lib/shop/cart.rb": (
        "module Shop\n  class Cart\n    (require_relative 'till') if true\n"
        "    def full?\n      false\n    end\n\n    class << self\n      def of(items)\n        new\n"
        "      end\n    end\n  end\nend\n"
    ),
    "ruby/lib/shop/till.rb": "module Shop\n  class Till\n  end\nend\n",
    "ruby/Gemfile": "\n",
    "go.mod": "module example.org/depot\n\ngo 1.22\n",
    "depot.go": 'package depot\n\nimport (\n\tr "example.org/depot/rack"\n)\n\nvar _ = r.Height\n',
    "rack/rack.go": "package rack\n\nconst (\n\tHeight = 7\n\tWidth int = 1 << iota\n)\n",
    "crate/Cargo.toml": '[package]\nname = "crane"\nversion = "1.0.0"\n',
    "crate/src/lib.rs": (
        "mod arm;\npub mod hook;\nmod winch;\npub use crate::arm::Arm;\n"
        "#[doc(hidden)]\npub mod internal {\n    pub use crate::winch::Winch;\n}\n"
    ),
    "crate/src/arm.rs": (
        "use crate::hook::Hook;\n\n/// Lifts.\n///\n/// ```\n/// lift(\n///     3,\n/// );\n/// ```\n"
        "pub struct Arm;\nimpl Arm {\n    pub fn lift(&self) {}\n}\npub struct Bolt;\n"
    ),
    "crate/src/hook.rs": "pub struct Hook;\n",
    "crate/src/winch.rs": "pub struct Winch;\nimpl Winch {\n    pub fn wind(&self) {}\n}\n",
    "java/Jib.java": "package a;\npublic class Jib {\n  private Load load;\n  public void turn() {}\n}\n",
    "java/Load.java": "package a;\nclass Load {\n  public void drop() {}\n}\n",
    "php/Post.php": "<?php\nnamespace Mail;\nuse Mail\\Box;\nclass Post {\n    private Box $box;\n}\n",
    "php/Box.php": "<?php\nnamespace Mail;\nclass Box {\n}\n",
    "net/Tap.csproj": "<Project/>\n",
    "net/Tap.cs": (
        "namespace Water;\npublic class Tap {\n    public Pipe? Pipe { get => null; private set { } }\n}\n"
        "class Pipe {\n    public void Burst() { }\n}\n"
    ),
    "c/include/pump.h": "int pump_start(int speed);\n",
    "c/pump.c": (
        '#include "pump.h"\nint pump_start(int speed) { return helper(speed); }\n'
        "int helper(int x) { return x; }\n"
    ),
    "c/other.c": "int other(void) { return 1; }\n",
    "web/sail.ts": "export type Sail = {\n  area: number\n  reef: () => void\n  colour?: string\n}\n",
    "py/mast.py": "from . import sail\n",
    "py/sail.py": "def hoist(): ...\n",
    "py/mast.pyi": "",
    "py/__init__.py": "",
}
_ARROW = '```mermaid\nflowchart LR\n  a["{}"]\n  b["{}"]\n  a -->|"imports{}"| b\n```'


def _arrow(source: str, target: str, count: str = "") -> str:
    return _ARROW.format(source, target, count)


_SAIL = (
    "[sail.ts](web/sail.ts)\n\n```ts\n"
    "export type Sail = {{ area: {}; reef: () => void; colour?: string }}\n```"
)

# Right, wrong, and a word of the reason.
CASES = {
    "require": (
        _arrow("ruby/lib/shop.rb", "ruby/lib/shop/cart.rb"),
        _arrow("ruby/lib/shop/till.rb", "ruby/lib/shop/cart.rb"),
        "imports ruby/lib/shop/cart.rb",
    ),
    "autoload, counted": (
        _arrow("ruby/lib/shop.rb", "ruby/lib/shop/till.rb", " 2"),
        _arrow("ruby/lib/shop/till.rb", "ruby/lib/shop.rb", " 2"),
        "imports ruby/lib/shop.rb",
    ),
    "require_relative in brackets": (
        _arrow("ruby/lib/shop/cart.rb", "ruby/lib/shop/till.rb"),
        _arrow("ruby/lib/shop/cart.rb", "ruby/lib/shop.rb"),
        "imports ruby/lib/shop.rb",
    ),
    "Go package": (_arrow("depot.go", "rack/"), _arrow("rack/", "depot.go"), "imports depot.go"),
    "Rust path": (
        _arrow("crate/src/arm.rs", "crate/src/hook.rs"),
        _arrow("crate/src/hook.rs", "crate/src/arm.rs"),
        "imports crate/src/arm.rs",
    ),
    "Rust module": (
        _arrow("crate/src/lib.rs", "crate/src/hook.rs"),
        _arrow("crate/src/winch.rs", "crate/src/lib.rs"),
        "imports crate/src/lib.rs",
    ),
    "Java type": (
        _arrow("java/Jib.java", "java/Load.java"),
        _arrow("java/Load.java", "java/Jib.java"),
        "imports java/Jib.java",
    ),
    "PHP type": (_arrow("php/Post.php", "php/Box.php"), _arrow("php/Box.php", "php/Post.php"), "imports"),
    "C header": (_arrow("c/pump.c", "c/include/"), _arrow("c/other.c", "c/include/"), "imports c/include"),
    "stub beside its module": (_arrow("py.mast", "py.sail"), _arrow("py.sail", "py.mast"), "imports py.mast"),
    "method with a mark": (
        "### `Cart.full?`\n\n[ruby/lib/shop/cart.rb:4](ruby/lib/shop/cart.rb#L4)",
        "### `Cart.empty?`\n\n[ruby/lib/shop/cart.rb:4](ruby/lib/shop/cart.rb#L4)",
        "empty",
    ),
    "method of the class itself": (
        "[cart.rb](ruby/lib/shop/cart.rb)\n\n```ruby\ndef self.of(items)\n```",
        "[cart.rb](ruby/lib/shop/cart.rb)\n\n```ruby\ndef self.of(things)\n```",
        "has of(items)",
    ),
    "constant of a group": (
        "| A | B |\n| - | - |\n| [`Height`](rack/rack.go#L4) | `const Height = 7` |",
        "| A | B |\n| - | - |\n| [`Height`](rack/rack.go#L4) | `const Height = 8` |",
        "does not show it",
    ),
    "constant of a group in a block": (
        "[rack.go](rack/rack.go)\n\n```go\nconst Width int = 1 << iota\n```",
        "[rack.go](rack/rack.go)\n\n```go\nconst Width int = 2 << iota\n```",
        "no source declares it",
    ),
    "property with accessors": (
        "[Tap.cs](net/Tap.cs)\n\n```csharp\npublic Pipe? Pipe { get; private set; }\n```",
        "[Tap.cs](net/Tap.cs)\n\n```csharp\npublic Tap? Pipe { get; private set; }\n```",
        "net/Tap.cs",
    ),
    "example in a comment": (
        "[arm.rs](crate/src/arm.rs)\n\n```rust\nlift(\n    3,\n);\n```",
        "[arm.rs](crate/src/arm.rs)\n\n```rust\nlift(\n    4,\n);\n```",
        "does not say so",
    ),
    "members that end with their lines": (
        _SAIL.format("number"),
        _SAIL.format("string"),
        "web/sail.ts",
    ),
    "tool and its file": ("```sh\nbundle install\n```", "```sh\ncomposer install\n```", "no composer.json"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("languages")
    write(folder, REPOSITORY)
    return world_of(folder)


@pytest.mark.parametrize("name", CASES)
def test_what_is_right_holds(world: World, name: str) -> None:
    found = scored(world, {"README.md": CASES[name][0]})
    assert found.findings == ()
    assert found.supported


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found(world: World, name: str) -> None:
    found = scored(world, {"README.md": CASES[name][1]})
    assert any(CASES[name][2] in finding.why for finding in found.findings), found.findings


def test_our_own_pages_raise_no_alarm(world: World) -> None:
    assert scored(world).findings == ()


def test_an_import_that_a_language_does_not_show_is_no_finding(world: World) -> None:
    assert scored(world, {"README.md": _arrow("go.mod", "java/Load.java")}).findings == ()


def test_what_an_example_calls_its_own_is_no_finding(world: World) -> None:
    page = "```js\nconst Arm = require('crane')\nconst Hook = new Arm()\n```"
    assert scored(world, {"README.md": page}).findings == ()


def test_what_nobody_can_reach_is_not_asked_for(tmp_path: Path) -> None:
    write(tmp_path, REPOSITORY)
    tree = read_tree(tmp_path, Options(), Deadline(60))
    offered = {one.name for one in entities(Index(tree, frozenset(), Deadline(60)))}
    assert {"Arm", "lift", "Hook", "Jib", "turn", "Tap", "pump_start", "Cart"} <= offered
    assert offered.isdisjoint({"Winch", "wind", "Load", "drop", "Pipe", "Burst", "helper", "other"})
