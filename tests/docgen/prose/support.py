"""Nights over one repository: it is documented, the pages are published into it, then something changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.commands.prompts import read_prompts
from docgen.contract import Bundle, Options, Writer, WriterKind, splice
from docgen.deadline import Deadline
from docgen.source.tree import read_tree

from tests.docgen.claims.support import SHOP
from tests.docgen.support import Files, job_spec, write
from tests.fakes.model_server import Answer, ModelServer, reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docgen.contract import JobSpec

    from tests.fakes.model_server import Asked

    Script = Callable[[Asked], Answer]
# Facts that the script makes a false sentence of.
_FAILING = {"contains", "enthält", "contient", "contiene", "contém", "reads", "liest", "lit", "lee", "lê"}
PROMPTS = Path(__file__).parents[3] / "include" / "prompts"


@dataclass(frozen=True)
class Night:
    """What one run was to do, asked and made, and the pages whose bytes it changed."""

    spec: JobSpec
    asked: list[Asked]
    bundle: Bundle
    rewritten: set[str]


def script_of() -> Script:
    """Answers with a claim, a paraphrase, a quote and a sentence to be rewritten, each where there is one."""

    def script(asked: Asked) -> Answer:
        sentences: list[dict[str, object]] = []
        for line in asked.user.splitlines():
            handle, _, says = line.partition(": ")
            words = says.split(" ")
            if " is described as: Return " in line:
                text = f"{{{words[0]}}} returns {says.partition(': Return ')[2]}"
                sentences.append({"kind": "paraphrase", "cite": handle, "text": text})
            elif " is described as: " in line:
                sentences.append({"kind": "quote", "cite": handle})
            elif handle.startswith("A"):
                verb = " ".join(words[1:-1])
                text = "It is great." if verb in _FAILING else f"{{{words[0]}}} {verb} {{{words[-1]}}}."
                sentences.append({"kind": "claims", "facts": [handle], "text": text})
        return Answer(reply(*sentences[:3], *sentences[-3:]))

    return script


def answering(
    folder: Path, script: Script, url: str = "/srv/shop", **given: object
) -> Callable[[Files], Night]:
    """A function that documents the shop in `folder` once more, after files were changed."""
    write(folder, SHOP)

    def night(files: Files, change: dict[str, object] | None = None, prompt: str = "") -> Night:
        write(folder, files)
        with ModelServer(script) as server:
            told = {"kind": WriterKind.OPENAI, "base_url": server.url, "model": "scripted"}
            options = Options(writer=Writer.model_validate(told | given | (change or {})))
            prompts = read_prompts(PROMPTS)
            prompts["readme"] = prompt + prompts["readme"]
            spec = job_spec(url, options=options).model_copy(update={"prompts": prompts})
            bundle, _ = build(spec, read_tree(folder, options, Deadline(60)), Deadline(60))
        return Night(spec, server.asked, bundle, published(folder, bundle))

    return night


def nights(
    folder: Path,
    changes: Sequence[Files],
    script: Script | None = None,
    url: str = "/srv/shop",
    change: dict[str, object] | None = None,
    prompt: str = "",
) -> list[Night]:
    """One run after each of `changes`; all but the first with what `change` and `prompt` say."""
    night = answering(folder, script or script_of(), url)
    return [night(files, *((change, prompt) if number else ())) for number, files in enumerate(changes)]


def published(folder: Path, bundle: Bundle) -> set[str]:
    """Splice every block into the work tree and tell what changed."""
    found = set()
    for block in bundle.blocks:
        page = folder / block.path
        before = page.read_bytes() if page.exists() else b""
        after = splice(before, [block])
        write(folder, {block.path: after})
        found |= {block.path} if after != before else set()
    return found
