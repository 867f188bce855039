"""A listener that writes a run's summary into its note when it has ended; see docs/decisions/0023.

Airflow calls it in its scheduler, in the transaction that ends the run, or in its API server when somebody
ends a run by hand. So it only moves what `summarize` left there. Every process imports this.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from airflow.listeners import hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from airflow.models.dagrun import DagRun
    from sqlalchemy.orm import Session

_log = logging.getLogger(__name__)
# The task and the key of what the note is to say.
TASK, KEY = "summarize", "note"
_DAGS, _HOUSEKEEPING = "documenthor_", "documenthor_housekeeping"
# Why Airflow ended a run before all was done, by its own words.
_ENDS = {"timed_out": "the longest time of a run (`max_runtime`) was over before all was done"}
_OTHERWISE = "it was ended before all was done"


@hookimpl
def on_dag_run_success(dag_run: DagRun) -> None:
    """Write the note, if there is anything to say."""
    _write_quietly(dag_run, lambda: "")


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:
    """Write the note."""
    _write_quietly(dag_run, lambda: _unsummarized(dag_run, msg))


def _write_quietly(dag_run: DagRun, otherwise: Callable[[], str]) -> None:
    if not dag_run.dag_id.startswith(_DAGS) or dag_run.dag_id == _HOUSEKEEPING:
        return
    try:
        _write(dag_run, otherwise)
    except Exception as error:  # noqa: BLE001 - a note is not worth a scheduler
        _log.warning("run %s of %s has no note (%s)", dag_run.run_id, dag_run.dag_id, type(error).__name__)


def _write(dag_run: DagRun, otherwise: Callable[[], str]) -> None:
    from documenthor.run_notes import merged
    from sqlalchemy.orm import object_session

    session = object_session(dag_run)
    if session is None:
        # As in `dag.test()`: what is changed is written nowhere.
        return
    ours = _left_by_summarize(session, dag_run) or otherwise()
    before = dag_run.note or ""
    if ours and (after := merged(before, ours)) != before:
        dag_run.note = after


def _left_by_summarize(session: Session, dag_run: DagRun) -> str:
    from airflow.models.xcom import XComModel
    from documenthor.run_notes import is_ours
    from sqlalchemy import select

    of_run = (XComModel.dag_run_id == dag_run.id, XComModel.map_index == -1)
    query = select(XComModel).where(*of_run, XComModel.task_id == TASK, XComModel.key == KEY)
    found = session.scalar(query)
    text = XComModel.deserialize_value(found) if found is not None else ""
    return text if isinstance(text, str) and is_ours(text) else ""


def _unsummarized(dag_run: DagRun, reason: str) -> str:
    from documenthor.run_notes import line

    from documenthor_airflow.news import job_page
    from documenthor_airflow.plan import job_id_for

    job = job_id_for(dag_run.dag_id, dag_run.run_id, (dag_run.conf or {}).get("job"))
    return line(_ENDS.get(reason, _OTHERWISE), job_page(dag_run.dag_id.removeprefix(_DAGS), job))
