"""Reading tenant files: every problem is found, and each one names the file and the key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from documenthor.errors import TenantFileError
from documenthor.tenants.model import Tenant

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails


def load_tenant(folder: Path, organisation: str) -> Tenant:
    """The tenant of `organisation`; raises `TenantFileError` if it has no valid file."""
    path = folder / f"{organisation}.yaml"
    # A name with a slash in it would lead to another folder's file.
    if path.parent != folder or not path.is_file():
        raise TenantFileError(f"{path.name}: no such tenant file in {folder}")
    return _load(path)


def load_all(folder: Path) -> list[Tenant]:
    """Every tenant; raises `TenantFileError` naming each bad file and key."""
    tenants, errors = read_tenants(folder)
    if errors:
        raise TenantFileError("\n".join(errors))
    return tenants


def read_tenants(folder: Path) -> tuple[list[Tenant], list[str]]:
    """The tenants whose files are valid, and one message for each problem of the others."""
    tenants, errors = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            tenants.append(_load(path))
        except TenantFileError as error:
            errors.append(str(error))
    return tenants, errors


def _load(path: Path) -> Tenant:
    content = _read(path)
    try:
        tenant = Tenant.model_validate_json(content)
    except ValidationError as error:
        problems = "\n".join(_problem(path, detail) for detail in error.errors())
        raise TenantFileError(problems) from error
    if tenant.organisation != path.stem:
        raise TenantFileError(
            f"{path.name}: organisation: is {tenant.organisation!r}; name the file {tenant.organisation}.yaml"
        )
    return tenant


def _read(path: Path) -> str:
    """The file as JSON, where a list is the way to write a tuple and a word the way to write an enum."""
    try:
        return json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str)
    except (OSError, yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        # YAML can say what JSON cannot: a date as a key, a list that holds itself.
        raise TenantFileError(f"{path.name}: not readable as YAML: {error}") from error


def _problem(path: Path, detail: ErrorDetails) -> str:
    key = ".".join(str(part) for part in detail["loc"]) or "(the whole file)"
    hint = (
        "unknown key; remove it or correct its name" if detail["type"] == "extra_forbidden" else detail["msg"]
    )
    return f"{path.name}: {key}: {hint}"
