"""Tenants: one file per GitHub organisation, strictly read."""

from documenthor.tenants.cost import Cost
from documenthor.tenants.files import load_all, load_tenant, read_tenants, tenant_names
from documenthor.tenants.github import Creations, GitHub, Rollout
from documenthor.tenants.model import MAX_RUN, LocalForge, Mode, Processes, Schedule, Tenant
from documenthor.tenants.notify import Email, News, Slack
from documenthor.tenants.patterns import matches
from documenthor.tenants.pods import Pods
from documenthor.tenants.publishing import Publishing, Reviewers
from documenthor.tenants.trust import GitHubCaller, GitHubTrust, Trust

__all__ = [
    "MAX_RUN",
    "Cost",
    "Creations",
    "Email",
    "GitHub",
    "GitHubCaller",
    "GitHubTrust",
    "LocalForge",
    "Mode",
    "News",
    "Pods",
    "Processes",
    "Publishing",
    "Reviewers",
    "Rollout",
    "Schedule",
    "Slack",
    "Tenant",
    "Trust",
    "load_all",
    "load_tenant",
    "matches",
    "read_tenants",
    "tenant_names",
]
