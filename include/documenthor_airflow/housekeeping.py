"""The DAG `documenthor_housekeeping`: wiring only. Airflow's own database is not its business
(docs/decisions/0019)."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from airflow.sdk import DAG, CronTriggerTimetable, Param, task
from documenthor.settings import Runtime

from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.texts import HOUSEKEEPING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.settings import Settings
    from documenthor.tenants import Tenant

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


def build_housekeeping(tenants: Sequence[Tenant], settings: Settings) -> DAG:
    """Every day a dry run, or the real thing where the deployment says so."""
    with DAG(
        dag_id="documenthor_housekeeping",
        description="Clears away what nobody needs any more",
        doc_md=HOUSEKEEPING,
        schedule=CronTriggerTimetable("30 4 * * *", timezone="UTC"),
        catchup=False,
        max_active_runs=1,
        params={
            "dry_run": Param(
                not settings.housekeeping,
                type="boolean",
                title="Only say what would be deleted",
                description_md="See the results and logs of the tasks before you switch this off.",
            )
        },
        is_paused_upon_creation=False,
        tags=["documenthor"],
    ) as dag:
        organisations = [tenant.organisation for tenant in tenants]
        task(task_id="rows")(_rows)()
        task(task_id="scratch")(_scratch)()
        task(task_id="bundles")(_bundles)()
        task(task_id="branches", map_index_template="{{ task.op_kwargs['organisation'] }}")(_branches).expand(
            organisation=organisations
        )
        if settings.runtime is Runtime.KUBERNETES:
            task(task_id="pods", map_index_template="{{ task.op_kwargs['organisation'] }}")(_pods).expand(
                organisation=organisations
            )
    return dag


def _rows(**context: Any) -> dict[str, int]:  # noqa: ANN401 - Airflow's context
    from documenthor import housekeeping

    found = housekeeping.sweep(deployment().database, now(), dry_run=_is_dry(context))
    return _told("rows", found, context)


def _scratch(**context: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - Airflow's context
    from documenthor import housekeeping

    folder = deployment().settings.home / "scratch"
    found = housekeeping.leftovers(folder, now(), dry_run=_is_dry(context))
    return _told("folders", [asdict(each) for each in found], context)


def _bundles(**context: Any) -> dict[str, int]:  # noqa: ANN401 - Airflow's context
    from airflow.sdk import ObjectStoragePath
    from airflow.sdk.configuration import conf

    from documenthor_airflow.stored import Stored, old_bundles

    path = conf.get("common.io", "xcom_objectstorage_path", fallback="")
    found = old_bundles(ObjectStoragePath(path), now(), dry_run=_is_dry(context)) if path else Stored()
    return _told("bundles", asdict(found), context)


def _branches(organisation: str, **context: Any) -> list[str]:  # noqa: ANN401 - Airflow's context
    from documenthor import housekeeping

    here = deployment()
    with here.forge(organisation) as forge:
        found = housekeeping.stale_branches(here.database, forge, organisation, dry_run=_is_dry(context))
    return _told("branches", found, context)


def _pods(organisation: str, **context: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - Airflow's context
    from documenthor_airflow.orphans import reap_orphans

    found = reap_orphans(organisation, dry_run=_is_dry(context))
    return _told("pods", [asdict(each) for each in found], context)


def _is_dry(context: dict[str, Any]) -> bool:
    return bool(context["params"]["dry_run"])


def _told(what: str, found: _T, context: dict[str, Any]) -> _T:
    _log.info("%s %s: %s", "would delete" if _is_dry(context) else "deleted", what, found)
    return found
