"""The control plane's own database: jobs, repository outcomes, public keys. Never Airflow's."""

from documenthor.db.engine import Database
from documenthor.db.models import JobRow, PublicKeyRow, RepositoryRow

__all__ = ["Database", "JobRow", "PublicKeyRow", "RepositoryRow"]
