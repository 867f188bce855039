"""Registers the Documenthor API and pages with Airflow."""

from airflow.plugins_manager import AirflowPlugin
from documenthor_airflow.plugin import (
    deadline_references,
    external_views,
    fastapi_apps,
    fastapi_root_middlewares,
    listeners,
    priority_weight_strategies,
)


class DocumenthorPlugin(AirflowPlugin):
    """Serves `/api/...` and `/.well-known/jwks.json` (docs/api.md), and the pages (docs/operators.md)."""

    name = "documenthor"
    fastapi_apps = fastapi_apps()
    external_views = external_views()
    fastapi_root_middlewares = fastapi_root_middlewares()
    listeners = listeners()
    priority_weight_strategies = priority_weight_strategies()
    deadline_references = deadline_references()
