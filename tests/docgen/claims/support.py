"""One small repository in which every predicate has a fact, and sentences about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.claims.check import Checker
from docgen.claims.knowledge import Knowledge
from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.model import ConfigFile, Place, Port, Route
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

from tests.docgen.support import Files, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docgen.claims.check import Sentence
    from docgen.claims.lexicon import Lexicon
    from docgen.claims.model import Entity
    from docgen.claims.refuting import Refuter

SHOP: Files = {
    "pyproject.toml": (
        '[project]\nname = "shop"\ndescription = "Sells things."\ndependencies = ["httpx>=0.27"]\n\n'
        '[project.scripts]\nsell = "shop.cli:main"\n'
    ),
    "Makefile": "test:\n\tpytest -q\n\nlint:\n\truff check .\n",
    "Dockerfile": "EXPOSE 8080\n",
    "pytest.ini": "[pytest]\n",
    "shop/__init__.py": '"""A shop."""\n',
    "shop/errors.py": '"""What can go wrong."""\n\n\nclass ShopError(Exception):\n    """Base of all."""\n',
    "shop/prices.py": (
        '"""Prices."""\n\nimport os\n\nfrom shop.errors import ShopError\n\n'
        'CURRENCY = os.environ.get("SHOP_CURRENCY", "EUR")\n\n\n'
        "def price(name: str, amount: int = 1) -> float:\n"
        '    """Return the price of `name`, without tax."""\n'
        "    if not name:\n        raise ShopError\n    if amount < 1:\n        raise ValueError(amount)\n"
        '    with open("prices.txt") as file:\n        return float(file.read())\n\n\n'
        "def save(label: str) -> None:\n    open('prices.txt', 'w').write(label)\n    price(label)\n\n\n"
        "def guarded(key: str) -> None:\n    try:\n        raise KeyError(key)\n    except KeyError:\n"
        "        pass\n    price = str\n    price(key)\n\n\n"
        "def nested(key: str) -> None:\n    from shop.errors import save\n    save(key)\n"
        "    try:\n        key()\n    except ShopError as guarded:\n        guarded(key)\n"
    ),
    "shop/cli.py": (
        '"""The command line."""\n\nimport argparse\n\nfrom shop.prices import price, save as store\n\n\n'
        "def main() -> None:\n    parser = argparse.ArgumentParser()\n"
        '    parser.add_argument("--name", default="tea", help="what to sell")\n'
        "    price(parser.parse_args().name)\n    store(parser.parse_args().name)\n"
    ),
}


def shop(folder: Path) -> Knowledge:
    """The shop's knowledge, with a route, a port and a configuration file that readers would find."""
    write(folder, SHOP)
    deadline = Deadline(60)
    tree = read_tree(folder, Options(), deadline)
    facts = read_facts(tree, "acme/shop", deadline)
    route = Route("GET", "/prices", "price", Place("shop/prices.py", 10))
    modules = tuple(replace(m, routes=(route,)) if m.name == "shop.prices" else m for m in facts.modules)
    pytest = ConfigFile("pytest.ini", "pytest")
    port = Port(8080, "EXPOSE 8080", Place("Dockerfile", 1))
    return Knowledge(replace(facts, modules=modules, config_files=(pytest,), ports=(port,)), tree)


def entity(knowledge: Knowledge, wanted: str) -> Entity:
    """The entity that `kind name` means."""
    return next(e for e in knowledge.about if f"{e.kind} {e.name}" == wanted)


class Speaker:
    """Checks sentences in which `<kind name>` stands for a handle."""

    def __init__(
        self, knowledge: Knowledge, words: Lexicon | None = None, refuters: Sequence[Refuter] = ()
    ) -> None:
        self.handles = {f"{e.sort.value}{n}": e for n, e in enumerate(knowledge.about, 1)}
        self._by_name = {f"{e.kind} {e.name}": handle for handle, e in self.handles.items()}
        self.checker = Checker(knowledge, self.handles, words, refuters)

    def claiming(self, text: str) -> Sentence:
        """A sentence of claims."""
        return self.checker.claiming(self.filled(text))

    def filled(self, text: str) -> str:
        """`text` with handles."""
        for name, handle in sorted(self._by_name.items(), key=lambda item: -len(item[0])):
            text = text.replace(f"<{name}>", f"{{{handle}}}")
        return text

    def handle(self, name: str) -> str:
        """The handle of `kind name`."""
        return self._by_name[name]
