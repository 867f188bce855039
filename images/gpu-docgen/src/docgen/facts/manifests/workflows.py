"""GitHub workflows: the steps that build, test or lint, as they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.manifests import yaml_nodes
from docgen.facts.model import Command, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

KIND = "workflow"
PATH = re.compile(r"^\.github/workflows/[^/]+\.ya?ml$")
_SCRIPT = r"[\w:-]*(?:build|test|lint|check|types?|typecheck|format|fmt|compile|coverage|spec|e2e)[\w:-]*"
_PYTHON = "pytest|tox|nox|ruff|mypy|black|flake8|pylint|isort|pyright|unittest|pre-commit run|coverage run"
# How a command starts that builds, tests or lints, by the tool that it starts.
_TOOLS = (
    r"(?:make|just|rake|bundle exec \w+|composer(?: run)?|mix|task|nox -s|tox(?: run)? -e) " + _SCRIPT,
    r"(?:make|just|tox|nox)$",
    r"(?:npm|pnpm|yarn|bun)(?: run)? " + _SCRIPT,
    r"(?:npx |pnpm exec |yarn )?(?:eslint|jest|mocha|prettier|tsc|vitest|biome|playwright test)\b",
    rf"(?:(?:uv|poetry|pdm|hatch|pipenv|rye) run |python3? -m )?(?:{_PYTHON})\b",
    r"python3? -m build\b|(?:uv|poetry|pdm|hatch) (?:build|test|fmt)\b|hatch run " + _SCRIPT,
    r"cargo (?:\+\S+ )?(?:build|check|clippy|fmt|nextest|test)\b",
    r"go (?:build|test|vet)\b|golangci-lint run\b|gofmt\b|staticcheck\b",
    r"(?:\./)?(?:gradlew?|mvnw?) [^|\n]*\b(?:build|check|test|verify|package|assemble)\b",
    r"dotnet (?:build|format|test)\b|swift (?:build|test)\b",
    r"cmake\b|ctest\b|ninja\b|meson (?:compile|setup|test)\b|bazel (?:build|test)\b",
    r"(?:bundle exec )?(?:rspec|rubocop)\b|(?:\./)?(?:vendor/bin/)?(?:phpunit|phpstan)\b|shellcheck\b",
)
_STARTS = re.compile(rf"(?:^|&&|;)[ \t]*(?:{'|'.join(f'(?:{tool})' for tool in _TOOLS)})", re.MULTILINE)
_ELSEWHERE = re.compile(
    r"\b(?<!--)(?:publish|deploy|release|upload|login|push|twine|secrets?|token)\b", re.IGNORECASE
)
_MAX_LINES, _MAX_LENGTH = 20, 1500


def read_workflow(path: str, source: str) -> Manifest | None:
    """The workflow's name and such steps; None where there are none."""
    root = yaml_nodes.root_of(source)
    jobs = yaml_nodes.child(root, "jobs")
    found: dict[str, Command] = {}
    for _, job in yaml_nodes.pairs(jobs):
        steps = yaml_nodes.items(yaml_nodes.child(job, "steps"))
        for step in () if _is_elsewhere(root) or _is_elsewhere(job) or _is_off(job) else steps:
            for command in _command(path, step):
                found.setdefault(command.run, command)
    if not found:
        return None
    name = " ".join(yaml_nodes.scalar(yaml_nodes.child(root, "name")).split())
    return Manifest(path, KIND, name, commands=tuple(found.values()))


def _is_elsewhere(node: yaml.Node | None) -> bool:
    """Whether steps run in another folder, unless they say otherwise."""
    return yaml_nodes.child(node, "defaults", "run", "working-directory") is not None


def _is_off(node: yaml.Node) -> bool:
    """Whether a job or step never runs."""
    condition = yaml_nodes.scalar(yaml_nodes.child(node, "if"))
    return condition.replace(" ", "") in {"false", "${{false}}"}


def _command(path: str, step: yaml.Node) -> Iterator[Command]:
    """The step, unless it depends on an expression or runs in another folder."""
    written = yaml_nodes.child(step, "run")
    if written is None or yaml_nodes.child(step, "working-directory") is not None or _is_off(step):
        return
    run = yaml_nodes.scalar(written).strip()
    given = " ".join(yaml_nodes.scalar(value) for _, value in yaml_nodes.pairs(yaml_nodes.child(step, "env")))
    if run.count("\n") >= _MAX_LINES or len(run) > _MAX_LENGTH or "${{" in run + given:
        return
    if _STARTS.search(run) and not _ELSEWHERE.search(run):
        name = " ".join(yaml_nodes.scalar(yaml_nodes.child(step, "name")).split())
        shown = "" if "${{" in name else name
        yield Command(run, shown, "", Place(path, yaml_nodes.line_of(written)))
