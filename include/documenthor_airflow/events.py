"""Asset events: other DAGs run when the documentation of a repository was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk import Asset, AssetAlias

if TYPE_CHECKING:
    from airflow.sdk import Context
    from docgen.contract import JobSpec
    from documenthor.outcomes import Outcome
    from pydantic import JsonValue


def published_by(organisation: str) -> AssetAlias:
    """Stands for the documentation of each repository of the organisation."""
    return AssetAlias(name=f"documentation_{organisation}", group="documenthor")


def documentation_of(organisation: str, repository: str) -> Asset:
    """The documentation of one repository."""
    return Asset(
        name=f"documentation_{organisation}/{repository}",
        uri=f"x-documenthor://{organisation}/{repository}",
        group="documenthor",
    )


def tell(context: Context, spec: JobSpec, outcome: Outcome) -> None:
    """Add an event to the task that runs; Airflow registers it when the task succeeds."""
    extra: dict[str, JsonValue] = {
        "repository": spec.repository,
        "outcome": outcome.kind.value,
        "source_commit": spec.commit,
        "commit": outcome.commit,
        "reference": outcome.reference,
        "pages": [*outcome.pages],
        "job": spec.job,
    }
    alias = published_by(spec.tenant)
    context["outlet_events"][alias].add(documentation_of(spec.tenant, spec.repository), extra=extra)
