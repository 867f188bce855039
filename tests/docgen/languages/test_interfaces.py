"""What packages of JavaScript and TypeScript offer under which name, in tables of cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.docgen.languages.listing import facts_of
from tests.docgen.score.support import scored, world_of
from tests.docgen.support import Files, bundle_of, pages, write

if TYPE_CHECKING:
    from pathlib import Path

_A = "/** A. */\nexport function a() {}\nexport function b() {}\n"


def package(**said: object) -> str:
    """The text of a `package.json`."""
    return json.dumps({"name": "p", **said})


def offered(folder: Path, files: Files) -> str:
    """`import name: offered name=file#symbol ...` of every interface, the symbol where it differs."""
    write(folder, files)
    shown = []
    for interface in facts_of(folder).interfaces:
        names = (
            f"{offer.name}={offer.path}{f'#{offer.symbol}' if offer.symbol != offer.name else ''}"
            for offer in interface.offers
        )
        shown.append(f"{interface.name}: {' '.join(names)}")
    return "; ".join(shown)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"index.js": "export * from './x'", "x.js": _A}, "p: a=x.js b=x.js"),
        ({"index.js": "export { a as c } from './x'", "x.js": _A}, "p: c=x.js#a"),
        ({"index.js": "import { a as c } from './x'\nexport { c }", "x.js": _A}, "p: c=x.js#a"),
        ({"index.js": "import * as c from './x'\nexport { c }", "x.js": _A}, "p: a=x.js b=x.js"),
        ({"index.js": "export * as c from './x'", "x.js": _A}, "p: a=x.js b=x.js"),
        (
            {"index.js": "export { default as a } from './x'", "x.js": "export default class B {}"},
            "p: a=x.js#B",
        ),
        (
            {"index.js": "import a from './x'\nexport default a", "x.js": "export default () => 1"},
            "p: default=x.js",
        ),
        (
            {"index.js": "export * from './x'", "x.js": "export default class B {}\nexport class C {}"},
            "p: C=x.js",
        ),
        (
            {"index.js": "function a() {}\nexport { a as b }\nexport const c = 1"},
            "p: b=index.js#a c=index.js",
        ),
        (
            {"index.js": "export * from './x'", "x.js": "export * from './index'\nexport const a = 1"},
            "p: a=x.js",
        ),
        ({"index.js": "export * from 'other'\nexport { a } from './none'"}, ""),
        ({"index.js": "module.exports = require('./x')", "x.js": "exports.a = () => 1"}, "p: a=x.js"),
        ({"index.js": "exports.a = require('./x')", "x.js": "module.exports = class B {}"}, "p: a=x.js#B"),
        ({"index.js": "exports.a = require('./x').b", "x.js": "exports.b = 1"}, "p: a=x.js#b"),
        (
            {
                "index.js": "const { b, c: d } = require('./x')\nmodule.exports = { b, e: d }",
                "x.js": "exports.b = 1\nexports.c = 2",
            },
            "p: b=x.js e=x.js#c",
        ),
        (
            {
                "index.js": "const A = require('./x')\nmodule.exports = A",
                "x.js": "class B {}\nmodule.exports = B",
            },
            "p: B=x.js",
        ),
        (
            {
                "index.js": "const a = c()\nimport B from './x'\na.B = B\na.d = () => 1\nexport default a",
                "x.js": "export default class B {}",
            },
            "p: B=x.js a=index.js",
        ),
        (
            {
                "index.ts": "export namespace N { export const a = 1 }\nexport type { T } from './x'",
                "x.ts": "export type T = 1",
            },
            "p: N.a=index.ts T=x.ts",
        ),
        (
            {"index.ts": "export namespace N { export type A = 1; type B = 2; interface C {} }"},
            "p: N.A=index.ts",
        ),
        (
            {"index.d.ts": "export namespace N { export type A = 1; type B = 2; }"},
            "p: N.A=index.d.ts N.B=index.d.ts",
        ),
        ({"index.ts": "function a() {}\nexport = a"}, "p: a=index.ts"),
    ],
)
def test_names_are_followed_to_where_they_are_defined(tmp_path: Path, files: Files, expected: str) -> None:
    assert offered(tmp_path, {"package.json": package(), **files}) == expected


@pytest.mark.parametrize(
    ("said", "files", "expected"),
    [
        ({}, ("index.js",), "p: a=index.js"),
        ({"main": "lib/x"}, ("lib/x.js", "index.js"), "p: a=lib/x.js"),
        ({"main": "dist/index.js"}, ("src/index.ts",), "p: a=src/index.ts"),
        ({"main": "./dist/cjs/x/index.js"}, ("src/x/index.ts", "src/index.ts"), "p: a=src/x/index.ts"),
        ({"main": "dist/p.min.js"}, ("src/index.js",), "p: a=src/index.js"),
        ({"module": "dist/p.js", "source": "src/p.js"}, ("src/p.js", "index.js"), "p: a=src/p.js"),
        ({"exports": "./x.js"}, ("x.js", "index.js"), "p: a=x.js"),
        ({"exports": {"import": "./x.mjs", "require": "./x.cjs"}}, ("x.mjs", "x.cjs"), "p: a=x.mjs"),
        (
            {"exports": {".": "./x.js", "./y": {"types": "./y.d.ts", "default": ["./y.js"]}}},
            ("x.js", "y.js"),
            "p: a=x.js; p/y: a=y.js",
        ),
        (
            {"exports": {".": "./x.js", "./in/*": "./in/*.js", "./package.json": "./package.json"}},
            ("x.js", "in/y.js", "in/z/y.js", "out/y.js"),
            "p: a=x.js; p/in/y: a=in/y.js; p/in/z/y: a=in/z/y.js",
        ),
        (
            {"exports": {"./*": {"types": "./dist/*.d.ts", "default": "./dist/*.js"}}},
            ("src/y.ts", "src/z/index.ts", "rollup.config.js"),
            "p/y: a=src/y.ts; p/z/index: a=src/z/index.ts",
        ),
        ({"exports": {"./*": "./dist/*/index.js"}}, ("src/y/index.ts", "src/z.ts"), "p/y: a=src/y/index.ts"),
        ({"exports": {"./*.js": "./src/*.js", "./*": "./src/*.js"}}, ("src/y.js",), "p/y: a=src/y.js"),
        (
            {"exports": {"./*": "./src/*.js", "./in/*": None, "./y": None, "./in/w/*": "./lib/*.js"}},
            ("src/y.js", "src/in/x.js", "src/v.js", "lib/y.js"),
            "p/in/w/y: a=lib/y.js; p/v: a=src/v.js",
        ),
        ({"exports": {".": "./x.js", "./*": "./*"}}, ("x.js", "y.js"), "p: a=x.js"),
        ({"exports": {".": "./x.js", "./*": "./*.js"}}, ("x.js", "y.js"), "p: a=x.js; p/y: a=y.js"),
        ({"exports": {"./*/*": "./src/*.js", "./a*": "./gone/*.js"}}, ("src/y.js",), ""),
        ({"exports": {"./y": None, "./z": {"a": {"b": 1}}}}, ("x.js",), ""),
        ({"main": "../../x.js"}, ("x.js",), "p: a=x.js"),
        ({}, ("src/index.ts",), ""),
        ({"main": "index.js"}, ("src/index.ts",), ""),
        ({"main": "index.js"}, ("index.ts",), "p: a=index.ts"),
        ({"private": True}, ("index.js",), ""),
        ({"name": ""}, ("index.js",), ""),
        ({"main": "gone.js"}, ("x.js",), ""),
    ],
)
def test_where_a_package_starts(
    tmp_path: Path, said: dict[str, object], files: tuple[str, ...], expected: str
) -> None:
    found = offered(tmp_path, {"package.json": package(**said), **dict.fromkeys(files, "export const a = 1")})
    assert found == expected


def test_names_of_one_pattern_stand_on_one_page(tmp_path: Path) -> None:
    files: Files = {
        "package.json": package(exports={".": "./dist/index.js", "./parts/*": "./dist/parts/*.js"}),
        "src/index.ts": "export * from './parts/one'\n",
        "src/parts/one.ts": _A,
        "src/parts/two.ts": "export function two() {}\n",
    }
    bundle = bundle_of(tmp_path, files)
    body = pages(bundle)["docs/reference/p-parts.md"]
    titles = [line for line in body.split("\n") if line.startswith("#")]
    assert titles == ["# `p/parts`", "## `p/parts/one`", "## `p/parts/two`", "### `two`"]
    assert "- `a`, `b` of `p`" in body
    assert not bundle.dropped
    assert scored(world_of(tmp_path)).findings == ()


def test_what_no_entry_reaches_is_private_and_on_no_page(tmp_path: Path) -> None:
    files: Files = {
        "package.json": package(exports={".": "./src/index.ts", "./more": "./src/more.ts"}),
        "src/index.ts": "export { a } from './in'\n",
        "src/in.ts": f"{_A}export class Inner {{}}\n",
        "src/more.ts": "export * from './in'\nexport class More {}\n",
        "tools/free/package.json": package(name="free", private=True),
        "tools/free/x.ts": "export class Free {}\n",
    }
    write(tmp_path, files)
    facts = facts_of(tmp_path)
    public = {s.name: s.is_public for m in facts.modules for s in m.symbols}
    assert public == {"a": True, "b": True, "Inner": True, "More": True, "Free": True}
    told = {path: body for path, body in pages(bundle_of(tmp_path, {})).items() if "/reference/" in path}
    first, second = told["docs/reference/p.md"], told["docs/reference/p-more.md"]
    assert "## `a`" in first
    assert "src/in.ts" in first
    assert "Inner" not in first
    assert "## `Inner`" in second
    assert "- `a` of `p`" in second
    assert "## `a`" not in second
    assert "## `Free`" in told["docs/reference/tools-free.md"]


def test_many_names_stand_by_the_folder_of_their_source(tmp_path: Path) -> None:
    files: Files = {
        "package.json": package(),
        "index.js": "export * from './one/x'\nexport * from './two/x'\n",
        "one/x.js": "export function alone() {}\n",
        "two/x.js": "".join(f"export function f{n:03}() {{}}\n" for n in range(70)),
    }
    body = pages(bundle_of(tmp_path, files))["docs/reference/p.md"]
    titles = [line for line in body.split("\n") if line.startswith("## ")]
    assert titles == ["## `p`: `one`", "## `p`: `two` (`f000`…`f059`)", "## `p`: `two` (`f060`…`f069`)"]


def test_a_constant_is_told_of_by_the_name_it_is_imported_by(tmp_path: Path) -> None:
    files: Files = {
        "package.json": package(),
        "index.ts": "const anyType = 1\nconst b = 2\nexport { anyType as any, b }\n",
    }
    bundle = bundle_of(tmp_path, files)
    body = pages(bundle)["docs/reference/p.md"]
    assert "| `any`: `const anyType = 1` |" in body
    assert "| `const b = 2` |" in body
    assert not bundle.dropped


def test_what_is_declared_beside_the_code_is_told_of_once(tmp_path: Path) -> None:
    files: Files = {
        "package.json": package(main="index.js", types="index.d.ts"),
        "index.js": "/** A. */\nexports.a = function (b) {}\nexports.c = function (d) {}\n",
        "index.d.ts": "export function a(b: 2): void\nexport function c(d: 1): void\nexport type E = 1\n",
    }
    assert offered(tmp_path, files) == "p: E=index.d.ts a=index.js c=index.d.ts"


@pytest.mark.parametrize(
    "files",
    [
        {f"x{n}.js": f"export * from './x{n + 1}'\nexport const a{n} = 1" for n in range(400)},
        {f"x{n}.js": f"module.exports = require('./x{(n + 1) % 300}')" for n in range(300)},
        {"x0.js": "".join(f"exports.a{n} = a{n + 1}; a{n}.b = a{n + 1}\n" for n in range(1_500))},
        {"x0.js": "export { a as a } from './x0'\n" * 3_000},
        {"x0.js": "const a = { a }; a.a = a; b.c = a; a.b = b; export { a, b }"},
    ],
)
def test_hostile_exports_end_soon(tmp_path: Path, files: Files) -> None:
    write(tmp_path, {"package.json": package(main="x0.js"), **files})
    assert facts_of(tmp_path).modules


@pytest.mark.parametrize("source", ['"exports": ' + '{"a": ' * 900 + "1" + "}" * 900, '"exports": [[[[1]]]]'])
def test_a_manifest_without_sense_opens_nothing(tmp_path: Path, source: str) -> None:
    assert (
        offered(tmp_path, {"package.json": f'{{"name": "p", {source}}}', "x.js": "export const a = 1"}) == ""
    )
