"""Reading tenant files: every problem is found, and each one names the file and the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import ContentError, load_yaml

from documenthor.errors import TenantFileError
from documenthor.tenants.model import Tenant

if TYPE_CHECKING:
    from pathlib import Path


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


def tenant_names(folder: Path) -> list[str]:
    """All tenants by their files' names, those with a wrong file among them."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def _load(path: Path) -> Tenant:
    try:
        tenant = load_yaml(Tenant, path.read_bytes())
    except ContentError as error:
        problems = "\n".join(f"{path.name}: {problem}" for problem in error.problems)
        raise TenantFileError(problems) from error
    except OSError as error:
        raise TenantFileError(f"{path.name}: cannot be read: {error.strerror}") from error
    if tenant.organisation != path.stem:
        raise TenantFileError(
            f"{path.name}: organisation: is {tenant.organisation!r}; name the file {tenant.organisation}.yaml"
        )
    return tenant
