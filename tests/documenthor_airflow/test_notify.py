"""People are told through the providers' own notifiers, once each, whoever tries how often."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.documenthor_airflow.conftest import PROJECT, environment
from tests.fakes.mail import FakeMail
from tests.fakes.slack import FakeSlack

if TYPE_CHECKING:
    from pathlib import Path

_TENANT = """\
organisation: local
forge: {kind: local}
schedule: {paused: true}
notify:
  - {via: slack, channel: "#docs", connection: slack_docs}
  - {via: email, to: [docs@acme.example], connection: mail_docs, events: [finished, late]}
"""


def connections(slack: FakeSlack, mail: FakeMail) -> dict[str, str]:
    """The two Airflow connections that the tenant names."""
    server = {
        "conn_type": "smtp",
        "host": "127.0.0.1",
        "port": mail.port,
        "extra": {"disable_ssl": True, "disable_tls": True, "from_email": "bot@acme.example"},
    }
    app = {"conn_type": "slack", "password": slack.token, "extra": {"base_url": f"{slack.address}/api/"}}
    return {"AIRFLOW_CONN_SLACK_DOCS": json.dumps(app), "AIRFLOW_CONN_MAIL_DOCS": json.dumps(server)}


def test_each_channel_is_told_what_it_wants_once(migrated: Path, tmp_path: Path) -> None:
    """Slack refuses the message of the end: the mail goes out all the same, and Slack's is sent again."""
    (tmp_path / "local.yaml").write_text(_TENANT)
    with FakeSlack(refused=frozenset({2})) as slack, FakeMail() as mail:
        settings = environment(migrated) | connections(slack, mail)
        settings |= {
            "DOCUMENTHOR_TENANTS": str(tmp_path),
            "AIRFLOW__API__BASE_URL": "https://airflow.example",
        }
        command = [sys.executable, "-m", "tests.documenthor_airflow.telling", "job-1"]
        done = subprocess.run(command, env=settings, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    problems = json.loads(done.stdout.strip().splitlines()[-1])
    assert problems == ["could not tell: slack (SlackApiError); check their Airflow connections"]
    page = "https://airflow.example/documentation/tenants/local/jobs/job-1"
    *told, short, over = [message["text"] for message in slack.messages]
    assert told == [
        f"*Documentation of local is late*\nNo repository has been planned.\n{page}",
        f"*Documentation of local: 1 repository failed*\n1 failed\n{page}",
    ]
    late = "*Documentation of local is late*\n"
    assert short.startswith(f"{late}5 committed, 5 waiting\nAt its pace until now it will be done at about ")
    assert over.startswith(f"{late}5 committed, 5 skipped\n5 repositories put off when the window closed;")
    assert {message["channel"] for message in slack.messages} == {"#docs"}
    assert [(message["Subject"], message["To"]) for message in mail.messages] == [
        ("Documentation of local is late", "docs@acme.example"),
        ("Documentation of local: finished", "docs@acme.example"),
        ("Documentation of local is late", "docs@acme.example"),
        ("Documentation of local is late", "docs@acme.example"),
        ("Documentation of local: finished", "docs@acme.example"),
    ]
    assert slack.token not in done.stdout + done.stderr
