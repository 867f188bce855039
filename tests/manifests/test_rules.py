"""What the manifests are for: who may do what, what is closed, and that quotas hold what tenants ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from documenthor.tenants import Tenant, read_tenants
from kubernetes.utils.quantity import parse_quantity

from tests.manifests.support import ENVIRONMENTS, MANIFESTS, of_kind, overlay

pytestmark = pytest.mark.manifests

_WORKER = {
    "pods": {"create", "get", "list", "watch", "patch", "delete"},
    "pods/log": {"get"},
    "pods/exec": {"create", "get"},
    "events": {"list", "watch"},
    "secrets": {"create", "delete"},
}


def _tenants(environment: str) -> list[Tenant]:
    tenants, errors = read_tenants(MANIFESTS / "overlays" / environment / "colour/tenant-files")
    assert not errors
    return list(tenants)


_ALL = [
    pytest.param(environment, tenant, id=f"{environment}-{tenant.organisation}")
    for environment in ENVIRONMENTS
    for tenant in _tenants(environment)
]


def _rights(environment: str, account: str) -> dict[str, dict[str, set[str]]]:
    """By namespace: resource to verbs."""
    documents = overlay(environment)
    found: dict[str, dict[str, set[str]]] = {}
    for binding in of_kind(documents, "RoleBinding"):
        if any(subject["name"] == account for subject in binding["subjects"]):
            namespace = binding["metadata"]["namespace"]
            roles = of_kind(documents, "Role", namespace)
            role = next(each for each in roles if each["metadata"]["name"] == binding["roleRef"]["name"])
            for rule in role["rules"]:
                assert rule["apiGroups"] == [""]
                for resource in rule["resources"]:
                    found.setdefault(namespace, {}).setdefault(resource, set()).update(rule["verbs"])
    return found


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_worker_manages_pods_in_tenants_namespaces_and_nothing_else(environment: str) -> None:
    expected = {tenant.pods.namespace: _WORKER for tenant in _tenants(environment)}
    assert _rights(environment, "airflow-worker") == expected
    assert not of_kind(overlay(environment), "ClusterRole")
    assert not of_kind(overlay(environment), "ClusterRoleBinding")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_scheduler_starts_workers_and_no_generators(environment: str) -> None:
    assert set(_rights(environment, "airflow-scheduler")) == {"documenthor-blue"}
    triggerer = _rights(environment, "airflow-triggerer")
    assert all(rights["pods"] == {"get", "list", "watch", "delete"} for rights in triggerer.values())
    assert _rights(environment, "documenthor-generator") == {}


@pytest.mark.parametrize(("environment", "tenant"), _ALL)
def test_a_tenants_pods_have_a_place_that_is_closed(environment: str, tenant: Tenant) -> None:
    documents, namespace = overlay(environment), tenant.pods.namespace
    place = next(each for each in of_kind(documents, "Namespace") if each["metadata"]["name"] == namespace)
    assert place["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    account = of_kind(documents, "ServiceAccount", namespace)[0]
    assert account["metadata"]["name"] == tenant.pods.service_account
    assert account["automountServiceAccountToken"] is False
    policies = [each["spec"] for each in of_kind(documents, "NetworkPolicy", namespace)]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies
    assert not any("ingress" in policy for policy in policies)


_CLOSED = [each for each in _ALL if each.values[0] != "dev"]
_OPEN = [each for each in _ALL if each.values[0] == "dev"]


def _ways_out(environment: str, tenant: Tenant) -> list[dict[str, Any]]:
    policies = of_kind(overlay(environment), "NetworkPolicy", tenant.pods.namespace)
    return [rule for policy in policies for rule in policy["spec"].get("egress", [])]


@pytest.mark.parametrize(("environment", "tenant"), _CLOSED)
def test_a_pod_reaches_names_the_model_server_and_the_proxy_alone(environment: str, tenant: Tenant) -> None:
    """And has credentials for the proxy, without which it could not clone."""
    (proxy,) = of_kind(overlay(environment), "Service", "documenthor-egress")
    reached = {
        (
            peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"],
            *peer["podSelector"]["matchLabels"].values(),
            *(port["port"] for port in rule["ports"] if port["protocol"] == "TCP"),
        )
        for rule in _ways_out(environment, tenant)
        for peer in rule["to"]
    }
    assert reached == {
        ("kube-system", "kube-dns", 53),
        ("documenthor-models", "vllm", 8000),
        ("documenthor-egress", proxy["metadata"]["name"], proxy["spec"]["ports"][0]["port"]),
    }
    assert tenant.pods.proxy
    assert not of_kind(overlay(environment), "CiliumNetworkPolicy")


@pytest.mark.parametrize(("environment", "tenant"), _OPEN)
def test_only_port_443_leaves_an_open_cluster_and_nothing_private(environment: str, tenant: Tenant) -> None:
    (rule,) = [
        each for each in _ways_out(environment, tenant) if any("ipBlock" in peer for peer in each["to"])
    ]
    assert rule["ports"] == [{"protocol": "TCP", "port": 443}]
    assert {"10.0.0.0/8", "169.254.0.0/16"} <= set(rule["to"][0]["ipBlock"]["except"])
    assert not tenant.pods.proxy


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_the_proxy_runs_the_configuration_that_is_tested(environment: str) -> None:
    (config,) = of_kind(overlay(environment), "ConfigMap", "documenthor-egress")
    assert config["data"]["envoy.yaml"] == (MANIFESTS / "egress/envoy.yaml").read_text("utf-8")
    (server,) = of_kind(overlay(environment), "Deployment", "documenthor-egress")
    volumes = {each["name"]: each for each in server["spec"]["template"]["spec"]["volumes"]}
    assert volumes["config"]["configMap"]["name"] == config["metadata"]["name"]
    assert volumes["credentials"]["secret"]["defaultMode"] == 0o440


@pytest.mark.parametrize(("environment", "tenant"), _ALL)
def test_the_quota_holds_all_pods_that_the_tenant_may_start_at_once(environment: str, tenant: Tenant) -> None:
    quota = of_kind(overlay(environment), "ResourceQuota", tenant.pods.namespace)[0]["spec"]["hard"]
    pods = tenant.pods
    at_once = pods.quota // pods.slots
    wanted = {
        "requests.cpu": pods.cpu,
        "requests.memory": pods.memory,
        "limits.memory": pods.memory,
        "requests.ephemeral-storage": pods.ephemeral_storage,
        "pods": "1",
        "secrets": "1",
    }
    for name, amount in wanted.items():
        assert parse_quantity(quota[name]) > at_once * parse_quantity(amount), name
    assert parse_quantity(quota["requests.nvidia.com/gpu"]) == Decimal(at_once * pods.gpus)


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_the_model_server_counts_as_ready_only_with_its_model(environment: str) -> None:
    server = of_kind(overlay(environment), "Deployment", "documenthor-models")[0]["spec"]["template"]["spec"]
    container = server["containers"][0]
    assert container["readinessProbe"]["httpGet"]["path"] == "/v1/models"
    assert container["startupProbe"]["failureThreshold"] * container["startupProbe"]["periodSeconds"] == 900
    tenants = [each for each in _tenants(environment) if each.options.writer.kind == "openai"]
    assert tenants
    for tenant in tenants:
        assert tenant.options.writer.base_url == "http://vllm.documenthor-models.svc:8000/v1"
        assert f"--served-model-name={tenant.options.writer.model}" in container["args"]
        assert f"--max-model-len={tenant.options.writer.context_tokens}" in container["args"]


def test_production_scales_by_one_thing_alone() -> None:
    assert of_kind(overlay("prod"), "ScaledObject")
    assert not of_kind(overlay("prod"), "HorizontalPodAutoscaler")
    assert of_kind(overlay("staging"), "HorizontalPodAutoscaler")
