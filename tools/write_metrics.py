"""Write what follows from the table of metrics: the list in `docs/metrics.md` and the exporter's mapping in
`helm-values/metrics.yaml` (`make metrics`); `--check`: whether both are current."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from documenthor.metrics.table import TABLE, Kind, Metric

_PROJECT = Path(__file__).resolve().parents[1]
_DOCS, _VALUES = _PROJECT / "docs/metrics.md", _PROJECT / "helm-values/metrics.yaml"
_BEGIN, _END = "<!-- metrics -->\n", "<!-- /metrics -->\n"
_HEAD = "# The StatsD exporter's mapping of our metrics, for the chart; written by `make metrics`.\n"
# What is no longer sent is no longer shown: gauges come once a minute.
_GAUGE_LIFE = "5m"


def mappings() -> list[dict[str, Any]]:
    """The mapping of each metric."""
    return [_mapping(metric) for metric in TABLE]


def _mapping(metric: Metric) -> dict[str, Any]:
    common = {"match": f"airflow.{metric.statsd}", "name": metric.prometheus, "help": metric.help}
    if metric.kind is Kind.HISTOGRAM:
        options = {"buckets": list(metric.buckets)}
        return {**common, "observer_type": "histogram", "histogram_options": options}
    return {**common, "ttl": _GAUGE_LIFE} if metric.kind is Kind.GAUGE else common


def _values() -> str:
    return _HEAD + yaml.safe_dump({"statsd": {"extraMappings": mappings()}}, sort_keys=False, width=110)


def _docs(before: str) -> str:
    head, _, rest = before.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    lines = [f"| `{m.prometheus}` | {m.kind} | {_labels(m)} | {m.help} |" for m in TABLE]
    table = "\n".join(["| metric | kind | labels | what |", "|---|---|---|---|", *lines])
    return f"{head}{_BEGIN}{table}\n{_END}{tail}"


def _labels(metric: Metric) -> str:
    return ", ".join(f"`{label.name}`" for label in metric.labels)


def main() -> None:
    """Write, or check."""
    wanted = {_VALUES: _values(), _DOCS: _docs(_DOCS.read_text("utf-8"))}
    if "--check" not in sys.argv[1:]:
        for path, text in wanted.items():
            path.write_text(text, "utf-8")
        return
    stale = [
        path.name for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text
    ]
    if stale:
        sys.exit(f"{' and '.join(stale)} out of date; run `make metrics`")


if __name__ == "__main__":
    main()
