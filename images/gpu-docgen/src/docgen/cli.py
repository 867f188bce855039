"""The command line: `docgen PATH-OR-URL`, `docgen fetch`, `generate`, `score` and `docgen --self-test`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pydantic import ValidationError

from docgen import __version__
from docgen.commands.fetch import fetch
from docgen.commands.generate import generate
from docgen.commands.prompts import read_prompts
from docgen.commands.score import score_documentation
from docgen.commands.self_test import Place, self_test
from docgen.commands.spec import read_spec, require_recipe
from docgen.commands.standalone import NO_COMMIT, Result, document
from docgen.contract import ExitCode, Limits, Options, Writer, WriterKind
from docgen.deadline import Deadline
from docgen.errors import BelowMinimumError, DocgenError, UsageError
from docgen.score.report import as_json, as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = """\
examples:
  docgen . --out /tmp/pages             the repository here, at HEAD
  docgen . --out .                      the same, written into the work tree
  docgen https://github.com/pallets/click --out pages --commit 8.1.7

as two steps, for a repository that is not trusted (the first needs the network, the second nothing):
  docgen fetch --spec spec.json --tree tree
  docgen generate --spec spec.json --tree tree --out bundle.json

how much of any documentation a repository bears out, from 0 to 100:
  docgen score docs --repository .

whether all that a generator needs is here and works, the model included:
  docgen --self-test --writer openai --base-url http://model:8000/v1 --model NAME
`docgen fetch --help`, `docgen generate --help` and `docgen score --help` say more.

exit codes: 0 done, 1 internal error, 2 wrong usage, 10 wrong spec, 11 unreachable repository,
12 no such commit, 13 nothing to read, 14 over a limit, 15 timed out, 17 wrong .documenthor.yml,
18 the repository does not want to be documented, 19 no model, 20 score below --minimum
"""


_SPEC_HELP = "the job spec as JSON; - is standard input, env:NAME an environment variable"


class _Parser(argparse.ArgumentParser):
    """Ends in one line like every other mistake."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except BrokenPipeError:
        return _unread()
    except DocgenError as error:
        print(f"docgen: {error.code.reason}: {error}", file=sys.stderr)
        return int(error.code)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 (the last resort: a person gets a line, not a traceback)
        return _crashed(error, debug="--debug" in given)


