"""Envoy before two colours: the sample's configuration, its endpoints in a file that is replaced.

In a cluster the endpoints come from the Service whose selector is changed; Envoy is told of both alike.
"""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import yaml

from embedded.airflow import AUDIENCE, ISSUER
from embedded.port import Port
from tests.gateway.proxies import SAMPLES, envoy_command
from tests.gateway.service import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CLUSTER = "documenthor"
_ASSIGNMENT = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment"


class Switch:
    """What decides where requests go."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "endpoints.json"
        self._version = 0

    def to(self, port: int) -> None:
        """Send what comes from now on to this port; what is under way stays where it is."""
        self._version += 1
        address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
        assignment = {
            "@type": _ASSIGNMENT,
            "cluster_name": _CLUSTER,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}],
        }
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"version_info": str(self._version), "resources": [assignment]}))
        # Envoy watches for files that are moved here, and so never reads half of one.
        os.replace(new, self.path)  # noqa: PTH105 - the same, and says that it replaces


@contextmanager
def gateway(folder: Path, switch: Switch) -> Iterator[str]:
    """The address of an Envoy that checks tokens by the key set of whom `switch` leads to."""
    with Port(preferred=0) as port:
        yield from _serve(folder, switch, port.number)


def _serve(folder: Path, switch: Switch, port: int) -> Iterator[str]:
    path = folder / "envoy.yaml"
    path.write_text(yaml.safe_dump(_config(port, switch)))
    with (folder / "envoy.log").open("wb") as log:
        process = subprocess.Popen(envoy_command(path), stdout=log, stderr=log)
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _config(port: int, switch: Switch) -> dict[str, Any]:
    values = {"PORT": port, "ISSUER": ISSUER, "AUDIENCE": AUDIENCE, "API_HOST": "127.0.0.1", "API_PORT": 1}
    # Nobody signs in with a workflow's token here.
    values |= {"GITHUB": "https://github.invalid", "GITHUB_HOST": "github.invalid", "GITHUB_PORT": 443}
    text = (SAMPLES / "envoy-jwt.yaml").read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    config: dict[str, Any] = yaml.safe_load(text)
    resources = config["static_resources"]
    manager = resources["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    tokens = manager["http_filters"][0]["typed_config"]
    del tokens["providers"]["github"]
    tokens["rules"][-1]["requires"] = {"provider_name": "tenants"}
    (documenthor,) = (each for each in resources["clusters"] if each["name"] == _CLUSTER)
    del documenthor["load_assignment"]
    documenthor["type"] = "EDS"
    source = {"path_config_source": {"path": str(switch.path)}, "resource_api_version": "V3"}
    documenthor["eds_cluster_config"] = {"eds_config": source}
    resources["clusters"] = [documenthor]
    # Envoy wants to know itself by name where it is told something later on.
    config["node"] = {"id": "test", "cluster": "test"}
    return config
