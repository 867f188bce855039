"""Environment variables that options of argparse read through an action of the project's own.

The action reads, where it is made, the variable that one of its keywords names:
`add_argument("--user", action=FromEnvironment, env="APP_USER")`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Variable
from docgen.facts.python.environment import Reads
from docgen.facts.python.names import keywords_of, literal_default
from docgen.facts.python.source import parse, telling_nodes, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docgen.facts.python.environment_helpers import Helper
    from docgen.facts.python.names import Names
    from docgen.source.tree import SourceFile

# By the full name of their class.
Actions = dict[str, "Helper"]


def environment_actions(files: Iterable[SourceFile], names: Mapping[str, str]) -> Actions:
    """Every class of a named module whose `__init__` asks for what one of its parameters names."""
    found: Actions = {}
    for file in files:
        name = names.get(file.path)
        if name and b"Action" in file.data and (b"environ" in file.data or b"getenv" in file.data):
            found |= {f"{name}.{action}": helper for action, helper in _declared(file)}
    return found


def _declared(file: SourceFile) -> Iterator[tuple[str, Helper]]:
    tree = parse(file.data)
    nodes = telling_nodes(tree) if tree else []
    reads = Reads(tree, nodes) if tree else None
    for node in nodes:
        if isinstance(node, ast.ClassDef) and reads:
            makers = (item for item in node.body if isinstance(item, ast.FunctionDef))
            helper = next((reads.helper(item) for item in makers if item.name == "__init__"), None)
            if helper:
                yield node.name, helper


def variables_of_options(names: Names, actions: Actions, module: str, path: str) -> Iterator[Variable]:
    """The variables that the options of a module read by such an action."""
    for call in names.calls if actions else ():
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "add_argument":
            continue
        said = keywords_of(call)
        helper = _meant(names.full_name(said["action"]), actions, module) if "action" in said else None
        key = text_of(said.get(helper.key)) if helper else None
        if helper and key and key.isidentifier():
            name = helper.before + key + helper.after
            default = literal_default(name, said.get(helper.default)) if helper.default else None
            yield Variable(name, default, Place(path, call.lineno))


def _meant(written: str, actions: Actions, module: str) -> Helper | None:
    """The action of this name: one of the module's own, or the only one that an import can mean."""
    if own := actions.get(f"{module}.{written}"):
        return own
    inside = written.lstrip(".")
    if inside == written:
        return actions.get(written)
    found = [helper for name, helper in actions.items() if f".{name}".endswith(f".{inside}")]
    return found[0] if len(found) == 1 else None
