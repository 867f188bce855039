"""Write Grafana's dashboards from `dashboards.yaml` (`make metrics`); `--check`: whether they are current."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).resolve().parents[1] / "helm-values/manifests/monitoring/dashboards"
Panel = dict[str, Any]

_SHOWN = Path(__file__).with_name("dashboards.yaml")
_SOURCE = {"type": "prometheus", "uid": "${source}"}


def dashboard(uid: str, title: str, panels: list[Panel]) -> dict[str, Any]:
    """What Grafana imports."""
    variables: list[dict[str, Any]] = [{"name": "source", "type": "datasource", "query": "prometheus"}]
    if any("$tenant" in query for panel in panels for query in queries(panel).values()):
        names = "label_values(documenthor_batch_repositories_count, tenant)"
        common = {"datasource": _SOURCE, "query": names, "refresh": 2}
        variables.append({"name": "tenant", "type": "query", **common})
    return {
        "uid": f"documenthor-{uid}",
        "title": title,
        "tags": ["documenthor"],
        "schemaVersion": 39,
        "refresh": "1m",
        "time": {"from": "now-12h", "to": "now"},
        "templating": {"list": variables},
        "panels": [_panel(number, panel) for number, panel in enumerate(panels)],
    }


def queries(panel: Panel) -> dict[str, str]:
    """A panel's expressions by their legends."""
    return {"": panel["query"]} if "query" in panel else panel["queries"]


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    return {
        "id": number + 1,
        "title": panel["title"],
        "type": "stat" if panel.get("kind") == "number" else "timeseries",
        "datasource": _SOURCE,
        "gridPos": {"x": number % 2 * 12, "y": number // 2 * 8, "w": 12, "h": 8},
        "fieldConfig": {"defaults": {"unit": panel["unit"]}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + place), "datasource": _SOURCE, "expr": query, "legendFormat": legend}
            for place, (legend, query) in enumerate(queries(panel).items())
        ],
    }


def main() -> None:
    """Write, or check."""
    texts = {
        _FOLDER / f"{uid}.json": json.dumps(dashboard(uid, **shown), indent=1) + "\n"
        for uid, shown in yaml.safe_load(_SHOWN.read_text("utf-8")).items()
    }
    if "--check" not in sys.argv[1:]:
        _FOLDER.mkdir(exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, "utf-8")
        return
    stale = [
        path.name for path, text in texts.items() if not path.is_file() or path.read_text("utf-8") != text
    ]
    if stale:
        sys.exit(f"{', '.join(stale)}: out of date; run `make metrics`")


if __name__ == "__main__":
    main()
