"""The names that permissions of a tenant go by."""

from __future__ import annotations


def dag_of(tenant: str) -> str:
    """The tenant's DAG."""
    return f"documenthor_{tenant}"


def statement_of(tenant: str) -> str:
    """What it takes to see what the tenant's jobs cost."""
    return f"Documenthor Statement:{tenant}"
