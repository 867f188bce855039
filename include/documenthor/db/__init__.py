"""The control plane's own database, never Airflow's: jobs, outcomes, public keys, the audit log."""

from documenthor.db.audit import AuditHeadRow, AuditRow
from documenthor.db.engine import Database
from documenthor.db.models import JobRow, PublicKeyRow, RepositoryRow

__all__ = ["AuditHeadRow", "AuditRow", "Database", "JobRow", "PublicKeyRow", "RepositoryRow"]
