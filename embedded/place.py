"""Where repositories live during a run: what Airflow has to know of it, and what to show in the end."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from embedded.state import State


@dataclass(frozen=True)
class Place:
    """A tenant with its forge. `lines` tells what came of the run.

    All of Airflow's components get `environment`, and one of them what `components` has under its name.
    """

    tenant: str
    lines: Callable[[], Iterable[str]]
    environment: dict[str, str] = field(default_factory=dict)
    components: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def local(state: State, names: list[str]) -> Iterator[Place]:
    """The folder of bare repositories, as the sample tenant has it."""
    yield Place(
        "local",
        lambda: (
            f"Pull requests: {state.forge}/.pull-requests (branch documenthor/docs)",
            f"A page: git -C {state.forge}/{names[0]}.git show documenthor/docs:README.md",
        ),
    )
