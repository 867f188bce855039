"""How languages other than Python look on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docgen.score.support import scored, world_of
from tests.docgen.support import Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

_GO: Files = {
    "go.mod": "module example.com/lamp\n\ngo 1.22\n",
    "a.go": "// Helpers.\npackage lamp\n\nfunc Help() {}\n",
    "lamp.go": (
        "// Package lamp turns the light on. It knows no ships.\npackage lamp\n\n"
        'import "example.com/lamp/internal/oil"\n\nvar _ = oil.Level\n\n'
        "// What it does.\nconst (\n\tOff = iota\n\tBeam // It shines.\n\tAlarm\n)\n\nconst Zero = 0\n"
    ),
    "internal/oil/oil.go": "// Package oil burns.\npackage oil\n\nvar Level = 1\n",
}


def test_a_repository_of_go_is_what_its_root_package_says(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, _GO))["README.md"]
    assert "> Package lamp turns the light on.\n>\n> — [lamp.go](lamp.go)\n" in body


def test_components_and_imports_of_go_are_packages(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, _GO))["docs/ARCHITECTURE.md"]
    assert "| `lamp` | Package lamp turns the light on. | 2 |  |\n" in body
    assert "| [internal/oil/](../internal/oil) | Package oil burns. | 1 | 1 |\n" in body
    assert '  n0["internal/oil/"]\n  n1["lamp"]\n  n1 -->|"imports"| n0\n' in body
    assert "lamp.go](../lamp.go) |" not in body.partition("## Components")[2]


def test_constants_stand_in_the_order_of_the_source_under_what_they_share(tmp_path: Path) -> None:
    body = pages(bundle_of(tmp_path, _GO))["docs/reference/lamp.md"]
    alone, _, group = body.partition("\nWhat it does.\n")
    assert "`const Zero = 0`" in alone
    assert [group.index(f"`const {name}") for name in ("Off", "Beam", "Alarm")] == sorted(
        group.index(f"`const {name}") for name in ("Off", "Beam", "Alarm")
    )
    assert "| `const Beam` | It shines. |" in group


def test_components_name_the_parts_in_every_language(tmp_path: Path) -> None:
    files: Files = {
        "bridge/__init__.py": '"""Crosses over."""\n',
        **{f"bridge/m{n}.py": f"def f{n}(): ...\n" for n in range(61)},
        "native/cpp/wire.cpp": "int wire(void) { return 1; }\n",
        "native/java/Wire.java": "package wire; public class Wire {}\n",
    }
    body = pages(bundle_of(tmp_path, files))["docs/ARCHITECTURE.md"]
    found = body.partition("## Components")[2].partition("\n## ")[0]
    assert [line.split("]")[0] for line in found.split("\n") if line.startswith("| [")] == [
        "| [bridge",
        "| [native/cpp/",
        "| [native/java/",
    ]


def test_what_an_object_holds_stands_in_it(tmp_path: Path) -> None:
    files: Files = {
        "package.json": '{"name": "menu", "main": "menu.js"}',
        "menu.js": (
            "const drink = require('drink')\n\n/** On offer. */\nconst menu = module.exports = {\n"
            "  /** Orders. */\n  order(cups) {\n    return cups\n  },\n  drink,\n  seats: 12,\n"
            "  get today() {\n    return this._a\n  },\n  set today(value) {\n    this._a = value\n  }\n}\n\n"
            "menu.close = function (until) {}\nmenu.shut = drink\n"
        ),
    }
    bundle = bundle_of(tmp_path, files)
    body = pages(bundle)["docs/reference/menu.md"]
    assert not bundle.dropped
    assert (
        "const menu = module.exports = {\n    drink,\n    seats: 12,\n    get today(),\n"
        "    set today(value)\n}\n\nmenu.close = function (until)\n\nmenu.shut = drink\n"
    ) in body
    assert "### `menu.order`\n\n```javascript\norder(cups)\n```\n\nOrders.\n" in body


def test_what_an_object_only_names_stands_below_it(tmp_path: Path) -> None:
    files: Files = {
        "package.json": '{"name": "menu", "main": "menu.js"}',
        "menu.js": (
            "const pour = (cup) => cup\nfunction serve(guest) {}\nclass Cup {}\n"
            "module.exports = { pour, serve, Cup, seats: 12, open() {} }\n"
            "/** All of it. */\nconst shop = { pour, serve, seats: 12, open() {} }\n"
            "module.exports.shop = shop\n"
        ),
    }
    body = pages(bundle_of(tmp_path, files))["docs/reference/menu.md"]
    assert "const shop = {\n    seats: 12,\n    open()\n}\n\nconst pour = (cup)\n\nfunction serve" in body


def test_a_doc_comment_that_says_nothing_earns_no_heading(tmp_path: Path) -> None:
    source = (
        "<?php\nclass A {\n  /**\n   * @param resource $b\n   */\n  public function c($b) {}\n\n"
        "  /** D. */\n  public function d() {}\n}\n"
    )
    body = pages(bundle_of(tmp_path, {"A.php": source}))["docs/reference/A.md"]
    assert "class A {\n    public function c($b);\n}\n" in body
    assert "`A.d`" in body
    assert "`A.c`" not in body


def test_types_that_only_a_doc_comment_of_php_says_are_told(tmp_path: Path) -> None:
    source = (
        "<?php\nclass A {\n  /**\n   * Make it.\n   *\n   * @param string|string[] $b\n   * @param int $c\n"
        "   * @param array<int> $d\n   *\n   * @throws \\X|\\Y\n   * @return array The things\n"
        "   * @see \\A\\B::c()\n   */\n  public function e($b, int $c, array $d) {}\n\n"
        "  /**\n   * Do.\n   *\n   * @param int $b\n   * @return void\n   */\n"
        "  public function f(int $b): void {}\n}\n"
    )
    body = pages(bundle_of(tmp_path, {"A.php": source}))["docs/reference/A.md"]
    told = (
        "Make it.\n\n- `$b` (`string|string[]`)\n- `$d` (`array<int>`)\n"
        "- throws `\\X|\\Y`\n- return (`array`): The things\n- see: `\\A\\B::c()`\n"
    )
    assert told in body
    assert body.endswith("\n\nDo.\n")


def test_a_program_without_a_suffix_is_no_interface(tmp_path: Path) -> None:
    files: Files = {
        "run": "#!/usr/bin/env bash\n# Go.\ngo() { echo ${GOES_WHERE:-home}; }\n",
        "tool": '#!/usr/bin/python3 -u\ndef go():\n    """Go."""\n',
        "NOTES": "#!/bin/unknown\n",
        "lib.sh": "# Stay.\nstay() { :; }\n",
    }
    told = pages(bundle_of(tmp_path, files))
    assert {path for path in told if "/reference/" in path} == {
        "docs/reference/README.md",
        "docs/reference/lib.md",
    }
    assert "| `./run` | Shell |" in told["docs/ARCHITECTURE.md"]
    assert "| `./tool` | Python |" in told["docs/ARCHITECTURE.md"]
    assert "`GOES_WHERE` | `home`" in told["docs/configuration.md"]
    assert scored(world_of(tmp_path)).findings == ()
