"""What alerts and dashboards ask for is scraped, under the labels that they ask by."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.manifests.support import MANIFESTS, Document, of_kind, overlay

pytestmark = pytest.mark.manifests

_MONITORED = ("staging", "prod")
_ASKING = (MANIFESTS / "monitoring/rules.yaml", *sorted((MANIFESTS / "monitoring/dashboards").glob("*.json")))
# How names of metrics begin, and which monitor brings them.
_BROUGHT_BY = {
    "documenthor_": "airflow-statsd",
    "airflow_": "airflow-statsd",
    "vllm:": "vllm",
    "DCGM_": "dcgm",
    "probe_": "documenthor-address",
}


def _monitors(environment: str) -> dict[str, Document]:
    documents = overlay(environment)
    found = [*of_kind(documents, "ServiceMonitor"), *of_kind(documents, "Probe")]
    return {each["metadata"]["name"]: each for each in found}


@pytest.mark.parametrize("environment", _MONITORED)
@pytest.mark.parametrize("prefix", _BROUGHT_BY)
def test_what_is_asked_for_is_scraped(prefix: str, environment: str) -> None:
    assert any(prefix in path.read_text("utf-8") for path in _ASKING)
    assert _BROUGHT_BY[prefix] in _monitors(environment)


@pytest.mark.parametrize("environment", _MONITORED)
def test_a_gpus_series_names_the_pod_that_holds_it(environment: str) -> None:
    """And not the exporter that tells of it."""
    assert all(point["honorLabels"] for point in _monitors(environment)["dcgm"]["spec"]["endpoints"])


@pytest.mark.parametrize("environment", _MONITORED)
def test_the_certificate_is_that_of_the_address_that_callers_use(environment: str) -> None:
    targets = _monitors(environment)["documenthor-address"]["spec"]["targets"]["staticConfig"]["static"]
    routes = of_kind(overlay(environment), "HTTPRoute")
    hosts = {host for route in routes for host in route["spec"]["hostnames"]}
    assert [(urlsplit(each).scheme, urlsplit(each).hostname) for each in targets] == [
        ("https", host) for host in hosts
    ]
