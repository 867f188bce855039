"""Another team's DAG: runs when documentation of `local` was published."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, AssetAlias, task

_PUBLISHED = AssetAlias("documentation_local")


@task
def rebuild(**context: Any) -> list[Any]:  # noqa: ANN401 - Airflow's context
    """Return what the events said."""
    events = context["triggering_asset_events"].values()
    return [event.extra for found in events for event in found]


with DAG("rebuild_site", schedule=[_PUBLISHED], is_paused_upon_creation=False):
    rebuild()
