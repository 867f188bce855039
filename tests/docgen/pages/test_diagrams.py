"""Diagrams: at most a screen of nodes, a word on every arrow, and labels that cannot break out."""

from __future__ import annotations

from docgen.facts.model import (
    Dependency,
    Edge,
    EntryPoint,
    Facts,
    Import,
    Manifest,
    Module,
    Place,
    Port,
    Route,
    Variable,
)
from docgen.messages import catalogue
from docgen.pages.context import context, outside
from docgen.pages.diagram import MAX_NODES, Arrow, mermaid
from docgen.pages.modules import arrows, import_graph

HERE = Place("a.py", 1)
ENGLISH = catalogue("en")


def graph(*edges: tuple[str, str]) -> Facts:
    """Facts with modules `a.b` at `a/b` and these imports."""
    names = sorted({name for edge in edges for name in edge})
    modules = tuple(Module(name, name.replace("/", "."), "Python") for name in names)
    return Facts("r", modules=modules, edges=tuple(Edge(a, b, Place(a, 1)) for a, b in edges))


def test_a_large_graph_is_drawn_by_package() -> None:
    edges = [(f"top/p{n % 6}/m{n}", f"top/p{(n + 1) % 6}/m{n + 1}") for n in range(60)]
    facts = graph(*edges)
    found = import_graph(facts)
    assert found is not None
    assert found.nodes == [f"top.p{n}" for n in range(6)]
    assert found.is_grouped
    assert {arrow.label for arrow in arrows(ENGLISH, found)} == {"imports 10"}


def test_a_flat_graph_is_cut_to_its_busiest_part() -> None:
    edges = [(f"top/m{n}", f"top/m{n * 7 % 40}") for n in range(40)]
    found = import_graph(graph(*edges, *((f"top/m{n}", "top/hub") for n in range(40))))
    assert found is not None
    assert not found.whole
    assert 4 < len(found.nodes) <= MAX_NODES
    assert "top.hub" in found.nodes


def test_an_arrow_says_what_is_imported() -> None:
    a = Edge("a.py", "b.py", Place("a.py", 1), ("one", "three", "two"))
    b = Edge("b.py", "a.py", Place("b.py", 1))
    modules = (Module("a.py", "a", "Python"), Module("b.py", "b", "Python"))
    found = import_graph(Facts("r", modules=modules, edges=(a, b)))
    assert found is not None
    assert arrows(ENGLISH, found) == [Arrow("a", "b", "one, three and 1 more"), Arrow("b", "a", "imports")]


def test_many_arrows_count_what_is_imported() -> None:
    facts = graph(*((f"m{n}", f"m{other}") for n in range(8) for other in range(8) if n != other))
    edges = tuple(Edge(e.source, e.target, e.place, ("x", "y")[: int(e.source[1]) % 3]) for e in facts.edges)
    found = import_graph(Facts("r", modules=facts.modules, edges=edges))
    assert found is not None
    assert {(arrow.source[1], arrow.label) for arrow in arrows(ENGLISH, found) if arrow.source < "m3"} == {
        ("0", "imports"),
        ("1", "1 name"),
        ("2", "2 names"),
    }


def test_nothing_is_drawn_without_imports() -> None:
    assert import_graph(Facts("r", modules=(Module("a.py", "a", "Python"),))) is None


def test_no_label_breaks_out_of_the_graph() -> None:
    drawn = mermaid([Arrow('a"];click x', "b--><b>", '"|x'), Arrow("1. one", "end", "-")])
    assert drawn.split("\n")[2:-1] == [
        '  n0["1#46; one"]',
        '  n1["a#34;#93;#59;click x"]',
        '  n2["b--#62;#60;b#62;"]',
        '  n3["end"]',
        '  n0 -->|"#45;"| n3',
        '  n1 -->|"#34;#124;x"| n2',
    ]


def surroundings(programs: int = 1, routes: int = 2, outside_packages: int = 1) -> Facts:
    """Facts of a service that touches everything."""
    manifest = Manifest(
        "pyproject.toml",
        "pyproject",
        name="svc",
        dependencies=tuple(Dependency(f"Dep-{n}", "", "", HERE) for n in range(outside_packages)),
        entry_points=tuple(EntryPoint(f"run{n}", "svc.cli:main", HERE) for n in range(programs)),
    )
    imports = tuple(Import(f"dep_{n}.sub", "x", "", 1) for n in range(outside_packages))
    module = Module(
        "svc/app.py",
        "svc.app",
        "Python",
        imports=imports,
        variables=(Variable("SVC_LEVEL", None, HERE),),
        routes=tuple(Route("GET", f"/{n}", "", HERE) for n in range(routes)),
    )
    return Facts("r", manifests=(manifest,), modules=(module,), ports=(Port(8080, "EXPOSE 8080", HERE),))


def test_the_context_is_what_the_code_shows() -> None:
    assert context(ENGLISH, surroundings()) == [
        Arrow("program run0", "svc", "starts svc.cli:main"),
        Arrow("HTTP: GET /0, GET /1", "svc", "2 routes"),
        Arrow("svc", "port 8080", "declares"),
        Arrow("svc", "environment: SVC_LEVEL", "reads"),
        Arrow("svc", "Dep-0", "imported in 1 module"),
    ]


def test_a_large_context_fits_on_a_screen() -> None:
    found = context(ENGLISH, surroundings(programs=40, routes=90, outside_packages=80))
    assert len({label for arrow in found for label in (arrow.source, arrow.target)}) <= MAX_NODES
    assert Arrow("HTTP: GET /0, GET /1, GET /10, GET /11 and 86 more", "svc", "90 routes") in found


def test_what_is_declared_and_never_imported_is_not_drawn() -> None:
    facts = surroundings()
    bare = Facts("r", manifests=facts.manifests, modules=(Module("a.py", "a", "Python"),))
    assert outside(bare) == {}


def test_names_of_packages_in_other_languages() -> None:
    names = ("@acme/ui", "left-pad", "tokio-util", "github.com/spf13/cobra")
    manifest = Manifest(
        "package.json", "package.json", dependencies=tuple(Dependency(name, "", "", HERE) for name in names)
    )
    imports = {
        "JavaScript": ("@acme/ui/button", "left-pad", "node:fs", "lib/own.js"),
        "Rust": ("tokio_util::codec", "std::fs"),
        "Go": ("github.com/spf13/cobra/doc", "fmt"),
        "Python": ("os.path", "yaml.nodes", "own.sub", "_speedups"),
    }
    modules = tuple(
        Module(f"m{n}", f"m{n}", language, imports=tuple(Import(target, "", "", 1) for target in targets))
        for n, (language, targets) in enumerate(imports.items())
    )
    outside_only = tuple(Import(name, "", "", 1, is_outside=True) for name in ("left-pad", "./gone.js"))
    assert (
        outside(Facts("r", manifests=(manifest,), modules=(Module("left-pad", "left-pad", "JavaScript"),)))
        == {}
    )
    shadow = Module("left-pad", "left-pad", "JavaScript", imports=outside_only)
    assert outside(Facts("r", manifests=(manifest,), modules=(shadow,))) == {"left-pad": 1}
    own = (Module("lib/own.js", "lib/own.js", "JavaScript"), Module("own.py", "own", "Python"))
    found = outside(Facts("r", manifests=(manifest,), modules=(*modules, *own)))
    assert found == {**dict.fromkeys(names, 1), "yaml": 1}
