"""Starting real gateways with the configurations that docs/gateways shows."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from tests.documenthor.support import AUDIENCE, ISSUER
from tests.gateway.service import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.oidc_issuer import OidcIssuer
    from tests.gateway.service import Service

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "docs" / "gateways"
_ENVOY = PROJECT / "build" / "envoy" / "envoy" / "_bin" / "envoy"
# Debian keeps servers out of ordinary users' path.
_NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

GATEWAYS = ("nginx", "envoy-ext-authz", "envoy-jwt")
# The samples' 60 s would make tests wait; Envoy takes whole seconds and more.
KEYS_SECONDS = 2


@contextmanager
def running(gateway: str, service: Service, issuer: OidcIssuer, folder: Path) -> Iterator[str]:
    """The address of a gateway before `service`."""
    port = free_port()
    command = _nginx if gateway == "nginx" else _envoy
    with (folder / f"{gateway}.log").open("wb") as log:
        process = subprocess.Popen(command(gateway, port, service, issuer, folder), stdout=log, stderr=log)
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _nginx(gateway: str, port: int, service: Service, issuer: OidcIssuer, folder: Path) -> list[str]:
    assert _NGINX, "nginx is needed; install it with: apt-get install nginx-light"
    (folder / "server.conf").write_text(_filled(f"{gateway}.conf", port, service, issuer))
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/server.conf; }}\n"
    )
    return [_NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]


def _envoy(gateway: str, port: int, service: Service, issuer: OidcIssuer, folder: Path) -> list[str]:
    config = yaml.safe_load(_filled(f"{gateway}.yaml", port, service, issuer))
    for cluster in config["static_resources"]["clusters"]:
        # The issuer of the tests speaks plain HTTP.
        cluster.pop("transport_socket", None)
    manager = config["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    for provider in manager["http_filters"][0]["typed_config"].get("providers", {}).values():
        provider["remote_jwks"]["cache_duration"] = f"{KEYS_SECONDS}s"
    path = folder / f"{gateway}.yaml"
    path.write_text(yaml.safe_dump(config))
    return envoy_command(path)


def envoy_command(config: Path) -> list[str]:
    """How Envoy is started with this configuration."""
    assert _ENVOY.exists(), "Envoy is needed; `make test-gateway` installs it"
    options = ["--concurrency", "1", "--log-level", "warning", "--use-dynamic-base-id"]
    return [str(_ENVOY), "-c", str(config), *options]


def _filled(sample: str, port: int, service: Service, issuer: OidcIssuer) -> str:
    where = urlsplit(issuer.url)
    values = {
        "PORT": port,
        "API_HOST": "127.0.0.1",
        "API_PORT": service.port,
        "ISSUER": ISSUER,
        "AUDIENCE": AUDIENCE,
        "GITHUB": issuer.url,
        "GITHUB_HOST": where.hostname,
        "GITHUB_PORT": where.port,
    }
    text = (SAMPLES / sample).read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    return text
