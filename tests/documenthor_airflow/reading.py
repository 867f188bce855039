"""Prints whether the API takes the DAGs for read before Airflow has read them, and afterwards."""

from __future__ import annotations

import json
from pathlib import Path

from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
from documenthor_airflow.trigger import dags_are_read

_DAGS = Path(__file__).resolve().parents[2] / "dags"


def main() -> None:
    """Ask, have the DAGs read, and ask again."""
    before = dags_are_read()
    DagBundlesManager().sync_bundles_to_db()  # type: ignore[no-untyped-call]
    sync_bag_to_db(DagBag(_DAGS / "documenthor.py", bundle_path=_DAGS), "dags-folder", None)
    print(json.dumps([before, dags_are_read()]))


if __name__ == "__main__":
    main()
