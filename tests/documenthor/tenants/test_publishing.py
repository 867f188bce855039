"""How pull requests present themselves is said in the tenant file, strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import TenantFileError
from documenthor.tenants import Publishing, Reviewers, load_tenant

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, section: str) -> Publishing:
    text = f"organisation: acme\nforge: {{kind: local}}\n{section}\n"
    (folder / "acme.yaml").write_text(text)
    return load_tenant(folder, "acme").publishing


@pytest.mark.parametrize(
    ("section", "wanted"),
    [
        ("", Publishing()),
        ("publishing: {labels: []}", Publishing(labels=())),
        (
            "publishing: {labels: [docs, good first issue], reviewers: nobody, draft: true}",
            Publishing(labels=("docs", "good first issue"), reviewers=Reviewers.NOBODY, draft=True),
        ),
    ],
)
def test_what_may_be_said(tmp_path: Path, section: str, wanted: Publishing) -> None:
    assert load(tmp_path, section) == wanted


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("{labels: docs}", "publishing.labels"),
        ("{labels: [docs, Docs]}", "publishing.labels"),
        ("{labels: ['a,b']}", "publishing.labels.0"),
        ("{labels: ['']}", "publishing.labels.0"),
        ("{labels: [' docs']}", "publishing.labels.0"),
        ("{labels: [" + "x" * 51 + "]}", "publishing.labels.0"),
        ("{labels: [a, b, c, d, e, f, g, h, i, j, k]}", "publishing.labels"),
        ("{reviewers: everybody}", "publishing.reviewers"),
        ("{draft: 7}", "publishing.draft"),
        ("{titel: x}", "publishing.titel"),
    ],
)
def test_anything_else_is_named(tmp_path: Path, said: str, key: str) -> None:
    with pytest.raises(TenantFileError, match=key):
        load(tmp_path, f"publishing: {said}")
