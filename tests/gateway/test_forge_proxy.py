"""The way out to the forge: `docgen fetch` with its credentials, and nobody else, and to nowhere else."""

from __future__ import annotations

import base64
import hashlib
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml
from docgen.commands.fetch import fetch
from docgen.contract import JobSpec
from docgen.deadline import Deadline
from docgen.errors import DocgenError
from docgen.git.revoking import revoke

from tests.fakes.github import FakeGitHub
from tests.gateway.proxies import PROJECT, envoy_command
from tests.gateway.service import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.gateway

_CONFIG = PROJECT / "helm-values/manifests/egress/envoy.yaml"
_PASSWORD = "correct-horse"


class Forge:
    """A public repository over TLS, and the proxy before it."""

    def __init__(self, fake: FakeGitHub, url: str, ca_file: Path, proxy: int) -> None:
        repository = fake.repository("octo/engine", {"README.md": b"# Engine\n"})
        repository.visibility = "public"
        self.commit = repository.store.ref("refs/heads/main") or ""
        self.url, self.ca_file, self.proxy = f"{url}/octo/engine.git", ca_file, proxy

    def fetch(self, target: Path, proxy: str, url: str = "") -> None:
        """As the init container does it."""
        spec = JobSpec(tenant="octo", job="j", repository="engine", url=url or self.url, commit=self.commit)
        environ = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "GIT_SSL_CAINFO": str(self.ca_file),
            "HTTPS_PROXY": proxy,
        }
        fetch(spec, target, environ, Deadline(60))

    def ask(self, request: str) -> int:
        """The status of the answer to a request as any program could write it."""
        with socket.create_connection(("127.0.0.1", self.proxy), timeout=20) as connection:
            connection.sendall(request.replace("\n", "\r\n").encode())
            return int(connection.recv(4096).split()[1])


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    """Where the production configuration says github.com, this one says the fake."""
    fake, port = FakeGitHub(tmp_path / "github"), free_port()
    with fake.serve(tls=True) as served:
        host = served.url.removeprefix("https://")
        (tmp_path / "users").write_text(f"fetch:{{SHA}}{_sha(_PASSWORD)}\n", "ascii")
        config = yaml.safe_load(_CONFIG.read_text("utf-8"))
        _point(config, port, host, tmp_path / "users")
        (tmp_path / "envoy.yaml").write_text(yaml.safe_dump(config), "utf-8")
        with (tmp_path / "envoy.log").open("wb") as log:
            process = subprocess.Popen(envoy_command(tmp_path / "envoy.yaml"), stdout=log, stderr=log)
            try:
                wait_for(port)
                yield Forge(fake, served.url, served.ca_file, port)
            finally:
                process.terminate()
                process.wait(20)
    fake.shut()


def _sha(password: str) -> str:
    # The one form that the filter reads.
    return base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()  # noqa: S324


def _point(config: dict, port: int, host: str, users: Path) -> None:  # type: ignore[type-arg]
    resources = config["static_resources"]
    (listener,), (cluster, _) = resources["listeners"], resources["clusters"]
    listener["address"]["socket_address"] = {"address": "127.0.0.1", "port_value": port}
    manager = listener["filter_chains"][0]["filters"][0]["typed_config"]
    virtual, other = manager["route_config"]["virtual_hosts"]
    assert virtual["domains"] == ["github.com:443"]
    assert other["domains"] == ["api.github.com:443"]
    virtual["domains"] = [host]
    manager["http_filters"][0]["typed_config"]["users"]["filename"] = str(users)
    (endpoint,) = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"]
    address, _, number = host.partition(":")
    endpoint["endpoint"]["address"]["socket_address"] = {"address": address, "port_value": int(number)}


def _credentials(password: str) -> str:
    return base64.b64encode(f"fetch:{password}".encode()).decode()


def test_fetch_gets_through_with_its_credentials(forge: Forge, tmp_path: Path) -> None:
    forge.fetch(tmp_path / "tree", f"http://fetch:{_PASSWORD}@127.0.0.1:{forge.proxy}")
    assert (tmp_path / "tree/README.md").read_bytes() == b"# Engine\n"


def test_fetch_ends_its_token_the_same_way(forge: Forge) -> None:
    """Of the fake, as of an Enterprise Server, the API is on the same host; it does not know this token."""
    environ = {"GIT_SSL_CAINFO": str(forge.ca_file)}
    proxy = f"127.0.0.1:{forge.proxy}"
    address = forge.url.removesuffix("/octo/engine.git") + "/api/v3/installation/token"
    with_them = environ | {"HTTPS_PROXY": f"http://fetch:{_PASSWORD}@{proxy}"}
    assert revoke(address, "ghs_unknown", with_them) == "the answer was 401"
    assert revoke(address, "ghs_unknown", environ | {"HTTPS_PROXY": f"http://{proxy}"}) == "ProxyError"


@pytest.mark.parametrize("who", ["", "fetch:wrong@", "other:correct-horse@"])
def test_nobody_else_does(forge: Forge, tmp_path: Path, who: str) -> None:
    with pytest.raises(DocgenError) as caught:
        forge.fetch(tmp_path / "tree", f"http://{who}127.0.0.1:{forge.proxy}")
    assert "401" in str(caught.value)
    assert _PASSWORD not in str(caught.value)


def test_another_host_is_not_reached_even_with_them(forge: Forge) -> None:
    authorization = f"Proxy-Authorization: Basic {_credentials(_PASSWORD)}\n"
    host = forge.url.split("/")[2]
    for target in ("evil.example:443", "127.0.0.1:22", "169.254.169.254:80", "localhost:443"):
        assert forge.ask(f"CONNECT {target} HTTP/1.1\nHost: {target}\n{authorization}\n") == 404
    assert forge.ask(f"GET http://{host}/ HTTP/1.1\nHost: {host}\n{authorization}\n") == 404
    assert forge.ask(f"CONNECT {host} HTTP/1.1\nHost: {host}\n\n") == 401
    assert forge.ask(f"CONNECT {host} HTTP/1.1\nHost: {host}\n{authorization}\n") == 200
