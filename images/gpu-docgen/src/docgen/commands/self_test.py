"""`docgen --self-test`: whether everything that a generator needs is here and works, tried for real."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.build import build
from docgen.commands.fetch import open_git
from docgen.contract import ExitCode, JobSpec, Limits, Options
from docgen.contract import Writer as Wanted
from docgen.errors import DocgenError, GateError, ModelUnavailableError, UnreachableError, UsageError
from docgen.facts.syntax import parsing
from docgen.gates.known import Known
from docgen.gates.table import stands
from docgen.source.tree import read_tree
from docgen.writers.choose import open_writer
from docgen.writers.model import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from docgen.deadline import Deadline
    from docgen.writers.model import Reply

_SAMPLE = {
    "pyproject.toml": '[project]\nname = "sample"\nversion = "1"\n',
    "sample/__init__.py": '"""Adds."""\n\n\ndef add(a: int, b: int) -> int:\n    """Add `a` and `b`."""\n'
    "    return a + b\n",
}
# One is borne out by the sample, the other invents a function: a gate has to tell them apart.
_TRUE, _FALSE = "It offers `sample.add`.", "It offers `sample.subtract_everything`."
_QUESTION = Prompt(
    system="You answer with JSON only.",
    user='Answer {"ready": true}.',
    schema={
        "type": "object",
        "properties": {"ready": {"type": "boolean"}},
        "required": ["ready"],
        "additionalProperties": False,
    },
    reply_tokens=64,
)


@dataclass(frozen=True)
class Place:
    """What the checks work with."""

    writer: Wanted
    environ: Mapping[str, str]
    deadline: Deadline


class Result(NamedTuple):
    """How one check ended: `says` is one line, `code` is `OK` or what the process may end with."""

    name: str
    code: ExitCode
    says: str


def self_test(place: Place) -> Iterator[Result]:
    """Run every check, whatever became of the one before."""
    for name, check in _CHECKS.items():
        try:
            yield Result(name, ExitCode.OK, check(place))
        except DocgenError as error:
            yield Result(name, error.code, str(error))
        except Exception as error:  # noqa: BLE001 - a broken installation raises anything, and the rest still counts
            line = " ".join(f"{type(error).__name__}: {error}".split())
            yield Result(name, ExitCode.INTERNAL, line)


def _folder(place: Place) -> str:
    del place
    folder = tempfile.gettempdir()
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError as error:
        raise UsageError(f"cannot write to {folder} ({error.strerror}); set TMPDIR") from error
    return folder


def _git(place: Place) -> str:
    with open_git(place.environ, Limits(), place.deadline) as git:
        made = git.run("init", "--quiet", "--bare", str(git.store))
        if made.returncode != 0:
            raise UnreachableError(f"git cannot make a store (status {made.returncode}); reinstall git")
        return git.run("version").stdout.decode(errors="replace").strip()


def _grammars(place: Place) -> str:
    queries = resources.files("docgen.facts.syntax").joinpath("queries")
    grammars = sorted({*parsing.GRAMMARS.values(), "dockerfile", "tsx"})
    count = 0
    for grammar in grammars:
        place.deadline.check()
        root = parsing.parse(grammar, "").root_node
        folder = queries.joinpath("typescript" if grammar == "tsx" else grammar)
        # Python is read by its own parser, so it has no queries.
        for query in folder.iterdir() if folder.is_dir() else ():
            list(parsing.matches(grammar, query.name.removesuffix(".scm"), root))
            count += 1
    if not count:
        raise UsageError("there are no queries in the package; reinstall docgen")
    return f"{len(grammars)} grammars, {count} queries"


def _gates(place: Place) -> str:
    with tempfile.TemporaryDirectory(prefix="docgen-") as name:
        for path, text in _SAMPLE.items():
            file = Path(name) / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        options = Options()
        tree = read_tree(Path(name), options, place.deadline)
        spec = JobSpec(tenant="self", job="test", repository="sample", url=name, commit="0" * 40)
        bundle, facts = build(spec, tree, place.deadline)
    if not bundle.blocks or bundle.findings:
        raise GateError(f"the sample gave {len(bundle.blocks)} blocks and {len(bundle.findings)} findings")
    known = Known(facts, tree)
    if not stands(_TRUE, known) or stands(_FALSE, known):
        raise GateError("what is true and what is invented are not told apart; reinstall docgen")
    return f"{len(bundle.blocks)} blocks of a sample, an invented function refused"


def _writer(place: Place) -> str:
    kind = place.writer.kind
    writer = open_writer(place.writer)
    if writer is None:
        return f"{kind} asks no model"
    (reply,) = writer.write([_QUESTION], place.deadline)
    if not _is_answer(reply):
        reason = reply.failure or "its answer does not keep to the JSON schema"
        raise ModelUnavailableError(f"{place.writer.model} was asked in vain ({reason}); check the model")
    return f"{kind} {place.writer.model} answered"


def _is_answer(reply: Reply) -> bool:
    try:
        answer = json.loads(reply.text)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and isinstance(answer.get("ready"), bool)


_CHECKS: dict[str, Callable[[Place], str]] = {
    "folder": _folder,
    "git": _git,
    "grammars": _grammars,
    "gates": _gates,
    "writer": _writer,
}
