"""The way of a hostile repository: cloned, documented by facts and by an obedient model, published twice."""

from __future__ import annotations

import json
import resource
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from docgen.cli import main
from docgen.contract import Bundle, Envelope, ExitCode, Limits, Options, Writer, WriterKind
from documenthor.publish import publish
from documenthor.tenants import Mode

from tests.documenthor.forge.github.hub import hub
from tests.fakes.model_server import ModelServer
from tests.hostile.model import OBEYED, forms, obeying
from tests.hostile.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from _pytest.mark import ParameterSet
    from docgen.contract import JobSpec
    from documenthor.outcomes import Outcome

_Case = TypeVar("_Case")
PROMPTS = {path.stem: path.read_text("utf-8") for path in Path("include/prompts").glob("*.txt")}
# Neither has the shape of a credential, so that no detector but only their place keeps them apart.
IN_ENVIRONMENT, IN_FILE = "Vq7xKw2Zt9LmRb4NcYd8", "Jh5sPf3Gu6TeXa1WoQi9"
LIMITS = Limits(seconds=60)


@dataclass
class Journey:
    """What came of it. `outcomes` are those of the facts and of the model, the others exit codes."""

    site: Site
    commit: str
    fetched: ExitCode
    before: dict[str, str]
    generated: list[ExitCode] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    printed: str = ""
    seconds: float = 0.0

    @property
    def ends(self) -> list[str]:
        """How it ended, in words: the outcomes, or why there are none."""
        if self.fetched:
            return [f"fetch {self.fetched.reason}"]
        codes = [f"generate {code.reason}" for code in self.generated if code]
        return sorted({*codes, *map(str, self.outcomes)})


def sampled(cases: Iterable[_Case], every: int) -> list[ParameterSet]:
    """All cases, of which only every so manieth is among the quick tests."""
    marks = ((), (pytest.mark.hostile,))
    return [pytest.param(case, marks=marks[number % every > 0]) for number, case in enumerate(cases)]


def site(root: Path) -> Site:
    """A place for a hostile repository, with secrets beside it."""
    outside = root / "outside"
    outside.mkdir(parents=True)
    (outside / "secret.txt").write_text(IN_FILE)
    (outside / "secret.py").write_text(f'"""{IN_FILE}"""\n\nSECRET = "{IN_FILE}"\n')
    program, canary = root / "program", root / "canary"
    program.write_text(f"#!/bin/sh\ntouch {canary}\ncat\n")
    program.chmod(0o755)
    return Site(hub(root / "github"), outside, canary, program)


def travel(
    made: Site, commit: str, capsys: pytest.CaptureFixture[str], said: Sequence[str] = OBEYED
) -> Journey:
    """Take a repository all the way; the model says `said` and each form of the secret it can read."""
    started, work = spent(), made.outside.parent / "work" / commit[:8]
    work.mkdir(parents=True)
    secrets = [text for secret in (IN_ENVIRONMENT, IN_FILE) for text in forms(secret).values()]
    with ModelServer(obeying([*said, *secrets])) as server:
        writer = Writer(kind=WriterKind.OPENAI, base_url=server.url, model="obedient")
        specs = [_spec(made, commit, "facts", Writer()), _spec(made, commit, "model", writer)]
        command = _commands(work, specs[1])
        found = Journey(made, commit, ExitCode(command("fetch")), made.hub.repository.store.refs())
        for spec in () if found.fetched else specs:
            _document(found, work, spec)
        found.prompts = [asked.user for asked in server.asked]
    found.printed = "".join(capsys.readouterr())
    found.seconds = spent() - started
    return found


def _document(found: Journey, work: Path, spec: JobSpec) -> None:
    out = work / f"{spec.job}.json"
    code = ExitCode(_commands(work, spec)("generate", "--out", str(out)))
    found.generated.append(code)
    if code:
        return
    envelope = Envelope.model_validate(json.loads(out.read_bytes()))
    found.bundles.append(envelope.open())
    # No score is asked for, so that quality does not keep back what security lets through.
    outcome = publish(found.site.hub.forge(), spec, envelope, Mode.PULL_REQUEST, 0)
    found.outcomes.append(outcome)


def _commands(work: Path, spec: JobSpec) -> Callable[..., int]:
    path = work / f"{spec.job}.spec.json"
    path.write_text(spec.model_dump_json())
    return partial(_run, path, work / "tree")


def _run(spec: Path, tree: Path, command: str, *more: str) -> int:
    return main([command, "--spec", str(spec), "--tree", str(tree), *more])


def _spec(made: Site, commit: str, job: str, writer: Writer) -> JobSpec:
    spec = made.hub.spec(commit, job)
    options = Options(limits=LIMITS, writer=writer)
    return spec.model_copy(update={"url": str(made.path), "options": options, "prompts": PROMPTS})


def spent() -> float:
    """The seconds of processor time that we and git took so far: those on a clock depend on who else runs."""
    used = (resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def memory() -> int:
    """The most bytes that any process of ours and of git's ever held."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) * 1024
