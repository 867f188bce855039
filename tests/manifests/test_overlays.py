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


def _variant(tmp_path: Path, folder: str, component: str) -> str:
    """A folder with a component that no overlay has."""
    variant = tmp_path / "variant"
    variant.mkdir()
    # Kustomize takes relative addresses only.
    manifests = "/".join([".."] * len(variant.parts[1:])) + str(MANIFESTS)
    text = f"resources: [{manifests}/{folder}]\ncomponents: [{manifests}/components/{component}]\n"
    (variant / "kustomization.yaml").write_text(text, "utf-8")
    return kustomize(variant)


def test_the_forge_can_be_reached_by_its_names_alone(tmp_path: Path) -> None:
    documents = yaml.safe_load_all(_variant(tmp_path, "tenant", "forge-by-name"))
    named = [each["kind"] for each in documents if each["metadata"]["name"] == "forge"]
    assert named == ["CiliumNetworkPolicy"]


def test_weights_can_come_from_a_claim(tmp_path: Path) -> None:
    text = _variant(tmp_path, "models", "claim")
    assert "claimName: documenthor-weights" in text
    assert "weights.invalid" not in text
    assert _complaints(text, VERSIONS[1], tmp_path) == ""


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_left_to_be_filled_in(environment: str) -> None:
    text = rendered(environment)
    assert ".invalid" not in text
    assert "documenthor-colour" not in text
    assert "kind: Secret\n" not in text
