"""Hostile texts wherever text is read: in code, manifests, names, messages, and pages that a model wrote."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.hostile.checks import problems, published
from tests.hostile.contents import CONTENTS, CREDENTIALS, remember, scatter
from tests.hostile.journey import IN_ENVIRONMENT, sampled, site, travel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.journey import Journey

SIZE = 16
NAMES = list(CONTENTS)
GROUPS = [NAMES[start : start + SIZE] for start in range(0, len(NAMES), SIZE)]

_START = "<!-- documenthor:start"
_BLOCK = re.compile(rf"{_START}.*?<!-- documenthor:end[^>]*-->", re.DOTALL)


def credentials(found: Journey) -> list[str]:
    """What has the shape of a credential and was told all the same; what people wrote stays as it is."""
    written = (_BLOCK.findall(text) if _START in text else [text] for text in published(found))
    everything = "\n".join(
        (*chain.from_iterable(written), *(bundle.model_dump_json() for bundle in found.bundles))
    )
    return [secret for secret in CREDENTIALS if secret in everything]


@pytest.mark.parametrize("names", sampled(GROUPS, len(GROUPS)), ids=lambda names: names[0])
def test_nothing_of_a_text_takes_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", IN_ENVIRONMENT)
    made, texts = site(tmp_path / "one"), [CONTENTS[name] for name in names]
    scatter(made, texts)
    found = travel(made, made.push(), capsys, texts)
    assert problems(found) == []
    assert credentials(found) == []
    assert found.ends == ["pull_request"]
    told = site(tmp_path / "two")
    scatter(told, texts)
    assert remember(told, found.bundles[1], texts) >= 3
    again = travel(told, told.push(), capsys, texts)
    assert problems(again) == []
    assert credentials(again) == []
    assert again.ends == ["pull_request"]
    assert again.bundles[1].usage.remembered == 0
