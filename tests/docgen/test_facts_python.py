"""What is read from Python sources, in tables of cases."""

from __future__ import annotations

import pytest
from docgen.facts.graph import import_edges
from docgen.facts.model import Module
from docgen.facts.python.module import read_module
from docgen.facts.python.naming import module_names
from docgen.source.tree import SourceFile


def module(source: str, path: str = "pkg/mod.py", name: str = "pkg.mod") -> Module:
    """The module that `source` is."""
    return read_module(SourceFile(path, source.encode(), 1, "Python"), name, {})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os\nos.environ['A']", [("A", None)]),
        ("import os\nos.environ.get('A', 'x')", [("A", "'x'")]),
        ("import os\nos.environ.get('A', None)", [("A", None)]),
        ("import os\nos.getenv('A', default=str(1))", [("A", "str(1)")]),
        ("import os as o\no.getenv('A')\no.environ['B']", [("A", None), ("B", None)]),
        ("from os import environ, getenv as g\nenviron['A']\ng('B')", [("A", None), ("B", None)]),
        ("import os\n'A' in os.environ\n'B' not in os.environ", [("A", None), ("B", None)]),
        ("import os\nNAME = 'A'\nos.environ[NAME]", [("A", None)]),
        ("import os\nNAME: Final = 'A'\nos.environ[NAME]", [("A", None)]),
        ("import os\nif 1:\n    NAME = 'A'\nos.environ.get(NAME, 'x')", [("A", "'x'")]),
        ("import os\nNAME = 'A'\nNAME = 'B'\nos.environ[NAME]", []),
        (
            "import os\nPRE = 'A_'\nos.environ[PRE + 'X']\nos.environ[f'{PRE}Y']",
            [("A_X", None), ("A_Y", None)],
        ),
        (
            "import os\ndef env(name):\n    return os.environ[name]\nenv('A')\nenv(name='B')\nenv(c)",
            [("A", None), ("B", None)],
        ),
        (
            "import os\ndef env(n, d=0):\n    return os.getenv(n, d)\nenv('A'); env('B', 3)\nenv('C', d='x')",
            [("A", None), ("B", "3"), ("C", "'x'")],
        ),
        (
            "import os\ndef env(n):\n    return os.environ[f'APP_{n}']\nenv('A')\nK = 'B'\nenv(K)",
            [("APP_A", None), ("APP_B", None)],
        ),
        ("import os\ndef env(n):\n    n = n.upper()\n    return os.environ[n]\nenv('a')", []),
        ("import os\ndef env(n):\n    return os.environ[n] or os.environ[n + '_X']\nenv('A')", []),
        ("import os\ndef env(n):\n    return my[n]\nenv('A')", []),
        ("import os\ndef env(*n):\n    return os.environ[n]\nenv('A')", []),
        ("import os\ndef env(n):\n    return os.environ[n]\nenv(*['A'])\nother.env('B')", []),
        ("import os\nos.environ['A'] = '1'\ndel os.environ['B']", []),
        ("import os\nos.environ[name()]\nos.environ[f'{x}']", []),
        ("def app(environ):\n    return environ['PATH_INFO']", []),
        ("import os\nos.environ.get('DB_PASSWORD', 'hunter2')", [("DB_PASSWORD", "…")]),
        ("def f():\n    import os\n    return os.getenv('A', 5)", [("A", "5")]),
    ],
)
def test_environment_variables(source: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(found.name, found.default) for found in module(source).variables] == expected


@pytest.mark.parametrize(
    ("source", "signature"),
    [
        (
            "def f(a, /, b: int = 1, *c, d='x', **e) -> str: ...",
            "def f(a, /, b: int = 1, *c, d='x', **e) -> str",
        ),
        ("async def f(*, a=None): ...", "async def f(*, a=None)"),
        ("class C(A, B[int], metaclass=M): ...", "class C(A, B[int], metaclass=M)"),
        ("@dataclass(frozen=True)\n@other\nclass C: ...", "@dataclass(frozen=True)\nclass C"),
        ("LIMIT: int = 10", "LIMIT: int = 10"),
        ("API_TOKEN = 'abc'", "API_TOKEN = …"),
        ("try:\n    def f(a): ...\nexcept E:\n    def f(b): ...", "def f(a)"),
        ("if X:\n    import y\nelse:\n    def f(): ...", "def f()"),
        ("@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\ndef f(a): ...", "def f(a)"),
        (
            "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...",
            "@overload\ndef f(a: int)\n@overload\ndef f(a: str)",
        ),
        (f"def f({'a' * 50}, {'b' * 50}): ...", f"def f(\n    {'a' * 50},\n    {'b' * 50},\n)"),
    ],
)
def test_signatures(source: str, signature: str) -> None:
    assert [found.signature for found in module(source).symbols] == [signature]


