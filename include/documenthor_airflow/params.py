"""The parameters of a tenant's DAG, with the JSON schema that makes the UI's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk import Param
from documenthor.names import MAX_REPOSITORIES, NAME_PATTERN

if TYPE_CHECKING:
    from documenthor.tenants import Tenant

_API = "Set by the API"


def params_of(tenant: Tenant) -> dict[str, Param]:
    """The form of a manual run; its defaults are what the nightly run uses."""
    return {
        "repositories": Param(
            None,
            type=["null", "array"],
            items={"type": "string", "pattern": NAME_PATTERN},
            minItems=1,
            maxItems=MAX_REPOSITORIES,
            uniqueItems=True,
            title="Repositories",
            description_md="One name a line, without its organisation. Leave empty to document all of them.",
        ),
        "mode": Param(
            tenant.mode.value,
            type="string",
            enum=["commit", "pull_request"],
            values_display={"commit": "Commit to the default branch", "pull_request": "Open a pull request"},
            title="Publish as",
        ),
        "force": Param(
            False,  # noqa: FBT003 - a parameter's default
            type="boolean",
            title="Generate even where nothing changed",
        ),
        "dry_run": Param(
            False,  # noqa: FBT003 - a parameter's default
            type="boolean",
            title="Only say what would be published, and write nothing",
        ),
        "job": Param(None, type=["null", "string"], title="Job", section=_API, description_md="Leave empty."),
        "part": Param(1, type="integer", minimum=1, title="Part", section=_API, description_md="Leave at 1."),
    }
