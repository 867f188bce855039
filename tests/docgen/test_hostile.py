"""Hostile sources: no crash, nothing of theirs takes effect, and every gate of the publisher holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.contract import Envelope, Limits, Options, splice
from documenthor.publish.gates import check_bundle

from tests.docgen.support import Files, bundle_of, fetch_and_generate, job_spec, make_repository, pages, write

if TYPE_CHECKING:
    from pathlib import Path

_NASTY = (
    "<script>alert(1)</script> <img src=x onerror=y> <!-- documenthor:start readme --> <!-- a --> "
    "![x](https://evil.example/p.png) [x](javascript:alert(1)) @octocat @acme/team </details> `` ` ``` "
    "| pipe \\| # no heading $x$ ~~s~~ &lt;b&gt; &#64;octocat \\u202e\\u200b\\ud800 **x <b>** *a @b*"
)
_BREAKOUTS = (
    "```\n</details>\n\n# Heading\n````\n~~~\n<!-- documenthor:end reference -->\n"
    "--- \n===\n1. one\n- two <i>\n\t- three\n> quote\n[a]: javascript:b\n"
    '```mermaid\nflowchart LR\nclick a "javascript:b"\n```\n'
)
_KEYS = ("AKIA" + "ABCDEFGHIJKLMNOP", "ghp_" + "a1B2" * 9, "https://me:pw@db.acme-corp.com/x")

SOURCES: dict[str, Files] = {
    "docstrings": {
        "pkg/__init__.py": f'"""{_NASTY}"""\n',
        "pkg/mod.py": f'"""T\n\n{_BREAKOUTS}"""\n\ndef f(a="{_NASTY}"):\n    """{_NASTY}\n\n{_NASTY}"""\n',
        "pkg/open.py": 'def f():\n    """```\n    never closed"""\n',
        "pkg/deep.py": 'def f():\n    """' + "> - " * 200 + 'x"""\n',
    },
    "keys": {
        "pkg/__init__.py": "".join(f"K{n} = {key!r}\n" for n, key in enumerate(_KEYS)),
        "pkg/doc.py": '"""' + " ".join(_KEYS) + '"""\n\ndef f(k="' + _KEYS[1] + '"): ...\n',
    },
    "manifests": {
        "pyproject.toml": f"[project]\nname = '<b>@me</b>'\ndescription = '''{_NASTY}'''\n",
        "Makefile": "test: ## <script> | @octocat `x\n\techo '| $(x) `'\n",
        "package.json": '{"name": 5, "scripts": [], "bin": {"a": {}}, "dependencies": {"<b>": ["x"]}}',
        "setup.cfg": "[metadata\nname = x\n",
        "setup.py": "setup(name=open('/etc/passwd').read(), install_requires=[1, None, 'ok'])\n",
        "go.mod": "module <script>\n",
        "Cargo.toml": "[package]\nname = []\n[dependencies]\na = 5\n",
        "requirements.txt": "-r x\nhttps://a@b/c\n<script>==1 @octocat\n",
        "LICENSE": "MIT License <script> @octocat\n",
    },
    "broken python": {
        "pkg/__init__.py": "",
        "pkg/syntax.py": "def f(:\n",
        "pkg/two.py": "print 'python 2'\n",
        "pkg/null.py": b"x = 1\0\n",
        "pkg/deep.py": "x = " + "(" * 5_000 + ")" * 5_000 + "\n",
        "pkg/attributes.py": "x = a" + ".b" * 20_000 + "\n",
        "pkg/binary.py": b"\xff\xfe\xfa\n",
        "pkg/coding.py": b"# -*- coding: rot13 -*-\nk = 1\n",
        "pkg/latin.py": b"# -*- coding: latin-1 -*-\nNAME = '\xe9'\n",
        "pkg/long.py": b"X = '" + b"a" * 10_000_000 + b"'\n",
        "pkg/number.py": "X = 0x" + "f" * 9_000 + "\n",
        "pkg/indent.py": "".join(f"{' ' * n}if x:\n" for n in range(99)) + " " * 99 + "X = 1\n",
        "pkg/good.py": "def fine() -> None: ...\n",
    },
    "broken scripts": {
        "a.js": "/* never closed\nrequire('./b')\n",
        "b.js": "`${process.env.X}" + "${" * 5_000,
        "c.ts": "'" * 10_001,
        "d.js": "process.env." * 5_000,
    },
    "other languages": {
        "a.js": f"/** {_NASTY} @param {{x}} {_NASTY} */\nexport function f(a = `{_NASTY}`) {{}}\n",
        "b.go": f"// Package b: {_NASTY}\npackage b\n\n// F {_NASTY}\nfunc F() {{}}\n",
        "C.java": f"/** {_BREAKOUTS} */\npublic class C {{ /** {_NASTY} */ public int d; }}\n",
        "d.h": f"/** {_NASTY} */\n#define D '{_NASTY}'\nenum E {{ /** {_NASTY} */ F }};\n",
        "src/lib.rs": f"//! {_NASTY}\n\n/// ```\n/// open\npub fn f() {{}}\n",
        "e.rb": f'# @example\n#   ```{_BREAKOUTS.splitlines()[1]}\ndef e(f = "{_KEYS[0]}"); end\n',
        "f.php": f"<?php namespace @octocat; /** {_NASTY} */ class F {{ const K = '{_KEYS[1]}'; }}\n",
        "go.mod": "module javascript:b\n",
    },
    "names": {
        'we"ird `x`/<b>/@octocat.py': "def f(): ...\n",
        "con.py": "def f(): ...\n",
        "aux/__init__.py": "def f(): ...\n",
        "größe/__init__.py": '"""G."""\n\nfrom größe import höhe\n',
        "größe/höhe.py": "from größe import x\n\ndef f(): ...\n",
        "a](javascript:b).js": "require('./c]\"%0a')\n",
        'c]"%0a.js': "",
        "-rf.py": "def f(): ...\n",
        "README": "text\n",
        ("long" * 40) + "/__init__.py": "def f(): ...\n",
    },
    "generated": {"x.py": "# @generated\ndef f(): ...\n", "y.min.js": "z", "package-lock.json": "{}"},
}