@pytest.mark.parametrize(
    ("source", "signatures"),
    [
        ("def f(a): ...\ndef f(b): ...", ["def f(b)"]),
        ("if x:\n    def f(a): ...\nelse:\n    def f(b): ...", ["def f(a)"]),
        ("def f(a): ...\nif x:\n    def f(b): ...", ["def f(a)"]),
        ("if x:\n    def f(a): ...\ndef f(b): ...", ["def f(b)"]),
        ("try:\n    def f(a): ...\nexcept E:\n    def f(b): ...", ["def f(a)"]),
        ("with x:\n    def f(a): ...\n    def f(b): ...", ["def f(b)"]),
        ("@overload\ndef f(a): ...\n@overload\ndef f(b): ...\ndef f(c): ...", ["def f(c)"]),
        ("def f(a): ...\n@f.register\ndef f(b): ...", ["def f(a)"]),
        ("def f(a): ...\ndel f\ndef g(): ...", ["def g()"]),
        ("A = 1\nA = 2", ["A = 2"]),
        ("A = 1\nA += 2", ["A"]),
        ("A: int = 1\nif x:\n    A = 2", ["A: int"]),
        ("A = None\ndef A(): ...", ["def A()"]),
        # What is never run is no part of it.
        ("if False:\n    def f(): ...\nelif 0:\n    A = 1\nelse:\n    def g(): ...", ["def g()"]),
        ("while 0:\n    B = 1\nif True:\n    def f(): ...\nelse:\n    def f(a): ...", ["def f()"]),
        ("if DEBUG:\n    def f(): ...", ["def f()"]),
    ],
)
def test_of_several_definitions_the_one_in_force_is_told(source: str, signatures: list[str]) -> None:
    assert [symbol.signature.replace("\n", " ") for symbol in module(source).symbols] == signatures


def test_a_member_that_is_defined_again_is_the_last_but_for_its_setter() -> None:
    source = (
        "class C:\n    @property\n    def size(self): 'Size.'\n    @size.setter\n    def size(self, v): ...\n"
        "    def twice(self): 'One.'\n    def twice(self, n): 'Two.'\n    x: int = 1\n    x = 2\n"
    )
    members = {member.name: member for member in module(source).symbols[0].members}
    assert (members["size"].doc, members["twice"].doc, members["x"].signature) == ("Size.", "Two.", "x: int")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def a(): ...\ndef _b(): ...\nclass C: ...\nD = 1\nlower = 2", ["a", "C", "D"]),
        ("__all__ = ['_b']\ndef a(): ...\ndef _b(): ...", ["_b"]),
        ("__all__ = ['a']\n__all__ += ['T']\ndef a(): ...\ndef b(): ...\nT = Union[int, str]", ["a", "T"]),
        ("__all__ = [name for name in dir()]\ndef a(): ...", ["a"]),
        ("def f():\n    def inner(): ...", ["f"]),
        ("try:\n    from x import f\nexcept ImportError:\n    def f(): ...\n    def g(): ...", ["g"]),
        ("try:\n    from x import y as F\nexcept ImportError:\n    F = None", []),
        ("try:\n    if X:\n        import c.f as C\nexcept E:\n    if Y:\n        class C: ...", []),
        ("try:\n    A, B = x()\nexcept E:\n    A = None\n    D = 1", ["D"]),
        ("try:\n    import x\nexcept ImportError:\n    def f(): ...", ["f"]),
    ],
)
def test_public_names(source: str, names: list[str]) -> None:
    assert [found.name for found in module(source).symbols] == names


@pytest.mark.parametrize(
    ("change", "exports"),
    [
        ("", ("a",)),
        ("__all__.extend(['b'])", ("a", "b")),
        ("__all__.append('b')", ("a", "b")),
        ("if X:\n    __all__ += ('b',)", ("a", "b")),
        ("def __dir__():\n    return __all__ + [__all__[0]]", ("a",)),
        ("__all__.extend(_core.__all__)", None),
        ("__all__ += _core.__all__", None),
        ("__all__.append(name)", None),
        ("__all__.remove('a')", None),
        ("__all__[:] = _core.__all__", None),
        ("del __all__", None),
        ("for name in dir(_core):\n    __all__.append(name)", None),
        ("def export(f):\n    __all__.append(f.__name__)\n    return f", None),
        ("from pkg._core import __all__", None),
    ],
)
def test_all_counts_only_where_every_change_of_it_is_written_out(
    change: str, exports: tuple[str, ...] | None
) -> None:
    assert module(f"__all__ = ['a']\n{change}\n").exports == exports


