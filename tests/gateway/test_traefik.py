"""Traefik's sample, which no test can run: what it refers to is there, and only open paths go unasked."""

from __future__ import annotations

import yaml

from tests.gateway.proxies import SAMPLES


def test_every_router_leads_somewhere_and_asks_unless_it_is_open() -> None:
    sample = yaml.safe_load((SAMPLES / "traefik.yaml").read_text("utf-8"))["http"]
    open_paths = "Path(`/api/health`) || Path(`/.well-known/jwks.json`)"
    for router in sample["routers"].values():
        assert router["service"] in sample["services"]
        asks = [sample["middlewares"][name]["forwardAuth"] for name in router.get("middlewares", ())]
        assert asks or router["rule"] == open_paths
        for asked in asks:
            assert asked["address"].endswith("/api/verify")
            assert "X-Documenthor-Tenant" in asked["authResponseHeaders"]
    # By default Traefik takes the router with the longest rule.
    rules = sorted((router["rule"] for router in sample["routers"].values()), key=len)
    assert rules[-1] == open_paths
