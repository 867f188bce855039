"""The groups of commands, in the order of `--help`. A new group is a file with an `add`, and a line here.

`add` gets the top level's subparsers. Every command sets `run`, a function of its options and the
`Settings`, which returns nothing or an exit status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.cli import (
    audit,
    colours,
    db,
    forge,
    keys,
    pools,
    proposals,
    remote,
    statement,
    token,
    webhooks,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

GROUPS: tuple[Callable[[Subparsers], None], ...] = (
    db.add,
    keys.add,
    token.add,
    audit.add,
    webhooks.add,
    forge.add,
    colours.add,
    pools.add,
    proposals.add,
    statement.add,
    remote.add,
)
