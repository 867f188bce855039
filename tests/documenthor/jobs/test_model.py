"""What a request may say."""

from __future__ import annotations

import pytest
from documenthor.jobs import JobRequest, Target
from pydantic import ValidationError


@pytest.mark.parametrize("name", ["web", "a", "A.b_c-d", "_x", "9", ".github", ".x", "x" * 100])
def test_good_name(name: str) -> None:
    assert Target(name=name).name == name
    assert JobRequest(repositories=(name,)).repositories == (Target(name=name),)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "..x",
        ".git",
        "a.GIT",
        "-x",
        "a/b",
        "../a",
        "a b",
        "a\n",
        "a\x00",
        "ä",
        "x" * 101,
        "a;b",
    ],
)
def test_bad_name(name: str) -> None:
    with pytest.raises(ValidationError):
        Target(name=name)
    with pytest.raises(ValidationError):
        JobRequest(repositories=(name,))


def test_a_thousand_repositories_and_no_more() -> None:
    names = tuple(f"repo-{number}" for number in range(1001))
    assert JobRequest(repositories=names[:1000])
    with pytest.raises(ValidationError, match="too_long"):
        JobRequest(repositories=names)


@pytest.mark.parametrize("names", [("a", "a"), ("Web", "b", "wEB")])
def test_name_given_twice_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match=f"'{names[-1]}' is named twice"):
        JobRequest(repositories=names)
