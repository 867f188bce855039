"""Documentation that is worse than it looks, made for a given repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.facts.model import Symbol

    from tests.docgen.score.world import World

Pages = dict[str, str]

_TEMPLATE = """\
# {name}

One-paragraph description of the project goes here.

## Getting started

These instructions will get you a copy of the project up and running on your local machine.

### Prerequisites

What you need to install the software and how to install it.

### Installing

A step by step series of examples that tell you how to get a development environment running.

```sh
{install}
```

## Running the tests

Explain how to run the automated tests for this system.

## Deployment

Add additional notes about how to deploy this on a live system.

## Contributing

Please read CONTRIBUTING.md for details on our code of conduct.

## License

This project is licensed, see [{licence}]({licence}) for details.
"""
_PADDING = (
    "This project is a modern, robust and scalable solution that empowers teams to deliver value faster.",
    "It has been designed from the ground up with performance, security and maintainability in mind.",
    "Its intuitive architecture makes it a delight for newcomers and experts alike.",
    "Best practices are followed throughout, and every component has been crafted with care.",
    "Whether you are a startup or an enterprise, it adapts to your needs with ease.",
)
_INVENTED = """\
# {name}

{name} connects to the flux relay and keeps every quantum ledger in step.

## Install

```sh
pip install {name}-quantum
make flux-install
```

## Usage

`QuantumLedger.synchronise_all(relay_host, retries=17)` starts it. It reads `FLUX_RELAY_HOST` and
`QUANTUM_LEDGER_MODE`, and takes `--flux-capacity` and `--ledger-depth`.

```python
def synchronise_all(relay_host, retries=17) -> LedgerState
```

- `LedgerState`: what [src/ledger/state.py](src/ledger/state.py) keeps.
- `FluxRelay.open_channel(depth=3)`: opens a channel, see [src/flux/relay.py](src/flux/relay.py).

## Tests

Run `make flux-test`. The suite is in [flux_tests/](flux_tests/).
"""


def names(world: World) -> list[str]:
    """Every public name, once, in order."""
    found = (symbol for module in world.facts.modules for symbol in _all(module.symbols))
    return list(dict.fromkeys(symbol.name for symbol in found if symbol.is_public))


def _all(symbols: tuple[Symbol, ...]) -> Iterator[Symbol]:
    for symbol in symbols:
        yield symbol
        yield from _all(symbol.members)


def symbol_dump(world: World) -> Pages:
    """Every symbol by module, nothing said about any."""
    parts = (
        "\n".join([f"## {module.path}", "", *(f"- `{symbol.name}`" for symbol in _all(module.symbols))])
        for module in world.facts.modules
    )
    return {"SYMBOLS.md": "\n\n".join(["# Symbols", *parts])}


def template(world: World) -> Pages:
    """A README as a cookiecutter leaves it."""
    licence = world.facts.license_file or "README.md"
    install = "npm install" if "package.json" in world.tree.files else "pip install ."
    return {"README.md": _TEMPLATE.format(name=world.facts.name, install=install, licence=licence)}


def padding(_: World) -> Pages:
    """Praise that is true of anything."""
    return {"README.md": "# Overview\n\n" + "\n\n".join(_PADDING * 20)}


def stuffed(world: World) -> Pages:
    """Every name and path in one heap."""
    heap = [f"`{name}`" for name in (*names(world), *sorted(world.tree.files))]
    return {"README.md": f"# {world.facts.name}\n\n" + " ".join(heap)}


def stuffed_sentences(world: World) -> Pages:
    """Every name in a sentence that fits any name."""
    says = "component is an essential part of this project and is easy to use."
    lines = [f"The `{name}` {says}" for name in names(world)]
    return {"README.md": f"# {world.facts.name}\n\n" + "\n\n".join(lines)}


def repeated(world: World) -> Pages:
    """One true sentence a thousand times."""
    path = next(iter(sorted(world.tree.files)))
    return {"README.md": "# Overview\n\n" + f"There is a file called [{path}]({path}) in it.\n\n" * 1000}


def hidden(world: World) -> Pages:
    """Good pages that no reader sees."""
    return {path: f"<!--\n{text.replace('-->', '')}\n-->\n\nHello.\n" for path, text in world.pages.items()}


def boxed(world: World) -> Pages:
    """Good pages as one code block each."""
    return {path: f"````````text\n{text}\n````````\n" for path, text in world.pages.items()}


def invented(world: World) -> Pages:
    """An interface that is not there."""
    return {"README.md": _INVENTED.format(name=world.facts.name)}


ADVERSARIAL: dict[str, Callable[[World], Pages]] = {
    "stuffed": stuffed,
    "stuffed sentences": stuffed_sentences,
    "repeated": repeated,
    "hidden": hidden,
    "boxed": boxed,
    "invented": invented,
}
