"""The paths that ask for a token are checked at the gateway too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.manifests.support import ENVIRONMENTS, MANIFESTS, PROJECT, Document, kustomize, of_kind, overlay

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.manifests

# Route or Ingress, kind of match, path.
Match = tuple[str, str, str]


def _paths(*, secured: bool) -> list[str]:
    """Of the API's own description, with something in place of each variable."""
    described = json.loads((PROJECT / "docs/openapi.json").read_text("utf-8"))["paths"]
    return [
        path.replace("{job_id}", "some")
        for path, operations in described.items()
        if any(bool(each.get("security")) is secured for each in operations.values())
    ]


def _envoys(documents: tuple[Document, ...]) -> Iterator[Match]:
    for route in of_kind(documents, "HTTPRoute"):
        for rule in route["spec"]["rules"]:
            for match in rule["matches"]:
                yield route["metadata"]["name"], match["path"]["type"], match["path"]["value"]


def _ingresses(documents: tuple[Document, ...]) -> Iterator[Match]:
    for ingress in of_kind(documents, "Ingress"):
        paths: list[dict[str, Any]] = ingress["spec"]["rules"][0]["http"]["paths"]
        for each in paths:
            yield ingress["metadata"]["name"], each["pathType"], each["path"]


def _taken_by(matches: list[Match], path: str) -> str:
    """The route of the longest match by whole steps, an exact one before prefixes, as in both gateways."""
    fitting = [
        (kind == "Exact", len(value), name)
        for name, kind, value in matches
        if path == value or (kind != "Exact" and f"{path}/".startswith(f"{value.rstrip('/')}/"))
    ]
    return max(fitting)[2]


def _matches(gateway: str) -> list[Match]:
    if gateway in ENVIRONMENTS:
        return list(_envoys(overlay(gateway)))
    return list(_ingresses(tuple(yaml.safe_load_all(kustomize(MANIFESTS / "gateway" / gateway)))))


_GATEWAYS = (*ENVIRONMENTS, "ingress-nginx")


@pytest.mark.parametrize("gateway", _GATEWAYS)
def test_every_path_that_asks_for_a_token_is_checked(gateway: str) -> None:
    matches, paths = _matches(gateway), _paths(secured=True)
    assert "/api/statement" in paths
    assert [path for path in paths if _taken_by(matches, path) != "documenthor-api"] == []


@pytest.mark.parametrize("gateway", _GATEWAYS)
def test_what_is_open_and_what_people_use_asks_for_no_token(gateway: str) -> None:
    matches, paths = _matches(gateway), [*_paths(secured=False), "/", "/dags", "/api/v2/dags"]
    assert [path for path in paths if _taken_by(matches, path) == "documenthor-api"] == []
