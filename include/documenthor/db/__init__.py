"""The control plane's own database, never Airflow's: jobs, reports, keys, limits, webhooks, usage,
the audit log."""

from documenthor.db.audit import AuditHeadRow, AuditRow
from documenthor.db.colours import ActiveColourRow
from documenthor.db.engine import Database
from documenthor.db.github import GitHubAccountRow, GitHubCreationRow, GitHubTurnRow
from documenthor.db.limits import RateLimitRow
from documenthor.db.models import JobRow, PublicKeyRow, RepositoryRow
from documenthor.db.notices import NoticeRow
from documenthor.db.proposals import ProposalRow
from documenthor.db.reports import ReportRow
from documenthor.db.tokens import UsedTokenRow
from documenthor.db.usage import UsageRow
from documenthor.db.webhooks import DeliveryRow, EndpointRow

__all__ = [
    "ActiveColourRow",
    "AuditHeadRow",
    "AuditRow",
    "Database",
    "DeliveryRow",
    "EndpointRow",
    "GitHubAccountRow",
    "GitHubCreationRow",
    "GitHubTurnRow",
    "JobRow",
    "NoticeRow",
    "ProposalRow",
    "PublicKeyRow",
    "RateLimitRow",
    "ReportRow",
    "RepositoryRow",
    "UsageRow",
    "UsedTokenRow",
]
