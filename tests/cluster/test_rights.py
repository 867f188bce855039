"""What the accounts of Airflow's components may do, as the cluster's own authoriser says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kubernetes import client, config

from embedded.ground import TRIGGERER, WORKER

if TYPE_CHECKING:
    from embedded.ground import Ground
    from tests.cluster.world import World

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(600)]

_VERBS = ("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")
# Group and resource, with a subresource after a slash.
_RESOURCES = (
    ("", "pods"),
    ("", "pods/log"),
    ("", "pods/exec"),
    ("", "pods/attach"),
    ("", "pods/portforward"),
    ("", "pods/ephemeralcontainers"),
    ("", "events"),
    ("", "secrets"),
    ("", "configmaps"),
    ("", "services"),
    ("", "serviceaccounts"),
    ("", "serviceaccounts/token"),
    ("", "resourcequotas"),
    ("", "limitranges"),
    ("", "persistentvolumeclaims"),
    ("", "nodes"),
    ("", "namespaces"),
    ("apps", "deployments"),
    ("batch", "jobs"),
    ("networking.k8s.io", "networkpolicies"),
    ("rbac.authorization.k8s.io", "roles"),
    ("rbac.authorization.k8s.io", "rolebindings"),
    ("rbac.authorization.k8s.io", "clusterrolebindings"),
)
_MAY = {
    WORKER: {
        "pods": {"create", "get", "list", "watch", "patch", "delete"},
        "pods/log": {"get"},
        "pods/exec": {"create", "get"},
        "events": {"list", "watch"},
        "secrets": {"create", "delete"},
    },
    TRIGGERER: {"pods": {"get", "list", "watch", "delete"}, "pods/log": {"get"}, "events": {"list"}},
}


def _allowed(ground: Ground, account: str, namespace: str) -> dict[str, set[str]]:
    api = client.AuthorizationV1Api(config.new_client_from_config(str(ground.kubeconfig(account))))
    found: dict[str, set[str]] = {}
    for group, resource in _RESOURCES:
        for verb in _VERBS:
            kind, _, sub = resource.partition("/")
            wanted = client.V1ResourceAttributes(
                namespace=namespace, verb=verb, group=group, resource=kind, subresource=sub
            )
            spec = client.V1SelfSubjectAccessReviewSpec(resource_attributes=wanted)
            review = client.V1SelfSubjectAccessReview(spec=spec)
            if api.create_self_subject_access_review(review).status.allowed:
                found.setdefault(resource, set()).add(verb)
    return found


@pytest.mark.parametrize("account", [WORKER, TRIGGERER])
def test_it_may_do_what_the_manifests_say_and_nothing_else_anywhere(world: World, account: str) -> None:
    ground = world.ground
    assert _allowed(ground, account, ground.name) == _MAY[account]
    for namespace in (ground.accounts, "default", "kube-system"):
        assert _allowed(ground, account, namespace) == {}


def test_a_denied_call_is_answered_with_403(world: World) -> None:
    """As the account itself, against the real API: the token of a pod can be read back by nobody."""
    ground = world.ground
    core = client.CoreV1Api(config.new_client_from_config(str(ground.kubeconfig(WORKER))))
    with pytest.raises(client.ApiException) as refused:
        core.list_namespaced_secret(ground.name)
    assert refused.value.status == 403
    with pytest.raises(client.ApiException) as refused:
        core.read_namespaced_secret("any", ground.name)
    assert refused.value.status == 403
