"""Branch protection and rulesets: what a direct write to a branch is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.github.messages import Refusal

if TYPE_CHECKING:
    from tests.fakes.github.routes import Call
    from tests.fakes.github.state import Account, Protection, Repository


def violation(
    repository: Repository, ref: str, account: Account, *, is_new: bool = False
) -> tuple[Protection, str] | None:
    """The protection that a write by `account` would break, and how that is worded; None for none."""
    rule = repository.protections.get(ref.removeprefix("refs/heads/"))
    if rule is None or account.login in rule.bypass:
        return None
    broken = list(_broken(rule, is_new=is_new))
    if not broken:
        return None
    if rule.is_ruleset:
        return rule, "Repository rule violations found\n\n" + "".join(f"{one}\n\n" for one in broken)
    return rule, broken[0]


def _broken(rule: Protection, *, is_new: bool) -> list[str]:
    found = []
    if is_new and rule.blocks_creation:
        found.append("Cannot create ref due to creations being restricted.")
    if rule.requires_pull_request and not is_new:
        found.append("Changes must be made through a pull request.")
    if rule.required_checks and not is_new:
        names = ", ".join(f'"{name}"' for name in rule.required_checks)
        verb = "are" if len(rule.required_checks) > 1 else "is"
        found.append(f"Required status check {names} {verb} expected.")
    return found


def check_rest(call: Call, ref: str, *, is_new: bool = False, status: int = 422) -> None:
    """Raise `Refusal` as REST words it; writes of files and merges are told 409, refs 422."""
    found = violation(call.repository, ref, call.account, is_new=is_new)
    if found is not None:
        raise Refusal(status, found[1])
