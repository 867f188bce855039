"""Environment variables that no read spells out: prefixes of click, actions of argparse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

from tests.docgen.support import Files, write
from tests.docgen.uses.support import module_of, shown_variables

if TYPE_CHECKING:
    from pathlib import Path

_COMMANDS = """\
import click
SETTINGS = {"auto_envvar_prefix": "APP"}

@click.group(context_settings=SETTINGS)
@click.option("-d", "--debug/--no-debug", default=False)
def cli(debug): ...

@cli.command("run-it")
@click.option("--the-host", "host", default="x")
@click.option("-p", "--port", default=1, envvar="PORT")
@click.option("--apart", allow_from_autoenv=False)
@click.option("--old", hidden=True)
@click.argument("file")
def run(host): ...
"""
_ONE = "import click\n@click.command()\n@click.option('--name')\ndef hello(name): ...\n"
_ACTION = """\
import argparse, os

class FromEnvironment(argparse.Action):
    def __init__(self, env, default=None, **others):
        super().__init__(default=os.environ.get(f"APP_{env}", default), **others)

class Other(argparse.Action):
    def __init__(self, env, **others): ...
"""
_ADDED = 'p.add_argument("--user", action={}, env="USER", default="x", help="who")\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (_COMMANDS, ["APP_DEBUG=False", "APP_RUN_IT_HOST='x'", "PORT=1", "APP_RUN_IT_PORT=1"]),
        (
            _COMMANDS.replace('{"auto_envvar_prefix": "APP"}', 'dict(auto_envvar_prefix="my-app")'),
            ["MY_APP_DEBUG=False", "MY_APP_RUN_IT_HOST='x'", "PORT=1", "MY_APP_RUN_IT_PORT=1"],
        ),
        (_COMMANDS.replace("=SETTINGS", "=get()"), ["PORT=1"]),
        (_COMMANDS.replace('"APP"', "prefix()"), ["PORT=1"]),
        (_COMMANDS.replace('"run-it"', "name()"), ["APP_DEBUG=False", "PORT=1"]),
        (_COMMANDS.replace("@cli.command", "@other.command"), ["APP_DEBUG=False", "PORT=1"]),
        (f"{_ONE}hello(auto_envvar_prefix='GREET')\n", ["GREET_NAME"]),
        (f"{_ONE}other(auto_envvar_prefix='GREET')\n", []),
        (_ONE, []),
    ],
)
def test_prefixes_of_click(tmp_path: Path, source: str, expected: list[str]) -> None:
    assert shown_variables(module_of(tmp_path, "a.py", source)) == expected


@pytest.mark.parametrize(
    ("imported", "action", "expected"),
    [
        ("from app import tools", "tools.FromEnvironment", ["APP_USER='x'"]),
        ("from app.tools import FromEnvironment as F", "F", ["APP_USER='x'"]),
        ("from . import tools", "tools.FromEnvironment", ["APP_USER='x'"]),
        ("from .tools import FromEnvironment", "FromEnvironment", ["APP_USER='x'"]),
        ("from app import tools", "tools.Other", []),
        ("from elsewhere import FromEnvironment", "FromEnvironment", []),
        ("from app import tools", '"store"', []),
    ],
)
def test_actions_of_argparse(tmp_path: Path, imported: str, action: str, expected: list[str]) -> None:
    files: Files = {
        "app/__init__.py": "",
        "app/tools.py": _ACTION,
        "app/cli.py": f"import argparse\n{imported}\np = argparse.ArgumentParser()\n{_ADDED.format(action)}",
    }
    write(tmp_path, files)
    facts = read_facts(read_tree(tmp_path, Options(), Deadline(60)), "acme/widget", Deadline(60))
    assert [one for module in facts.modules for one in shown_variables(module)] == expected


def test_an_action_of_the_same_file(tmp_path: Path) -> None:
    source = f"{_ACTION}p = argparse.ArgumentParser()\n{_ADDED.format('FromEnvironment')}"
    assert shown_variables(module_of(tmp_path, "a.py", source)) == ["APP_USER='x'"]
    computed = source.replace('env="USER"', "env=name")
    assert shown_variables(module_of(tmp_path, "a.py", computed)) == []