for _system in ({"mkdocs.yml": "nav:\n  - x.md\n"}, {"docs/.vitepress/config.ts": "srcDir: '<b>'"}):
    SOURCES[f"built by {next(iter(_system))}"] = {**SOURCES["docstrings"], **SOURCES["manifests"], **_system}


@pytest.mark.parametrize("name", SOURCES)
def test_every_gate_holds(tmp_path: Path, name: str) -> None:
    bundle = bundle_of(tmp_path, SOURCES[name])
    check_bundle(bundle, job_spec(str(tmp_path)))
    Envelope.seal(bundle).open()
    for block in bundle.blocks:
        once = splice(b"nav:\n- a.md\n" if block.name == "nav" else b"# Theirs\n", [block])
        assert splice(once, [block]) == once


@pytest.mark.parametrize("name", SOURCES)
def test_both_steps_end_well(tmp_path: Path, name: str) -> None:
    files = {path: text for path, text in SOURCES[name].items() if "/" not in path or len(path) < 200}
    commit_id = make_repository(tmp_path / "source", files)
    check_bundle(
        fetch_and_generate(tmp_path / "source", commit_id, tmp_path / "work"),
        job_spec(str(tmp_path / "source"), commit_id),
    )


def test_what_cannot_be_parsed_hides_nothing_else(tmp_path: Path) -> None:
    found = pages(bundle_of(tmp_path, SOURCES["broken python"]))
    assert "def fine() -> None" in found["docs/reference/pkg.md"]
    assert "NAME = 'é'" in found["docs/reference/pkg.md"]
    assert "long.py" not in "".join(found.values())


def test_secrets_are_not_repeated(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, SOURCES["keys"])
    everything = bundle.model_dump_json()
    assert "K0 = " in everything
    assert not [key for key in (*_KEYS[:2], ":pw@") if key in everything]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "doc",
    [
        "```\n" + "[" * 19_000 + "\n```",
        "`a.` " * 3_000,
        "`-x` " * 3_000,
        "`A_B`. " * 3_000,
        "http://" * 2_500,
    ],
)
def test_docstrings_made_to_be_slow_are_not(tmp_path: Path, doc: str) -> None:
    files: Files = {f"pkg/m{n}.py": f'"""T.\n\n{doc}\n"""\n\ndef f(): ...\n' for n in range(9)}
    bundle = bundle_of(tmp_path, {"pkg/__init__.py": "", **files})
    check_bundle(bundle, job_spec(str(tmp_path)))


def test_a_link_in_the_tree_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"secret.py": "STOLEN = 1\n"})
    write(tmp_path / "tree", {"a.py": "OWN = 1\n"})
    (tmp_path / "tree/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "tree/b.py").symlink_to(tmp_path / "elsewhere/secret.py")
    (tmp_path / "tree/README.md").symlink_to(tmp_path / "elsewhere/secret.py")
    (tmp_path / "tree/docs").symlink_to(tmp_path / "elsewhere")
    bundle = bundle_of(tmp_path / "tree", {})
    assert "STOLEN" not in bundle.model_dump_json()
    assert pages(bundle) == {}


@pytest.mark.parametrize("limits", [Limits(files=3), Limits(bytes=100)])
def test_limits_hold_for_generate_as_well(tmp_path: Path, limits: Limits) -> None:
    write(tmp_path / "tree", {f"{n}.py": "x = 1\n" * 10 for n in range(4)})
    (tmp_path / "spec.json").write_text(job_spec("/x", options=Options(limits=limits)).model_dump_json())
    arguments = ["--spec", str(tmp_path / "spec.json"), "--tree", str(tmp_path / "tree")]
    assert main(["generate", *arguments, "--out", str(tmp_path / "out")]) == 14
    assert not (tmp_path / "out").exists()
