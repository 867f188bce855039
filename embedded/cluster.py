"""The Kubernetes cluster that a run puts its generators on: found, asked and told things by `kubectl`."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from embedded.state import RunError

_PROJECT = Path(__file__).resolve().parents[1]
# `make test-manifests` installs one, too.
_INSTALLED = _PROJECT / "build/manifests/bin/kubectl"
_MANIFESTS = _PROJECT / "helm-values/manifests"
_HOW = (
    "name a cluster's kubeconfig in KUBECONFIG, write it to ~/.kube/config, "
    "or name in CLUSTER a command that starts one and prints its path"
)

Document = dict[str, Any]


@dataclass(frozen=True)
class Cluster:
    """The current cluster of a kubeconfig; without one, of those that kubectl reads by itself."""

    kubeconfig: Path | None = None

    @classmethod
    def find(cls) -> Cluster:
        """The one that kubectl takes: of KUBECONFIG, which may be a list, or else of ~/.kube/config. Without
        KUBECONFIG a command in CLUSTER goes first; its last word is the path of the kubeconfig.

        Raises `RunError` if there is none, or if it does not answer.
        """
        command = "" if os.environ.get("KUBECONFIG") else os.environ.get("CLUSTER", "")
        found = cls(Path(_printed(command)).resolve()) if command else cls()
        current = found.run("config", "current-context")
        if current.returncode != 0:
            raise RunError(f"there is no cluster ({current.stderr.strip()[-300:]}); {_HOW}")
        found("get", "nodes", "--request-timeout=20s")
        return found

    def __call__(self, *arguments: str, stdin: str = "") -> str:
        """What `kubectl` prints. Raises `RunError`."""
        done = self.run(*arguments, stdin=stdin)
        if done.returncode != 0:
            raise RunError(f"kubectl {' '.join(arguments[:3])} failed: {done.stderr.strip()[-500:]}")
        return done.stdout

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """The command, ended; its status is for the caller to look at."""
        command = self.command(*arguments)
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)

    def command(self, *arguments: str) -> list[str]:
        """The command line."""
        named = [f"--kubeconfig={self.kubeconfig}"] if self.kubeconfig else []
        return [_kubectl(), *named, *arguments]

    def apply(self, documents: list[Document]) -> None:
        """Create what is not there, and bring the rest up to date."""
        self("apply", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": documents}))

    def items(self, kind: str, namespace: str, selector: str = "") -> list[Document]:
        """All objects of a kind in a namespace."""
        answer = self("get", kind, "--namespace", namespace, "--selector", selector, "--output=json")
        found: list[Document] = json.loads(answer)["items"]
        return found

    def host_address(self) -> str:
        """The address at which pods reach this machine: HOST_ADDRESS, else the one beside the nodes'."""
        if named := os.environ.get("HOST_ADDRESS", ""):
            return named
        nodes = json.loads(self("get", "nodes", "--output=json"))["items"]
        addresses = [each["address"] for node in nodes for each in node["status"]["addresses"]]
        for own in _own_networks():
            if any(_is_in(address, own) for address in addresses):
                return str(own.ip)
        raise RunError("pods have no known way to this machine; name its address for them in HOST_ADDRESS")


def manifests(name: str) -> list[Document]:
    """The documents of a folder of `helm-values/manifests`."""
    import yaml

    command = [_kubectl(), "kustomize", str(_MANIFESTS / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RunError(f"kubectl kustomize {name} failed: {done.stderr.strip()[-500:]}")
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def _kubectl() -> str:
    found = shutil.which("kubectl") or (str(_INSTALLED) if _INSTALLED.exists() else "")
    if not found:
        raise RunError("kubectl is needed; install it, or run `make build/manifests/.ready`")
    return found


def _printed(command: str) -> str:
    done = subprocess.run(["/bin/sh", "-c", command], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0 or not done.stdout.strip():
        raise RunError(f"the command in CLUSTER ended with {done.returncode} and named no kubeconfig")
    # `export KUBECONFIG=/path` and a path alone are both understood.
    return done.stdout.split()[-1].rpartition("=")[2].strip("\"'")


def _own_networks() -> list[ipaddress.IPv4Interface]:
    every = [each for addresses in psutil.net_if_addrs().values() for each in addresses]
    named = [each for each in every if each.family == socket.AF_INET and each.netmask]
    found = [ipaddress.IPv4Interface(f"{each.address}/{each.netmask}") for each in named]
    return [each for each in found if not each.is_loopback]


def _is_in(address: str, own: ipaddress.IPv4Interface) -> bool:
    try:
        return ipaddress.ip_address(address) in own.network
    except ValueError:
        # A node's host name.
        return False
