"""The control plane's own database, never Airflow's: jobs, outcomes, keys, used tokens, the audit log."""

from documenthor.db.audit import AuditHeadRow, AuditRow
from documenthor.db.engine import Database
from documenthor.db.models import JobRow, PublicKeyRow, RepositoryRow
from documenthor.db.tokens import UsedTokenRow

__all__ = [
    "AuditHeadRow",
    "AuditRow",
    "Database",
    "JobRow",
    "PublicKeyRow",
    "RepositoryRow",
    "UsedTokenRow",
]
