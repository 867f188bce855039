"""Sources made to break the readers: they are read to the end, within the limit of every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.uses.support import module_of

if TYPE_CHECKING:
    from pathlib import Path

_MANY = 8_000


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.js", "require('commander')\nprogram" + ".option('-a', 'b')\n" * _MANY),
        ("a.js", "import e from 'express'\nvar a = express()\n" + "a = a.route('/x')\n" * _MANY + "a.get(h)"),
        ("a.js", "import e from 'express'\nvar a = b, b = a\na.get('/x', h)"),
        ("a.js", "x(" * _MANY + "\nprocess.env.A"),
        ("a.js", "import 'express'\n" + "function f() {\n" * _MANY + "a.get('/x', h)\n" * 100),
        ("a.rs", "use clap::Arg;\n#[test]\nfn f() {}\n" * _MANY + 'fn g() { env::var("A"); }\n' * _MANY),
        ("a.go", 'package a\nimport "flag"\nvar x = flag\n' + "var x = x.NewFlagSet()\n" * _MANY),
        ("a.py", "import argparse\np = q\nq = p\np.add_argument('--x')\n" * 2_000),
        ("a.py", "import click\n@a.command('x')\n@click.option('--x')\ndef a(): ...\n" * 2_000),
        ("a.py", "import flask\nfrom x import a\na.register_blueprint(a, url_prefix='/x')\n" * 2_000),
        ("a.sh", "${A:-" * _MANY),
        ("Dockerfile", "EXPOSE " + "99999999999999999999 " * 500),
        ("compose.yaml", "services: " + "[" * _MANY),
        ("compose.yaml", "a: &a [1]\nservices: {x: {ports: [*a, *a, {target: 9999999999999}]}}"),
        (".github/workflows/a.yml", "jobs: {a: {steps: [{run: '" + "gradle " * 2_000 + "'}]}}"),
        ("package.json", '{"workspaces": ["' + "**/" * 3_000 + '", "' + "*a" * 500 + '", "../.."]}'),
        ("go.work", "use (\n" + "\t./a\n" * _MANY + ")\n"),
    ],
)
def test_it_is_read_to_the_end(tmp_path: Path, name: str, source: str) -> None:
    assert module_of(tmp_path, name, source).path


def test_a_default_that_looks_secret_is_hidden(tmp_path: Path) -> None:
    source = "require('commander')\nprogram.option('--api-key <k>', '<script>', 'AKIAABCDEFGHIJKLMNOP')"
    (flag,) = module_of(tmp_path, "a.js", source).flags
    assert flag.default == "…"