def _unread() -> int:
    """Who reads the output has seen enough (`docgen score ... | head`); what is left of it goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def _crashed(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    line = " ".join(f"{type(error).__name__}: {error}".split())
    advice = "report it" if debug else "report it with the output of the same command and --debug"
    print(f"docgen: {ExitCode.INTERNAL.reason}: {line}; {advice}", file=sys.stderr)
    return int(ExitCode.INTERNAL)


def _run(given: list[str]) -> int:
    commands = {"fetch": _fetch, "generate": _generate, "score": _score, "--self-test": _self_test}
    command = commands.get(given[0] if given else "")
    ended = _document(given) if command is None else command(given[1:])
    sys.stdout.flush()
    return ended


def _parser(name: str, description: str, epilog: str = "") -> _Parser:
    parser = _Parser(
        prog=name,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an internal error")
    return parser


def _fetch(given: list[str]) -> int:
    parser = _parser("docgen fetch", "Write the files of one commit to a folder, without git's own folder.")
    parser.add_argument("--spec", required=True, metavar="FILE", help=_SPEC_HELP)
    parser.add_argument("--tree", required=True, type=Path, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="read token for an https address")
    parser.add_argument("--revoke-at", default="", metavar="URL", help="where the token is ended by itself")
    parser.add_argument("--recipe", default="", metavar="DIGEST", help="end if the pages would be of another")
    options = parser.parse_args(given)
    spec = read_spec(options.spec, os.environ)
    deadline = Deadline(spec.options.limits.seconds)
    token = _token(options.token_file)
    try:
        require_recipe(spec, options.recipe)
        count = fetch(spec, options.tree, os.environ, deadline, token)
    finally:
        if token and options.revoke_at:
            _revoke(options.revoke_at, token)
    print(f"fetched {count} files of {spec.repository} at {spec.commit} in {deadline.spent:.1f} s")
    return int(ExitCode.OK)


def _revoke(url: str, token: str) -> None:
    """Only a warning if it fails: the token expires by itself, and the files are here."""
    from docgen.git.revoking import revoke  # an HTTP client, which no other command needs

    problem = revoke(url, token, os.environ)
    if problem:
        print(f"docgen: warning: the token was not revoked ({problem})", file=sys.stderr)


def _token(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        token = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the token file {path}; check its name and mode") from error
    if not token or not token.isascii() or not token.isprintable():
        raise UsageError(f"the token file {path} does not hold one line of text; write the token into it")
    return token


def _generate(given: list[str]) -> int:
    parser = _parser("docgen generate", "Read a tree and write the bundle of its pages' blocks.")
    parser.add_argument("--spec", required=True, metavar="FILE", help=_SPEC_HELP)
    parser.add_argument("--tree", required=True, type=Path, metavar="DIR", help="what docgen fetch wrote")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the envelope, as JSON")
    options = parser.parse_args(given)
    spec = read_spec(options.spec, os.environ)
    deadline = Deadline(spec.options.limits.seconds)
    bundle = generate(spec, options.tree, options.out, deadline)
    print(f"wrote {len(bundle.blocks)} blocks from {bundle.usage.files} files in {deadline.spent:.1f} s")
    _print_notes(bundle.notes)
    return int(ExitCode.OK)


def _score(given: list[str]) -> int:
    parser = _parser("docgen score", "Compare Markdown with a repository, its folder as it is.")
    parser.add_argument("documentation", type=Path, metavar="DOCS", help="a Markdown file, or a folder")
    parser.add_argument("--repository", required=True, type=Path, metavar="DIR", help="its work tree")
    parser.add_argument("--json", action="store_true", help="print all that was found as JSON")
    parser.add_argument("--minimum", type=float, metavar="N", help="fail below this score (0 to 100)")
    parser.add_argument(
        "--seconds", type=int, default=Limits().seconds, metavar="N", help="give up after this long"
    )
    options = parser.parse_args(given)
    if options.minimum is not None and not 0 <= options.minimum <= 100:
        raise UsageError("--minimum is not a score; give a number from 0 to 100")
    if options.seconds < 1:
        raise UsageError("--seconds is less than 1; give at least 1")
    result = score_documentation(options.documentation, options.repository, Deadline(options.seconds))
    print(as_json(result) if options.json else as_text(result))
    if options.minimum is not None and result.total < options.minimum:
        advice = "mend what is listed, or ask for less with --minimum"
        raise BelowMinimumError(f"the score {result.total} is below {options.minimum:g}; {advice}")
    return int(ExitCode.OK)


def _self_test(given: list[str]) -> int:
    parser = _parser("docgen --self-test", "Try git, the grammars, the gates and the writer.")
    parser.add_argument("--seconds", type=int, default=120, metavar="N", help="give up after this long")
    _add_writer(parser)
    options = parser.parse_args(given)
    if options.seconds < 1:
        raise UsageError("--seconds is less than 1; give at least 1")
    ended = ExitCode.OK
    for name, code, says in self_test(Place(_writer(options), os.environ, Deadline(options.seconds))):
        print(f"{name}: {'ok' if code is ExitCode.OK else code.reason} ({says})", flush=True)
        ended = ended or code
    return int(ended)


def _document(given: list[str]) -> int:
    parser = _parser("docgen", "Document one repository from what its code shows.", _EPILOG)
    parser.add_argument("--version", action="version", version=f"docgen {__version__}")
    parser.add_argument(
        "source", metavar="PATH-OR-URL", help="a git repository, a plain folder or an https:// address"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="where the pages go; existing text is kept"
    )
    parser.add_argument(
        "--commit", default="HEAD", metavar="REV", help="branch, tag or full commit id (default: HEAD)"
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="do not read these paths (vendor/**)"
    )
    parser.add_argument(
        "--seconds", type=int, default=Limits().seconds, metavar="N", help="give up after this long"
    )
    parser.add_argument(
        "--language", metavar="TAG", help="write in this language (de, pt-BR), whatever the repository says"
    )
    _add_writer(parser)
    options = parser.parse_args(given)
    wanted = _wanted(options)
    prompts = read_prompts(options.prompts) if options.prompts else {}
    deadline = Deadline(options.seconds)
    result = document(options.source, options.out, options.commit, wanted, prompts, os.environ, deadline)
    for path in result.written:
        print(f"wrote {options.out / path}")
    for path in result.removed:
        print(f"removed {options.out / path}")
    for finding in result.dropped:
        print(f"left out: {finding}")
    at = "" if result.commit == NO_COMMIT else f" at {result.commit[:12]}"
    print(f"read {result.files} files and {result.symbols} symbols{at} in {deadline.spent:.1f} s")
    print(f"{len(result.written)} pages written, {len(result.unchanged)} unchanged")
    if wanted.writer.kind is not WriterKind.FACTS:
        print(_told(result))
    _print_notes(result.notes)
    return int(ExitCode.OK)


def _add_writer(parser: _Parser) -> None:
    group = parser.add_argument_group("prose from a model, of which only what the code shows is kept")
    group.add_argument("--writer", choices=[*WriterKind], default=WriterKind.FACTS, help="default: facts")
    group.add_argument("--base-url", default="", metavar="URL", help="of an OpenAI-compatible server")
    group.add_argument("--model", default="", metavar="NAME", help="its name there, or a folder")
    group.add_argument("--prompts", type=Path, metavar="DIR", help="the folder with the prompts")


def _writer(options: argparse.Namespace) -> Writer:
    try:
        return Writer(kind=WriterKind(options.writer), base_url=options.base_url, model=options.model)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"{reason}; give --base-url and --model") from error


def _told(result: Result) -> str:
    """What became of a model's sentences, for a person."""
    fates = ", ".join(f"{count} {fate}" for fate, count in result.sentences.items()) or "none"
    return f"sentences of the model: {fates}; {result.tokens} tokens"


def _wanted(given: argparse.Namespace) -> Options:
    """Options that a repository's own settings cannot overrule."""
    if given.seconds < 1:
        raise UsageError("--seconds is less than 1; give at least 1")
    bounds = Options(limits=Limits(seconds=given.seconds), writer=_writer(given))
    said = {"exclude": tuple(given.exclude)}
    if given.language is not None:
        said |= {"language": given.language, "locked": ("language",)}
    try:
        return Options(**(bounds.model_dump() | said))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UsageError(f"--{first['loc'][0]} is wrong ({first['msg']}); see docgen --help") from error


def _print_notes(notes: tuple[str, ...]) -> None:
    for note in notes:
        print(f"note: {note}")
