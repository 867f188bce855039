"""Every overlay and variant renders, and is what Kubernetes' own schemas ask for, in two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.manifests.support import ENVIRONMENTS, MANIFESTS, TOOLS, kustomize, rendered, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.manifests

# The newest whose schemas there are, and the oldest with image volumes switched on.
VERSIONS = ("1.37", "1.35")
# Kinds of others, for which kubernetes-validate has no schema: these are rendered, not validated.
FOREIGN = {
    "CiliumNetworkPolicy",
    "HTTPRoute",
    "HTTPRouteFilter",
    "ReferenceGrant",
    "ScaledObject",
    "SecurityPolicy",
    "Probe",
    "PrometheusRule",
    "ServiceMonitor",
}
FOLDERS = ["models", "tenant", "gateway/ingress-nginx"]


def _complaints(text: str, version: str, folder: Path) -> str:
    """What is wrong with the documents but for the foreign ones; nothing if all is well."""
    ours = [each for each in yaml.safe_load_all(text) if each["kind"] not in FOREIGN]
    path = folder / "documents.yaml"
    path.write_text(yaml.safe_dump_all(ours), "utf-8")
    done = run(TOOLS / "kubernetes-validate", "--strict", "-k", version, path)
    lines = (done.stdout + done.stderr).splitlines()
    return "\n".join(line for line in lines if not line.startswith("INFO"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_kubernetes_knows_every_field_of(environment: str, version: str, tmp_path: Path) -> None:
    assert _complaints(rendered(environment), version, tmp_path) == ""


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_kubernetes_knows_every_field(folder: str, version: str, tmp_path: Path) -> None:
    assert _complaints(kustomize(MANIFESTS / folder), version, tmp_path) == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("kind: Deployment\n", "kind: Deploymnt\n"),
        ("maxUnavailable: 1", "maxUnavailabel: 1"),
        ("failureThreshold: 90", "failureThreshold: many"),
        ("minReplicas: 1", "minReplica: 1"),
    ],
)
def test_a_mistake_would_be_seen(right: str, wrong: str, tmp_path: Path) -> None:
    good = rendered("staging")
    assert right in good
    assert _complaints(good.replace(right, wrong), VERSIONS[0], tmp_path)


def test_weights_can_come_from_a_claim(tmp_path: Path) -> None:
    folder = tmp_path / "variant"
    folder.mkdir()
    # Kustomize takes relative addresses only.
    up = "/".join([".."] * len(folder.parts[1:]))
    text = f"resources: [{up}{MANIFESTS}/models]\ncomponents: [{up}{MANIFESTS}/components/claim]\n"
    (folder / "kustomization.yaml").write_text(text, "utf-8")
    text = kustomize(folder)
    assert "claimName: documenthor-weights" in text
    assert "weights.invalid" not in text
    assert _complaints(text, VERSIONS[1], tmp_path) == ""


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_left_to_be_filled_in(environment: str) -> None:
    text = rendered(environment)
    assert ".invalid" not in text
    assert "documenthor-colour" not in text
    assert "kind: Secret\n" not in text
