"""Registers the Documenthor API with Airflow."""

from airflow.plugins_manager import AirflowPlugin
from documenthor_airflow.plugin import fastapi_apps, fastapi_root_middlewares


class DocumenthorPlugin(AirflowPlugin):
    """Serves `/api/process-batch`, `/api/job/{id}/status`, `/api/health`, `/.well-known/jwks.json`."""

    name = "documenthor"
    fastapi_apps = fastapi_apps()
    fastapi_root_middlewares = fastapi_root_middlewares()
