"""The DAG that clears away what nobody needs any more."""

from documenthor.settings import Settings
from documenthor.tenants import read_tenants
from documenthor_airflow.housekeeping import build_housekeeping
from documenthor_airflow.tracking import cut_events

cut_events()
settings = Settings.from_environment()
dag = build_housekeeping(read_tenants(settings.tenants)[0], settings)