@pytest.mark.parametrize(
    ("source", "members"),
    [
        (
            "class C:\n    a: int = 1\n    _b: int\n    c = 2\n    def m(self): ...\n    def _n(self): ...",
            ["a", "m"],
        ),
        ("class C(Enum):\n    A = 1\n    B = 2", ["A", "B"]),
        ("class C:\n    def __init__(self): ...\n    def __repr__(self): ...", ["__init__"]),
        ("class C:\n    @property\n    def p(self): ...\n    @p.setter\n    def p(self, v): ...", ["p"]),
    ],
)
def test_members(source: str, members: list[str]) -> None:
    (found,) = module(source).symbols
    assert [member.name for member in found.members] == members


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        (
            "import argparse\np.add_argument('-v', '--verbose', help='say more')",
            [(("-v", "--verbose"), "say more")],
        ),
        ("import argparse\np.add_argument('file')", []),
        ("import argparse\np.add_argument('--x', help=argparse.SUPPRESS)", []),
        ("import click\n@click.option('--n', 'name', help='how')\ndef f(n): ...", [(("--n",), "how")]),
        ("import click\n@click.option('--n', hidden=True)\ndef f(n): ...", []),
        ("import other\np.add_argument('--x')", []),
    ],
)
def test_flags(source: str, flags: list[tuple[tuple[str, ...], str]]) -> None:
    assert [(flag.names, flag.help) for flag in module(source).flags] == flags


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("help='By %(default)s.', default='gpg'", "By gpg."),
        ("help='Of %(default)s [default: %(default)d]', default=3", "Of 3 [default: 3]"),
        ("help='By it (default: %(default)s).', default=given()", "By it."),
        ("help='By it [or %(env)s].', env='X'", "By it [or X]."),
        ("help='Of %(prog)s.'", ""),
        ("help='At 5%%.'", "At 5%."),
        ("help='Not %(default)s.', default=None", ""),
    ],
)
def test_what_argparse_fills_in(said: str, told: str) -> None:
    (flag,) = module(f"import argparse\np.add_argument('--x', {said})").flags
    assert flag.help == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Copyright (c) Somebody.\n\nAll rights reserved.", False),
        ("(C) 2024 Somebody", False),
        ("SPDX-License-Identifier: MIT", False),
        ("Widgets, turned.\n\nCopyright (c) Somebody.", True),
        ("Copyrights of widgets.", True),
    ],
)
def test_a_notice_is_no_description(written: str, told: bool) -> None:
    assert module(f'"""{written}"""').doc == (written if told else "")


def test_names_start_at_the_package_or_below_src() -> None:
    paths = [
        "setup.py",
        "src/space/pkg/__init__.py",
        "src/space/pkg/mod.py",
        "lib/pkg2/__init__.py",
        "lib/pkg2/sub/__init__.py",
        "lib/pkg2/sub/x.py",
        "scripts/run.py",
        "a/same/__init__.py",
        "b/same/__init__.py",
        "pkg3/__init__.py",
        "pkg3/not-a-name.py",
    ]
    assert module_names(paths) == {
        "setup.py": "setup",
        "src/space/pkg/__init__.py": "space.pkg",
        "src/space/pkg/mod.py": "space.pkg.mod",
        "lib/pkg2/__init__.py": "pkg2",
        "lib/pkg2/sub/__init__.py": "pkg2.sub",
        "lib/pkg2/sub/x.py": "pkg2.sub.x",
        "pkg3/__init__.py": "pkg3",
    }


def test_a_stub_is_a_module_where_no_other_file_is() -> None:
    paths = [
        "pkg/__init__.py",
        "pkg/compiled.pyi",
        "pkg/written.py",
        "pkg/written.pyi",
        "core.pyi",
        "stubs/numpy/__init__.pyi",
        "typings/requests.pyi",
    ]
    assert module_names(paths) == {
        "pkg/__init__.py": "pkg",
        "pkg/compiled.pyi": "pkg.compiled",
        "pkg/written.py": "pkg.written",
        "core.pyi": "core",
    }


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ("import pkg.b", ["pkg/b.py"]),
        ("from pkg import b", ["pkg/b.py"]),
        ("from pkg import Name", ["pkg/__init__.py"]),
        ("from . import b", ["pkg/b.py"]),
        ("from .b import Name", ["pkg/b.py"]),
        ("from .sub.deep import x", ["pkg/sub/deep.py"]),
        ("from ... import b", []),
        ("import os, b", []),
        ("def f():\n    from . import b", ["pkg/b.py"]),
        ("from . import a", []),
        ("if TYPE_CHECKING:\n    from pkg.b import T", ["pkg/b.py"]),
    ],
)
def test_imports_of_the_repository(source: str, targets: list[str]) -> None:
    others = [
        Module("pkg/__init__.py", "pkg", "Python", is_package=True),
        Module("pkg/b.py", "pkg.b", "Python"),
        Module("pkg/sub/deep.py", "pkg.sub.deep", "Python"),
    ]
    edges = import_edges([module(source, "pkg/a.py", "pkg.a"), *others])
    assert [edge.target for edge in edges] == targets


def test_scripts_import_what_lies_beside_them() -> None:
    script = module("import helper\nimport pkg.mod", "tools/run.py", "")
    others = [
        Module("tools/helper.py", "tools/helper.py", "Python"),
        Module("pkg/mod.py", "pkg/mod.py", "Python"),
    ]
    edges = import_edges([script, *others])
    assert [edge.target for edge in edges] == ["pkg/mod.py", "tools/helper.py"]
