"""Registers the Documenthor API with Airflow."""

from airflow.plugins_manager import AirflowPlugin
from documenthor_airflow.plugin import fastapi_apps, fastapi_root_middlewares


class DocumenthorPlugin(AirflowPlugin):
    """Serves `/api/...` and `/.well-known/jwks.json`, as docs/api.md lists it."""

    name = "documenthor"
    fastapi_apps = fastapi_apps()
    fastapi_root_middlewares = fastapi_root_middlewares()
