"""One Python file to one `Module`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Module
from docgen.facts.python.comments import Comments
from docgen.facts.python.django_routes import patterns_declared
from docgen.facts.python.environment import variables_read
from docgen.facts.python.environment_actions import variables_of_options
from docgen.facts.python.flags import options_declared
from docgen.facts.python.imports import module_exports, module_imports
from docgen.facts.python.names import Names
from docgen.facts.python.routes import routes_declared
from docgen.facts.python.source import docstring, parse, telling_nodes
from docgen.facts.python.symbols import module_symbols, module_values

if TYPE_CHECKING:
    from docgen.facts.python.environment_actions import Actions
    from docgen.source.tree import SourceFile

# Whose it is says nothing of what it is.
_LEGAL = re.compile(r"\s*(?:copyright\b|\(c\)|©|SPDX-|licen[cs]ed under\b)", re.IGNORECASE)


def read_module(file: SourceFile, name: str, actions: Actions) -> Module:
    """What the file defines and uses; a file that cannot be parsed is a module without facts.

    `actions` are those of the repository's for argparse that read the environment.
    """
    is_package = file.path.endswith("/__init__.py")
    plain = Module(file.path, name or file.path, "Python", is_package)
    tree = parse(file.data)
    if tree is None:
        return plain
    exports, nodes = module_exports(tree), telling_nodes(tree)
    names, comments, doc = Names(nodes), Comments(file.data), docstring(tree)
    try:
        flags, variables = options_declared(names, file.path)
        asked = variables_of_options(names, actions, name, file.path)
        routes = [*routes_declared(names, file.path), *patterns_declared(names, file.path)]
        return Module(
            path=file.path,
            name=plain.name,
            language="Python",
            is_package=is_package,
            doc="" if _LEGAL.match(doc) else doc,
            symbols=module_symbols(tree, file.path, exports, comments),
            values=module_values(tree, file.path, comments),
            exports=exports,
            imports=module_imports(tree, nodes, name, is_package=is_package),
            variables=(*variables_read(tree, nodes, file.path), *variables, *asked),
            flags=flags,
            routes=tuple(sorted(routes, key=lambda route: route.place.line)),
        )
    except RecursionError:
        return plain
