"""A tenant's place on a cluster, from the project's own manifests, and what Airflow has to know of it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING

from embedded.cluster import manifests

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from embedded.cluster import Cluster, Document

IMAGE = "documenthor/gpu-docgen:0.1.0-cpu"
WORKER, TRIGGERER = "airflow-worker", "airflow-triggerer"
CERTIFICATES = "forge-certificates"
_LIFE = "24h"
# Four pods of the cpu image on a node of two cores.
QUOTA = {
    "requests.nvidia.com/gpu": "4",
    "requests.cpu": "2",
    "requests.memory": "6Gi",
    "limits.memory": "6Gi",
    "requests.ephemeral-storage": "20Gi",
    "pods": "6",
    "secrets": "12",
}
_PODS = """\
pods:
  namespace: {namespace}
  image: {image}
  quota: 4
  gpus: {gpus}
  cpu: 400m
  memory: 1Gi
  ephemeral_storage: 2Gi
  node_selector: {{}}
  certificates: {certificates}
"""


@dataclass(frozen=True)
class Ground:
    """The namespaces `NAME` (pods) and `NAME-airflow` (the accounts of Airflow's components).

    A pod asks for `gpus`; kubeconfigs go into `folder`.
    """

    cluster: Cluster
    name: str
    folder: Path
    gpus: int = 0

    @property
    def accounts(self) -> str:
        """The namespace that Airflow itself would be in."""
        return f"{self.name}-airflow"

    def prepare(self, ca_file: Path, quota: Mapping[str, str] | None = None) -> None:
        """Apply the manifests, with a quota for a small node, and what the forge's certificate rests on.

        The forge is on this machine, so that is what pods reach instead of the proxy.
        """
        certificates = {"ca.crt": ca_file.read_text("ascii")}
        self.cluster.apply(
            [
                *(each for each in manifests("base") if each["kind"] == "PriorityClass"),
                *(self._adapted(each, {**QUOTA, **(quota or {})}) for each in manifests("tenant")),
                _named("Namespace", self.accounts),
                *(_named("ServiceAccount", name, self.accounts) for name in (WORKER, TRIGGERER)),
                {**_named("ConfigMap", CERTIFICATES, self.name), "data": certificates},
            ]
        )

    def clear(self) -> None:
        """Delete both namespaces with all that is in them; the cluster goes on with it by itself."""
        self.cluster("delete", "namespace", self.name, self.accounts, "--ignore-not-found", "--wait=false")

    def environments(self) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """What all of Airflow's components get, and by name what one of them gets besides."""
        sidecar = os.environ.get("CLUSTER_SIDECAR", "")
        extra = {"xcom_sidecar_container_image": sidecar} if sidecar else {}
        shared = {
            "DOCUMENTHOR_RUNTIME": "kubernetes",
            "KUBECONFIG": str(self.kubeconfig(WORKER)),
            "AIRFLOW_CONN_KUBERNETES_DEFAULT": json.dumps({"conn_type": "kubernetes", "extra": extra}),
        }
        return shared, {"triggerer": {"KUBECONFIG": str(self.kubeconfig(TRIGGERER))}}

    def kubeconfig(self, account: str) -> Path:
        """A kubeconfig of a service account, so that a component may do what the manifests give it alone."""
        shown = self.cluster("config", "view", "--minify", "--raw", "--flatten", "--output=json")
        token = self.cluster("create", "token", account, "--namespace", self.accounts, f"--duration={_LIFE}")
        config: Document = json.loads(shown)
        config["users"] = [{"name": account, "user": {"token": token.strip()}}]
        for context in config["contexts"]:
            context["context"] |= {"user": account, "namespace": self.name}
        path = self.folder / f"{account}.kubeconfig"
        path.touch(mode=0o600)
        path.write_text(json.dumps(config), "utf-8")
        return path

    def pods(self) -> str:
        """The tenant file's section."""
        image = os.environ.get("CLUSTER_IMAGE") or IMAGE
        return _PODS.format(namespace=self.name, image=image, gpus=self.gpus, certificates=CERTIFICATES)

    def _adapted(self, document: Document, quota: Mapping[str, str]) -> Document:
        """The manifest for these namespaces."""
        metadata = document["metadata"]
        if document["kind"] == "Namespace":
            metadata["name"] = self.name
        else:
            metadata["namespace"] = self.name
        if document["kind"] == "ResourceQuota":
            document["spec"]["hard"] |= quota
        if document["kind"] == "NetworkPolicy" and metadata["name"] == "forge":
            here = str(ip_network(self.cluster.host_address()))
            document["spec"]["egress"] = [{"to": [{"ipBlock": {"cidr": here}}]}]
        for subject in document.get("subjects", ()):
            subject["namespace"] = self.accounts
        return document


def _named(kind: str, name: str, namespace: str = "") -> Document:
    metadata = {"name": name, **({"namespace": namespace} if namespace else {})}
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata}
