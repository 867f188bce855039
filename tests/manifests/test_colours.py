"""Two colours beside each other, and the commands that bring them there, switch and go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.manifests.deploying import AIRFLOW, GENERATOR, Cluster, Done
from tests.manifests.support import COLOURS, ENVIRONMENTS, of_kind, overlay, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.manifests

_NEWER = f"sha256:{'c' * 64}"


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    """Nothing is in it."""
    return Cluster(tmp_path)


def _ok(done: Done) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_colour_after_the_other_and_back(cluster: Cluster) -> None:
    _ok(cluster.deploy("blue"))
    assert cluster.led_to() == set()
    _ok(cluster.switch("blue"))
    assert cluster.led_to() == {"blue"}
    _ok(cluster.deploy("green", _NEWER))
    # The new one is up, and nothing of the old one has changed.
    assert cluster.led_to() == {"blue"}
    assert cluster.state["releases"] == {
        "blue": f"images.airflow.digest={AIRFLOW}",
        "green": f"images.airflow.digest={_NEWER}",
    }
    for colour in ("green", "blue"):
        _ok(cluster.switch(colour))
        assert cluster.led_to() == {colour}
        assert cluster.state["active"] == {"colour": colour}


def test_each_colour_has_the_generator_that_it_was_deployed_with(cluster: Cluster) -> None:
    _ok(cluster.deploy("blue"))
    files = cluster.state["objects"]["ConfigMap/documenthor-blue/documenthor-tenants"]["data"]
    images = {yaml.safe_load(text)["pods"]["image"].partition("@")[2] for text in files.values()}
    assert images == {GENERATOR}


@pytest.mark.parametrize("colour", ["red", "", "blue;id", "blue green"])
def test_a_colour_that_is_none_does_nothing(cluster: Cluster, colour: str) -> None:
    before = cluster.state
    for done in (cluster.deploy(colour), cluster.switch(colour)):
        assert done.returncode == 2
        assert "is no colour" in done.stderr
    assert cluster.state == before


def test_an_environment_that_is_none_does_nothing(cluster: Cluster) -> None:
    for command in (("deploy.sh", "test", "blue", AIRFLOW, GENERATOR), ("switch.sh", "../dev", "blue")):
        done = cluster.run(*command)
        assert done.returncode == 2
        assert "is no environment" in done.stderr
    assert cluster.state["objects"] == {}


def test_the_idle_colour_is_the_one_without_requests(cluster: Cluster) -> None:
    for colour, idle in (("blue", "green"), ("green", "blue")):
        _ok(cluster.deploy(colour))
        _ok(cluster.switch(colour))
        assert cluster.shell(". tools/colours.sh; idle").stdout == f"{idle}\n"


def test_a_tag_is_not_deployed(cluster: Cluster) -> None:
    done = cluster.deploy("blue", "latest")
    assert done.returncode == 2
    assert "digest" in done.stderr
    assert cluster.state["objects"] == {}


def test_what_takes_requests_is_not_replaced_by_accident(cluster: Cluster) -> None:
    _ok(cluster.deploy("blue"))
    _ok(cluster.switch("blue"))
    done = cluster.deploy("blue", _NEWER)
    assert done.returncode == 1
    assert "deploy the other colour" in done.stderr
    assert cluster.state["releases"]["blue"] == f"images.airflow.digest={AIRFLOW}"
    _ok(cluster.deploy("blue", _NEWER, OVER_ACTIVE="yes"))


def test_what_has_jobs_to_finish_is_not_replaced(cluster: Cluster) -> None:
    for colour in COLOURS:
        _ok(cluster.deploy(colour))
    _ok(cluster.switch("green"))
    cluster.mark("at_work", "blue")
    done = cluster.deploy("blue", _NEWER)
    assert done.returncode == 1
    assert "jobs to finish" in done.stderr
    assert cluster.state["releases"]["blue"] == f"images.airflow.digest={AIRFLOW}"


def test_an_idle_colour_that_is_down_can_be_replaced(cluster: Cluster) -> None:
    for colour in COLOURS:
        _ok(cluster.deploy(colour))
    _ok(cluster.switch("green"))
    cluster.mark("down", "blue")
    # Refused by the health that is asked for in the end, after the release.
    done = cluster.deploy("blue", _NEWER)
    assert "not well" in done.stderr
    assert cluster.state["releases"]["blue"] == f"images.airflow.digest={_NEWER}"


def test_what_has_jobs_to_finish_is_not_replaced_because_it_is_down(cluster: Cluster) -> None:
    for colour in COLOURS:
        _ok(cluster.deploy(colour))
    _ok(cluster.switch("green"))
    cluster.mark("down", "blue")
    cluster.mark("at_work", "blue")
    done = cluster.deploy("blue", _NEWER)
    assert "jobs to finish" in done.stderr
    assert cluster.state["releases"]["blue"] == f"images.airflow.digest={AIRFLOW}"


def test_while_the_serving_colour_is_down_the_other_is_asked_itself(cluster: Cluster) -> None:
    for colour in COLOURS:
        _ok(cluster.deploy(colour))
    _ok(cluster.switch("green"))
    cluster.mark("down", "green")
    _ok(cluster.deploy("blue", _NEWER))
    cluster.mark("down", "blue")
    done = cluster.deploy("blue")
    assert done.returncode == 1
    assert "neither colour says" in done.stderr
    assert cluster.state["releases"]["blue"] == f"images.airflow.digest={_NEWER}"


def test_a_first_colour_that_never_got_well_can_be_replaced(cluster: Cluster) -> None:
    _ok(cluster.deploy("blue"))
    cluster.mark("down", "blue")
    assert "not well" in cluster.deploy("blue", _NEWER).stderr
    assert cluster.state["releases"]["blue"] == f"images.airflow.digest={_NEWER}"


def test_no_request_is_sent_to_a_colour_that_is_ill_or_missing(cluster: Cluster) -> None:
    _ok(cluster.deploy("blue"))
    _ok(cluster.switch("blue"))
    assert cluster.switch("green").returncode == 1
    _ok(cluster.deploy("green"))
    cluster.mark("ill", "green")
    done = cluster.switch("green")
    assert done.returncode == 1
    assert "not well" in done.stderr
    assert cluster.led_to() == {"blue"}
    assert cluster.state["active"] == {"colour": "blue"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_colours_stand_beside_each_other(environment: str) -> None:
    """None has anything of the other's; what they share is the same in both."""
    parts = {
        colour: list(yaml.safe_load_all(run("tools/manifests.sh", environment, "colour", colour).stdout))
        for colour in COLOURS
    }
    names = {
        colour: {
            (each["kind"], each["metadata"].get("namespace", each["metadata"]["name"])) for each in found
        }
        for colour, found in parts.items()
    }
    assert names["blue"]
    for colour, found in names.items():
        assert {namespace for _, namespace in found} == {f"documenthor-{colour}"}
    shared = [run("tools/manifests.sh", environment, "shared", colour).stdout for colour in COLOURS]
    assert shared[0] == shared[1] != ""


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("colour", COLOURS)
def test_routes_may_lead_where_they_lead(environment: str, colour: str) -> None:
    documents = overlay(environment, colour)
    (grant,) = of_kind(documents, "ReferenceGrant", f"documenthor-{colour}")
    assert {(each["kind"], each["namespace"]) for each in grant["spec"]["from"]} == {
        ("HTTPRoute", "documenthor"),
        ("SecurityPolicy", "documenthor"),
    }
    rules = [
        rule for route in of_kind(documents, "HTTPRoute", "documenthor") for rule in route["spec"]["rules"]
    ]
    backends = [backend for rule in rules for backend in rule.get("backendRefs", [])]
    assert {(each["name"], each["namespace"]) for each in backends} == {
        (each["name"], f"documenthor-{colour}") for each in grant["spec"]["to"]
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_both_colours_have_the_same_rights_in_tenants_namespaces(environment: str) -> None:
    bindings = [
        each
        for each in of_kind(overlay(environment), "RoleBinding")
        if each["metadata"]["namespace"].startswith("documenthor-jobs-")
    ]
    assert bindings
    for binding in bindings:
        assert len({subject["name"] for subject in binding["subjects"]}) == 1
        assert [subject["namespace"] for subject in binding["subjects"]] == [
            f"documenthor-{each}" for each in COLOURS
        ]
