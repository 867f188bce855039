"""The roles as data, and how they are brought in step; against a real FAB it is tested in tests/browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from documenthor.errors import ConfigurationError
from documenthor_airflow.role_sync import sync
from documenthor_airflow.roles import Level, permissions_of, role_of

# What Airflow narrows down to one DAG where one is named, or what concerns the user alone.
HARMLESS = {
    "Website", "My Password", "My Profile", "Plugins", "Browse", "DAG Code", "DAG Runs", "DAG Versions",
    "DAG Warnings", "DAG Dependencies", "Backfills", "Task Instances", "Task Logs", "XComs",
}  # fmt: skip


@dataclass
class Manager:
    """What FAB's security manager does with roles."""

    roles: dict[str, SimpleNamespace] = field(default_factory=dict)

    def get_all_roles(self) -> list[SimpleNamespace]:
        """All of them."""
        return list(self.roles.values())

    def find_role(self, name: str) -> SimpleNamespace | None:
        """The role, if it is there."""
        return self.roles.get(name)

    def add_role(self, name: str) -> SimpleNamespace:
        """A role that may nothing."""
        return self.roles.setdefault(name, SimpleNamespace(name=name, permissions=[]))

    def delete_role(self, name: str) -> None:
        """Forget it."""
        del self.roles[name]

    def create_permission(self, action: str, resource: str) -> SimpleNamespace:
        """The permission."""
        return SimpleNamespace(action=SimpleNamespace(name=action), resource=SimpleNamespace(name=resource))

    def add_permission_to_role(self, role: SimpleNamespace, permission: SimpleNamespace) -> None:
        """Allow it."""
        role.permissions.append(permission)

    def remove_permission_from_role(self, role: SimpleNamespace, permission: SimpleNamespace) -> None:
        """Forbid it."""
        role.permissions.remove(permission)

    def of(self, name: str) -> set[tuple[str, str]]:
        """What a role may."""
        return {(each.action.name, each.resource.name) for each in self.roles[name].permissions}


@pytest.mark.parametrize("level", list(Level))
def test_roles_concern_one_tenant(level: Level) -> None:
    own = {"DAG:documenthor_acme", "Documenthor Statement:acme", "Documenthor Audit:acme"}
    for action, resource in permissions_of("acme", level):
        assert resource in HARMLESS | own or (action, resource) == ("menu_access", "DAGs"), (action, resource)
    assert len(role_of("a" * 39, level)) <= 64


def test_each_level_may_what_the_one_before_may() -> None:
    viewer, operator, admin = (permissions_of("acme", level) for level in Level)
    assert viewer < operator < admin
    assert {action for action, _ in viewer} == {"can_read", "can_edit", "menu_access"}
    assert {resource for action, resource in viewer if action == "can_edit"} == {"My Password", "My Profile"}


def test_roles_are_made_mended_and_taken_away() -> None:
    manager = Manager()
    manager.add_role("documenthor_reporting")
    assert list(sync(manager, ["acme", "other"]))
    assert manager.of("documenthor_acme_operator") == permissions_of("acme", Level.OPERATOR)
    assert list(sync(manager, ["acme", "other"])) == []
    role = manager.roles["documenthor_acme_viewer"]
    manager.add_permission_to_role(role, manager.create_permission("can_edit", "DAGs"))
    role.permissions.pop(0)
    assert len(list(sync(manager, ["acme", "other"]))) == 2
    assert manager.of("documenthor_acme_viewer") == permissions_of("acme", Level.VIEWER)
    gone = list(sync(manager, ["acme"]))
    assert [line.partition(":")[0] for line in gone] == [role_of("other", level) for level in Level]
    assert "documenthor_reporting" in manager.roles


def test_a_missing_folder_takes_nobodys_roles() -> None:
    manager = Manager()
    list(sync(manager, ["acme"]))
    with pytest.raises(ConfigurationError, match="DOCUMENTHOR_TENANTS"):
        list(sync(manager, []))
    assert len(manager.roles) == len(Level)
