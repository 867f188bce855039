"""Runs the DAG `documenthor_housekeeping` once, in this process, and prints its tasks' states."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path


def main() -> None:
    """Run with the configuration given on the command line."""
    path = Path(__file__).resolve().parents[2] / "dags" / "housekeeping.py"
    run = runpy.run_path(str(path))["dag"].test(run_conf=json.loads(sys.argv[1]))
    states = {f"{ti.task_id}[{ti.map_index}]": ti.state for ti in run.get_task_instances()}
    print(json.dumps(states))


if __name__ == "__main__":
    main()
