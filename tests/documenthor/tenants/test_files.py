"""Reading tenant files: errors name file and key, and one bad file leaves the others alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from documenthor.errors import TenantFileError
from documenthor.tenants import Mode, load_all, load_tenant, read_tenants

_GOOD = "organisation: {name}\nforge: {{kind: local}}\n"
_ACME = _GOOD.format(name="acme")
_GITHUB = "organisation: acme\nforge: {kind: github, "


def _write(folder: Path, name: str, content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / f"{name}.yaml").write_bytes(raw)


def test_tenant_is_read_with_its_defaults(tmp_path: Path) -> None:
    _write(tmp_path, "acme", _ACME)
    tenant = load_tenant(tmp_path, "acme")
    assert (tenant.organisation, tenant.mode) == ("acme", Mode.PULL_REQUEST)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        pytest.param(_ACME + "colour: red", "colour: unknown key; known are", id="unknown key"),
        pytest.param(_ACME + "pods: {gpu: 1}", "pods.gpu: unknown key; did you mean gpus?", id="inner key"),
        pytest.param(_ACME + "concurrency: many", "concurrency: ", id="wrong type"),
        pytest.param(_ACME + "concurrency: 0", "concurrency: ", id="too small"),
        pytest.param(_ACME + "mode: shout", "mode: ", id="unknown word"),
        pytest.param(_ACME + "schedule: {time_zone: Moon/Crater}", "schedule.time_zone: ", id="no zone"),
        pytest.param(_ACME + "schedule: {time_zone: ../passwd}", "schedule.time_zone: ", id="zone path"),
        pytest.param(_ACME + "schedule: {cron: every day}", "schedule.cron: ", id="no cron expression"),
        pytest.param(_ACME + "options: {limits: {files: 0}}", "options.limits.files: ", id="nested limit"),
        pytest.param(_ACME + "cost: {gpu_hour: -1}", "cost.gpu_hour: ", id="negative price"),
        pytest.param(_ACME + "cost: {gpu_hour: .inf}", "cost.gpu_hour: ", id="endless price"),
        pytest.param(_ACME + "cost: {gpu_hour: 1000000}", "cost.gpu_hour: ", id="too high a price"),
        pytest.param(_ACME + "cost: {cpu_hour: '0.0000001'}", "cost.cpu_hour: ", id="too fine a price"),
        pytest.param(_ACME + "cost: {currency: euro}", "cost.currency: ", id="no currency"),
        pytest.param(_ACME + "cost: {night_starts: noon}", "cost.night_starts: ", id="no time of day"),
        pytest.param(_ACME + "cost: {gpu_hours_per_night: -1}", "cost.gpu_hours", id="negative hours"),
        pytest.param(_GITHUB + "colour: red}", "forge.colour: unknown key", id="GitHub's unknown key"),
        pytest.param(_GITHUB + "path: x}", "forge.path: unknown key", id="another forge's key"),
        pytest.param(_GITHUB + "organisation: a/b}", "forge.organisation: ", id="no login"),
        pytest.param(_GITHUB + "connection: 'a b'}", "forge.connection: ", id="no connection id"),
        pytest.param(_GITHUB + "filters: {topic: [a]}}", "did you mean topics?", id="no filter"),
        pytest.param(_GITHUB + "filters: {include: a}}", "filters.include: ", id="no list"),
        pytest.param(_GITHUB + "filters: {include: ['(a|b)']}}", "filters.include.0: ", id="no glob"),
        pytest.param(
            _GITHUB + f"filters: {{include: ['{'*a' * 20}']}}}}", "filters.include.0: ", id="slow glob"
        ),
        pytest.param(_GITHUB + "filters: {pushed_since: soon}}", "filters.pushed_since: ", id="no date"),
        pytest.param(_GITHUB + "filters: {pushed_since: '2026-02-31'}}", "pushed_since: ", id="no day"),
        pytest.param(
            _GITHUB + "creations: {a_minute: 81}}", "creations.a_minute: ", id="beyond GitHub's limit"
        ),
        pytest.param(_GITHUB + "rollout: {hours: 9-17}}", "rollout.hours: ", id="no hours"),
        pytest.param(_GITHUB + "rollout: {hours: '09:00-09:00'}}", "rollout.hours: ", id="no time at all"),
        pytest.param(_GITHUB + "rollout: {hours: '09:00-17:00', days: []}}", "rollout.days: ", id="no days"),
        pytest.param("organisation: acme\nforge: {kind: svn}", "forge: ", id="no forge that is known"),
        pytest.param("forge: {kind: local}", "organisation: ", id="no organisation"),
        pytest.param("organisation: acme", "forge: ", id="no forge"),
        pytest.param(_GOOD.format(name="other"), "organisation: is 'other'", id="another tenant's name"),
        pytest.param(_GOOD.format(name="Acme"), "organisation: ", id="capital letter"),
        pytest.param("", "organisation: ", id="empty file"),
        pytest.param("- a\n- b", "(the whole file): ", id="a list"),
        pytest.param("just words", "(the whole file): ", id="a word"),
        pytest.param("a: [", "not readable as YAML", id="no YAML"),
        pytest.param("!!python/object/apply:os.getcwd []", "not readable as YAML", id="a Python object"),
        pytest.param(b"\xff\xfe\x00", "not readable as YAML", id="no text"),
        pytest.param("a: &a [*a]", "not readable as YAML", id="refers to itself"),
        pytest.param("[" * 2000, "not readable as YAML", id="nested too deep"),
        pytest.param("? [1, 2]\n: 3", "not readable as YAML", id="a list as key"),
        pytest.param(_ACME + "concurrency: .nan", "concurrency: ", id="no number"),
        pytest.param(_ACME + "1: x", "1: unknown key", id="a number as key"),
        pytest.param(_ACME + "2026-01-01: x", "not readable as YAML", id="a date as key"),
    ],
)
def test_bad_file_is_named_and_the_others_load(tmp_path: Path, content: str | bytes, key: str) -> None:
    _write(tmp_path, "acme", content)
    _write(tmp_path, "good", _GOOD.format(name="good"))
    tenants, errors = read_tenants(tmp_path)
    assert [tenant.organisation for tenant in tenants] == ["good"]
    assert len(errors) == 1
    assert errors[0].startswith("acme.yaml: ")
    assert key in errors[0]
    with pytest.raises(TenantFileError, match=r"acme\.yaml"):
        load_tenant(tmp_path, "acme")
    with pytest.raises(TenantFileError, match=r"acme\.yaml"):
        load_all(tmp_path)


def test_every_problem_of_a_file_is_reported(tmp_path: Path) -> None:
    _write(tmp_path, "acme", _ACME + "concurrency: 0\nruns: 0\n")
    with pytest.raises(TenantFileError) as caught:
        load_tenant(tmp_path, "acme")
    assert [line.split(": ")[1] for line in str(caught.value).splitlines()] == ["concurrency", "runs"]


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TenantFileError, match=r"acme\.yaml: no such tenant file"):
        load_tenant(tmp_path, "acme")


@pytest.mark.parametrize("name", ["../acme", "inner/acme", "inner/../acme", ""])
def test_name_that_leaves_the_folder_is_no_tenant(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "tenants"
    (folder / "inner").mkdir(parents=True)
    for place in (tmp_path, folder, folder / "inner"):
        _write(place, "acme", _ACME)
    with pytest.raises(TenantFileError):
        load_tenant(folder, name)


def test_shipped_tenants_are_valid() -> None:
    include = Path(__file__).parents[3] / "include"
    assert [tenant.organisation for tenant in load_all(include / "tenants")]


@pytest.mark.parametrize("written", ["0.1", "'0.1'", "0.10", "2.675", "100000", "0.000001"])
def test_prices_are_what_is_written(tmp_path: Path, written: str) -> None:
    """No price goes through a binary fraction on its way."""
    _write(tmp_path, "acme", _ACME + f"cost: {{gpu_hour: {written}}}")
    assert load_tenant(tmp_path, "acme").cost.gpu_hour == Decimal(written.strip("'"))
