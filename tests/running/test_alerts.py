"""A job that does not get done: people hear of it once, Airflow ends its run, and the job ends with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running.system import System, wait_for

if TYPE_CHECKING:
    from tests.fakes.mail import FakeMail
    from tests.fakes.slack import FakeSlack
    from tests.running.hosting import Hosted

pytestmark = [pytest.mark.operators, pytest.mark.timeout(900)]

_DAG = "documenthor_late"


def test_late_and_then_out_of_time(system: System, github: Hosted, slack: FakeSlack, mail: FakeMail) -> None:
    """Publishing waits for its hours, past the window (5 s) and past the longest a run may take (60 s)."""
    github.add("slow-engine")
    with system.admin() as api:
        wait_for("the DAG", lambda: api.get(f"/dags/{_DAG}").is_success)
        api.post(f"/dags/{_DAG}/dagRuns", json={"dag_run_id": "one", "logical_date": None}).raise_for_status()
        wait_for("the alert", lambda: slack.messages and mail.messages, 300)
        assert slack.messages[0]["text"].startswith("*Documentation of late is late*\n")
        assert mail.messages[0]["Subject"] == "Documentation of late is late"
        wait_for("the job's end", lambda: system.job_of(_DAG, "one", "failed").finished_at, 300)
        note = api.get(f"/dags/{_DAG}/dagRuns/one").raise_for_status().json()["note"]
        assert note.startswith("**Documentation:** the longest time of a run (`max_runtime`) was over before")
    status = system.job_of(_DAG, "one", "failed")
    assert [(row.name, row.outcome, row.reason) for row in status.repositories] == [
        ("slow-engine", "failed", "run")
    ]
    wait_for("the last message", lambda: len(slack.messages) == len(mail.messages) + 1 == 3, 300)
    subjects = [message["text"].partition("\n")[0] for message in slack.messages]
    failed = "Documentation of late: 1 repository failed"
    assert subjects[0] == "*Documentation of late is late*"
    assert set(subjects[1:]) == {"*Documentation of late: finished*", f"*{failed}*"}
    assert [message["Subject"] for message in mail.messages[1:]] == [failed]
    assert not github.fake.find("octo", "slow-engine").pulls  # type: ignore[union-attr]
