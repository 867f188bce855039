"""The step from its inputs to its exit status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from documenthor_action import inputs as inputs_
from documenthor_action import log, summary, tokens
from documenthor_action.errors import ActionError
from documenthor_action.service import ENDED, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor_action.inputs import Inputs


def run(env: Mapping[str, str]) -> int:
    """Do what the inputs ask for; 0, or 1 if the step has to fail."""
    try:
        inputs = inputs_.read(env)
        service = Service(inputs, tokens.source(inputs, env))
        job, address = service.submit()
        with log.quoted():
            log.say(f"Job {job}: {address}")
            status = _followed(service, address) if inputs.wait else {"id": job, "state": "queued"}
    except ActionError as error:
        log.error(str(error))
        return 1
    _report(env, status, job, address)
    return _verdict(inputs, status, address)


def _followed(service: Service, address: str) -> dict[str, Any]:
    status: dict[str, Any] = {}
    told: dict[str, str] = {}
    for status in service.follow(address):
        _tell(status, told)
    return status


def _tell(status: Mapping[str, Any], told: dict[str, str]) -> None:
    """Print what is new since the last time: repositories that ended, then the counts."""
    for row in status.get("repositories", []):
        name, text = str(row.get("name", "")), summary.outcome(row)
        if row.get("outcome") and told.get(name) != text:
            told[name] = text
            log.say(" ".join(part for part in (f"{name}: {text}", row.get("reference") or "") if part))
    counts = ", ".join(f"{name} {number}" for name, number in status.get("counts", {}).items() if number)
    log.say(f"[{status.get('state', 'unknown')}] {counts}")


def _report(env: Mapping[str, str], status: Mapping[str, Any], job: str, address: str) -> None:
    for variable, text in (
        ("GITHUB_STEP_SUMMARY", summary.markdown(status, address)),
        ("GITHUB_OUTPUT", summary.outputs(status, job, address)),
    ):
        if env.get(variable):
            summary.append(Path(env[variable]), text)


def _verdict(inputs: Inputs, status: Mapping[str, Any], address: str) -> int:
    if not inputs.wait:
        return 0
    state = status.get("state")
    if state not in ENDED:
        log.error(f"the job is still {state} after {inputs.minutes:g} minutes and goes on; see {address}")
        return 1
    wrong = sorted(kind for kind in inputs.fail_on if status.get("counts", {}).get(kind))
    # A job can fail or be cancelled as a whole, before any repository has an outcome.
    if inputs.fail_on and state in {"failed", "cancelled"} and not wrong:
        wrong = [f"the job is {state} {status.get('error') or ''}".strip()]
    if wrong:
        log.error(f"not everything was documented: {', '.join(wrong)}; see {address}")
    return 1 if wrong else 0
