"""One Airflow DAG for each valid tenant file; `tenant_files.py` reports the invalid ones."""

from documenthor.settings import Settings
from documenthor_airflow.dag import build_dag
from documenthor_airflow.parsing import wanted_tenants
from documenthor_airflow.tracking import cut_events

cut_events()
settings = Settings.from_environment()
for tenant in wanted_tenants(settings.tenants):
    dag = build_dag(tenant, settings)
    globals()[dag.dag_id] = dag
