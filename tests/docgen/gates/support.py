"""A small repository with something of every kind, and pages about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.contract import Page
from docgen.deadline import Deadline
from docgen.facts.model import Place, Route
from docgen.gates.table import Checked, check
from docgen.pages.site import Draft
from docgen.source.tree import read_tree

from tests.docgen.support import PACKAGE, Files, job_spec, write

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.facts.model import Facts

FILES: Files = {
    **PACKAGE,
    "src/widget/web.py": (
        '"""The routes."""\n\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n'
        '@app.get("/widgets/{name}")\ndef widget(name: str) -> str:\n    """Send one widget home."""\n'
        "    return name\n"
    ),
    "docs/guide.md": "# Guide\n\n## First steps\n\n### Say `hello`!\n\n## First steps\n",
}
TRUE = (
    "# Page\n\nIt has `Turner`, `Turner.turn`, `widget.cli.main` and `turn(angle)`. "
    "Set `WIDGET_LEVEL`. Pass `--angle`. Run `make test` or `widget`.\n\n"
    "See [the core](../src/widget/_core.py#L8), [steps](guide.md#first-steps-1), [below](#more) and "
    "`src/widget/cli.py`; `GET /widgets/{name}` answers. It needs `httpx` `>=0.27`.\n\n"
    "## More\n\n```python\nimport httpx\nfrom widget import Turner\nimport os.path\n```\n\n"
    '```mermaid\nflowchart LR\n  a["one"]\n  b["two"]\n  a -->|imports| b\n```\n'
)


def checked(folder: Path, *bodies: str, files: Files | None = None) -> Checked:
    """What the gates leave of pages with these bodies: `docs/page.md`, `docs/page1.md`, ..."""
    write(folder, FILES if files is None else files)
    spec = job_spec(str(folder))
    tree = read_tree(folder, spec.options, Deadline(60))
    facts = _with_a_route(build(spec, tree, Deadline(60))[1])
    drafts = [
        Draft(Page.README, f"docs/page{number or ''}.md", "page", body) for number, body in enumerate(bodies)
    ]
    return check(drafts, facts, tree, Deadline(60))


def _with_a_route(facts: Facts) -> Facts:
    """The facts with the route of `widget.web`, whether or not its framework is read already."""
    route = Route("GET", "/widgets/{name}", "widget", Place("src/widget/web.py", 8))
    modules = (replace(m, routes=(route,)) if m.name == "widget.web" else m for m in facts.modules)
    return replace(facts, modules=tuple(modules))


def shown(found: Checked) -> list[str]:
    """The bodies that are left."""
    assert found.left == ()
    return [draft.body for draft in found.drafts]
