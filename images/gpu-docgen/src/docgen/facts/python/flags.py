"""Command line options that a module declares with argparse, click or typer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.python.argparse_flags import argparse_flags
from docgen.facts.python.click_flags import click_options
from docgen.facts.python.typer_flags import typer_options

if TYPE_CHECKING:
    from docgen.facts.model import Flag, Variable
    from docgen.facts.python.names import Names


def options_declared(names: Names, path: str) -> tuple[tuple[Flag, ...], tuple[Variable, ...]]:
    """Each option whose names the module shows, and the environment variables that stand in for some."""
    click_flags, click_variables = click_options(names, path)
    typer_flags, typer_variables = typer_options(names, path)
    flags = [*argparse_flags(names, path), *click_flags, *typer_flags]
    variables = sorted([*click_variables, *typer_variables], key=lambda item: item.place.line)
    return tuple(sorted(flags, key=lambda item: item.place.line)), tuple(variables)
