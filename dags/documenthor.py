"""One Airflow DAG for each valid tenant file; `tenant_files.py` reports the invalid ones."""

from documenthor.settings import Settings
from documenthor.tenants import read_tenants
from documenthor_airflow.dag import build_dag
from documenthor_airflow.tracking import cut_events

cut_events()
settings = Settings.from_environment()
for tenant in read_tenants(settings.tenants)[0]:
    dag = build_dag(tenant, settings)
    globals()[dag.dag_id] = dag
