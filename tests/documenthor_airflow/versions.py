"""Builds a tenant's DAG twice, as two parses do, and prints both as Airflow stores them."""

from __future__ import annotations

import json

from airflow.serialization.serialized_objects import DagSerialization
from documenthor.settings import Settings
from documenthor.tenants import Tenant
from documenthor_airflow.dag import build_dag

_TENANT = {
    "organisation": "acme",
    "forge": {"kind": "local"},
    "notify": [{"via": "slack", "channel": "#docs"}],
}


def main() -> None:
    """At the same time, so that no object of the one has the other's address."""
    tenant = Tenant.model_validate(_TENANT)
    dags = [build_dag(tenant, Settings.from_environment()) for _ in range(2)]
    print(json.dumps([DagSerialization.to_dict(dag) for dag in dags]))


if __name__ == "__main__":
    main()
