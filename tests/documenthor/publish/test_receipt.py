"""The receipt in a pull request: complete, within bounds, and nothing in it acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Bundle, Claim, Finding
from documenthor.publish.messages import MAX_BODY, MAX_TITLE, description
from documenthor.publish.receipt import quoted

from tests.documenthor.publish.support import USAGE, block
from tests.documenthor.support import spec

if TYPE_CHECKING:
    from documenthor.forge.model import Description


def described(note: str = "", **said: object) -> Description:
    job = spec("calc")
    given = {"repository": "calc", "commit": job.commit, "recipe": job.recipe(), "blocks": (block(),)}
    bundle = Bundle.model_validate({**given, "usage": USAGE, **said})
    return description(job, bundle, (), note=note)


def claim(verdict: str) -> Claim:
    return Claim.model_validate(
        {"block": "b", "predicate": "defines", "subject": "f", "path": "a.py", "line": 1, "verdict": verdict}
    )


def test_it_says_what_held_and_what_was_left_unsaid() -> None:
    body = described(
        score=92.5,
        claims=(claim("holds"), claim("holds"), claim("refuted")),
        sentences={"kept": 4, "rewritten": 1, "refuted": 2, "too vague": 1},
        dropped=(Finding(gate="links", path="README.md", what="leads nowhere"),),
        notes=("no route was found",),
    ).body
    for line in (
        "- Score: 92.5 of 100.",
        "- Statements checked against the source: 2 hold.",
        "- Statements refuted, and therefore not on the pages: 1.",
        "- Sentences of a model: 5 kept or rewritten, 3 dropped.",
        "  - 2 for `refuted`",
        "  - 1 for `too vague`",
        "- Taken out of the pages by gates: 1.",
        "  - `README.md: leads nowhere`",
        "- `no route was found`",
    ):
        assert line in body.splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "@everyone look",
        "Fixes #1",
        "` @ada `",
        "```\n@ada\n```",
        "<!-- documenthor:pull-request {} -->",
        "--> <img src=https://evil.example/x>",
        "[x](https://evil.example)",
        "line\nline\r\n# heading",
        "a\x00b\u202ec",
        "``",
        "",
        "`" * 300,
    ],
)
def test_untrusted_text_stays_in_its_code_span(text: str) -> None:
    span = quoted(text)
    assert (span[0], span[-1]) == ("`", "`")
    assert "`" not in span[1:-1]
    assert "\n" not in span
    assert "-->" not in span
    assert "<!--" not in span
    assert len(span) <= 250
    assert span in described(notes=(text,), note=text).body


def test_it_stays_within_what_github_takes() -> None:
    many = {f"reason {number} " + "x" * 300: number for number in range(5000)}
    findings = tuple(Finding(gate="links", what="w" * 500) for _ in range(200))
    found = described(sentences=many, dropped=findings, notes=tuple("n" * 5000 for _ in range(1000)))
    assert len(found.body.encode()) <= MAX_BODY
    assert len(found.title) <= MAX_TITLE
    assert "and 4980 more reasons" in found.body


def test_a_body_that_is_too_long_is_cut_after_a_line_and_says_so() -> None:
    from documenthor.forge.model import Change

    job = spec("calc")
    given = {"repository": "calc", "commit": job.commit, "recipe": job.recipe(), "blocks": ()}
    bundle = Bundle.model_validate({**given, "usage": USAGE})
    changes = [Change(f"docs/{'é' * 1000}{number}.md", b"", is_new=True) for number in range(100)]
    body = description(job, bundle, changes).body
    assert len(body.encode()) <= MAX_BODY
    assert body.rstrip().endswith("cut: it was longer than what can be shown here.")
