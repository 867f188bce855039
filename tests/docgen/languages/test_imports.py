"""Which files an import means, in tables of cases: what is not sure is no edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.facts.links.rust import use_paths

from tests.docgen.languages.listing import facts_of
from tests.docgen.support import Files, write

if TYPE_CHECKING:
    from pathlib import Path

_MOD = "module example.com/m\n"
_CARGO = '[package]\nname = "my-crate"\n'


@pytest.mark.parametrize(
    ("files", "edges"),
    [
        ({"a.js": "require('./b')", "b.js": "b"}, ["a.js:1 b.js"]),
        (
            {
                "a.js": "import x from './b.js'\nexport * from \"./c\"\nimport './d'",
                "b.js": "",
                "c/index.ts": "",
                "d.ts": "",
            },
            ["a.js:1 b.js", "a.js:2 c/index.ts", "a.js:3 d.ts"],
        ),
        (
            {"a.js": "await import('./b')\nimport {\n  y,\n} from './d.js'", "b.js": "b", "d.ts": "d"},
            ["a.js:1 b.js", "a.js:4 d.ts"],
        ),
        ({"a.js": "require('b'); require('./none'); require(x); my.require('./b')", "b.js": "b"}, []),
        ({"a.js": "// require('./b')\n'require(\"./b\")'\n`${1}require('./b')`", "b.js": "b"}, []),
        (
            {"a.ts": "import b = require('./b')\nimport type { C } from './c'", "b.ts": "b", "c.d.ts": "c"},
            ["a.ts:1 b.ts", "a.ts:2 c.d.ts"],
        ),
        ({"a.py": "import b", "b.js": "b"}, []),
        ({"a.js": "import './b'", "b.py": "b"}, []),
        (
            {
                "go.mod": _MOD,
                "a.go": 'package m\nimport "example.com/m/b"\nvar _ = b.X',
                "b/x.go": "package b\nvar X = 1",
                "b/y.go": "package b\nvar Y = 1",
            },
            ["a.go:2 b/x.go"],
        ),
        (
            {
                "go.mod": _MOD,
                "a.go": 'package m\nimport c "example.com/m/b"\nvar _ c.X',
                "b/x.go": "package b\ntype X int",
            },
            ["a.go:2 b/x.go"],
        ),
        (
            {
                "go.mod": _MOD,
                "a.go": 'package m\nimport "example.com/other/b"\nvar _ = b.X',
                "b/x.go": "package b\nvar X = 1",
            },
            [],
        ),
        ({"a.go": 'package m\nimport "example.com/m/b"\nvar _ = b.X', "b/x.go": "package b\nvar X = 1"}, []),
        (
            {
                "s/go.mod": "module example.com/m/s\n",
                "go.mod": _MOD,
                "a.go": 'package m\nimport "example.com/m/s/b"\nvar _ = b.X',
                "s/b/x.go": "package b\nvar X = 1",
            },
            ["a.go:2 s/b/x.go"],
        ),
        (
            {
                "A.java": "import p.B;\nimport p.C.D;\nimport static p.E.f;\nclass A {}",
                "p/B.java": "package p; class B {}",
                "p/C.java": "package p; class C { class D {} }",
                "p/E.java": "package p; class E {}",
            },
            ["A.java:1 p/B.java", "A.java:2 p/C.java", "A.java:3 p/E.java"],
        ),
        (
            {
                "A.java": "import p.*;\nclass A { B b; }",
                "p/B.java": "package p; class B {}",
                "p/C.java": "package p; class C {}",
            },
            ["A.java:1 p/B.java"],
        ),
        ({"A.java": "import q.B;\nclass A {}", "p/B.java": "package p; class B {}"}, []),
        (
            {
                "A.cs": "using N;\nusing X = M.C;\nclass A { B b; }",
                "B.cs": "namespace N { class B {} class D {} }",
                "C.cs": "namespace M; class C {}",
            },
            ["A.cs:1 B.cs", "A.cs:2 C.cs"],
        ),
        ({"A.cs": "using N;\nclass A { Q q; }", "B.cs": "namespace N { class B {} }"}, []),
        (
            {
                "a.php": "<?php use N\\B; use N\\{C as D, O\\E}; use function N\\f;",
                "b.php": "<?php namespace N; class B {}",
                "c.php": "<?php namespace N; class C {}",
                "e.php": "<?php namespace N\\O; class E {}",
                "f.php": "<?php namespace N; function f() {}",
            },
            ["a.php:1 b.php", "a.php:1 c.php", "a.php:1 e.php", "a.php:1 f.php"],
        ),
        (
            {
                "a.php": "<?php require __DIR__ . '/b.php'; include 'b.php'; require $x . '/b.php';",
                "b.php": "<?php ",
            },
            ["a.php:1 b.php"],
        ),
        (
            {
                "a.rb": "require_relative 'lib/b'\nrequire 'c'\nautoload :D, 'd/e'",
                "lib/b.rb": "b",
                "lib/c.rb": "c",
                "lib/d/e.rb": "e",
            },
            ["a.rb:1 lib/b.rb", "a.rb:2 lib/c.rb", "a.rb:3 lib/d/e.rb"],
        ),
        ({"a.rb": "require 'b'\nrequire \"#{x}c\"", "b.rb": "b", "c.rb": "c"}, []),
        ({"a.rb": "require 'b'", "x/lib/b.rb": "b", "y/lib/b.rb": "b"}, []),
        (
            {
                "src/a.c": '#include "b.h"\n#include "c.h"\n#include <d.h>\n#include <stdio.h>',
                "src/b.h": "",
                "x/c.h": "",
                "include/d.h": "",
            },
            ["src/a.c:1 src/b.h", "src/a.c:2 x/c.h", "src/a.c:3 include/d.h"],
        ),
        ({"a.c": '#include "b.h"', "x/b.h": "", "y/b.h": ""}, []),
        ({"a.cpp": "#include <b.h>", "b.h": ""}, []),
        (
            {"a.sh": '. ./b.sh\nsource "$X/c.sh"\n. "${BASH_SOURCE%/*}/c.sh"', "b.sh": "", "c.sh": ""},
            ["a.sh:1 b.sh", "a.sh:3 c.sh"],
        ),
        (
            {
                "Cargo.toml": _CARGO,
                "src/lib.rs": "mod a;\nuse a::b::X;",
                "src/a/mod.rs": "pub mod b;",
                "src/a/b.rs": "use super::super::Y;",
            },
            [
                "src/a/b.rs:1 src/lib.rs",
                "src/a/mod.rs:1 src/a/b.rs",
                "src/lib.rs:1 src/a/mod.rs",
                "src/lib.rs:2 src/a/b.rs",
            ],
        ),
        (
            {
                "Cargo.toml": _CARGO,
                "src/main.rs": "use my_crate::a;\nuse std::a;",
                "src/lib.rs": "pub mod a;",
                "src/a.rs": "use crate::Z;",
            },
            ["src/a.rs:1 src/lib.rs", "src/lib.rs:1 src/a.rs", "src/main.rs:1 src/a.rs"],
        ),
        ({"Cargo.toml": _CARGO, "src/lib.rs": "use serde::de;\nuse elsewhere::x;", "src/x.rs": ""}, []),
    ],
)
def test_edges(tmp_path: Path, files: Files, edges: list[str]) -> None:
    write(tmp_path, {path: text or "\n" for path, text in files.items()})
    found = [f"{edge.source}:{edge.place.line} {edge.target}" for edge in facts_of(tmp_path).edges]
    assert sorted(found) == sorted(edges)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("a::b", ["a::b"]),
        ("a::{b, c::{d, self}, e::*}", ["a::b", "a::c::d", "a::c::self", "a::e::*"]),
        ("a as b", ["a"]),
        ("a::{b as c, d}", ["a::b", "a::d"]),
        ("{a, b}", ["a", "b"]),
        ("a::{b", ["a::b"]),
        ("}}}", []),
    ],
)
def test_the_paths_of_a_use(text: str, paths: list[str]) -> None:
    assert ["::".join(parts) for parts in use_paths(text)] == paths


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("pub mod a;", ["A", "B"]),
        ("mod a;", []),
        ("mod a;\npub use a::A;", ["A"]),
        ("mod a;\npub use a::*;", ["A", "B"]),
        ("mod a;\nmod c;\npub use c::B;", ["B"]),
        ("mod a;\npub(crate) use a::A;", []),
        ("mod a;\n#[doc(hidden)]\npub mod x { pub use a::A; }", []),
    ],
)
def test_what_a_crate_offers(tmp_path: Path, library: str, expected: list[str]) -> None:
    files: Files = {
        "Cargo.toml": _CARGO,
        "src/lib.rs": library,
        "src/a.rs": "pub struct A;\npub struct B;\nstruct C;\n",
        "src/c.rs": "pub use crate::a::B;\n",
    }
    write(tmp_path, files)
    module = next(module for module in facts_of(tmp_path).modules if module.path == "src/a.rs")
    assert [symbol.name for symbol in module.symbols if symbol.is_public] == expected
