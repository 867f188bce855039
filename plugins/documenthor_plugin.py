"""Registers the Documenthor API with Airflow."""

from airflow.plugins_manager import AirflowPlugin
from documenthor_airflow.plugin import fastapi_apps, fastapi_root_middlewares


class DocumenthorPlugin(AirflowPlugin):
    """Serves `/api/...` but Airflow's own `/api/v2`, and `/.well-known/jwks.json`; docs/api.md lists it all."""

    name = "documenthor"
    fastapi_apps = fastapi_apps()
    fastapi_root_middlewares = fastapi_root_middlewares()
