"""The values of each environment against the chart's strict schema, and what no schema can know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from documenthor.settings import Runtime, Settings

from tests.manifests.support import ENVIRONMENTS, VALUES, chart_schema, merged, of_kind, overlay, template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.manifests


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}")
    else:
        yield path, value


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_chart_accepts_the_values(chart: Path, environment: str) -> None:
    assert merged(chart, environment)["executor"] == "KubernetesExecutor"


@pytest.mark.parametrize("environment", ["base", "metrics", *ENVIRONMENTS])
def test_every_section_is_one_of_the_charts(environment: str) -> None:
    # Sections that it does not know are what its schema lets pass.
    known = json.loads(chart_schema().read_text("utf-8"))["properties"]
    assert set(yaml.safe_load((VALUES / f"{environment}.yaml").read_text("utf-8"))) <= set(known)


@pytest.mark.parametrize(
    ("setting", "complaint"), [("scheduler.replica=2", "replica"), ("pgbouncer.enabled=maybe", "boolean")]
)
def test_the_chart_would_refuse_a_mistake(chart: Path, setting: str, complaint: str) -> None:
    done = template(chart, "prod", "--set", setting)
    assert done.returncode != 0
    assert complaint in done.stderr


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_our_settings_are_readable_and_complete(chart: Path, environment: str) -> None:
    values = merged(chart, environment)
    variables = {
        each["name"]: each["value"] for each in [*values["env"], *yaml.safe_load(values["extraEnv"])]
    }
    settings = Settings.from_environment(variables)
    assert settings.runtime is Runtime.KUBERNETES
    assert settings.colour == "blue"
    assert settings.issuer == settings.audience == values["config"]["api"]["base_url"]
    secret = {each["envName"] for each in values["secret"]}
    assert secret == {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC",
        "DOCUMENTHOR_DATABASE_URL",
        "DOCUMENTHOR_ENCRYPTION_KEYS",
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_no_secret_is_written_down_or_left_to_the_chart(chart: Path, environment: str) -> None:
    values = merged(chart, environment)
    spelled = [path for path, value in _leaves(values) if path.split(".")[-1].lower() in _SECRET and value]
    assert spelled == []
    for name in ("fernetKeySecretName", "apiSecretKeySecretName", "jwtSecretName"):
        assert values[name]
    assert values["data"]["metadataSecretName"]
    assert values["pgbouncer"]["configSecretName"]
    assert not values["createUserJob"]["enabled"]
    assert not values["postgresql"]["enabled"]


_SECRET = {"password", "pass", "fernetkey", "apisecretkey", "jwtsecret", "connection", "brokerurl"}


@pytest.mark.parametrize("part", ["apiServer", "scheduler", "triggerer", "pgbouncer"])
def test_production_survives_the_loss_of_one(chart: Path, part: str) -> None:
    values = merged(chart, "prod")[part]
    assert values["replicas"] >= 2
    assert values["podDisruptionBudget"] == {"enabled": True, "config": {"maxUnavailable": 1}}
    labels = values["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"]
    assert labels["component"]


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_nothing_that_counts_is_on_a_disk_of_the_cluster(chart: Path, environment: str) -> None:
    config = merged(chart, environment)["config"]
    logs, bundles = (
        config["logging"]["remote_base_log_folder"],
        config["common.io"]["xcom_objectstorage_path"],
    )
    assert all(each.startswith("s3://") for each in (logs, bundles))
    # What the other colour writes has the same names.
    assert all(each.endswith("/documenthor-blue") for each in (logs, bundles))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_values_and_manifests_use_the_same_names(chart: Path, environment: str) -> None:
    values, documents = merged(chart, environment), overlay(environment)
    classes = {each["metadata"]["name"] for each in of_kind(documents, "PriorityClass")}
    asked = {value for path, value in _leaves(values) if path.endswith("priorityClassName")}
    assert asked
    assert asked <= classes
    bound = {subject["name"] for each in of_kind(documents, "RoleBinding") for subject in each["subjects"]}
    accounts = {values[part]["serviceAccount"]["name"] for part in ("workers", "scheduler", "triggerer")}
    assert bound == accounts
    maps = {each["metadata"]["name"] for each in of_kind(documents, "ConfigMap", "documenthor-blue")}
    assert {each["configMap"]["name"] for each in values["volumes"] if "configMap" in each} == maps
    assert values["allowPodLaunching"] is False
