"""What callers ask for: `JobRequest`, as the API, the form and the schedule make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Self

from docgen.contract import Settings
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from documenthor.forge.filters import Filters
from documenthor.names import MAX_REPOSITORIES, NAME_PATTERN, is_repository_name
from documenthor.tenants import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What git takes for the name of a branch or tag, and nothing that means more than a name.
_REF = r"^[^\s\x00-\x1f\x7f~^:?*\[\\/.@-][^\s\x00-\x1f\x7f~^:?*\[\\]*$"
NAMED_TWICE = "named_twice"


def _checked_ref(ref: str) -> str:
    if ".." in ref or "@{" in ref or ref.endswith((".", "/", ".lock")):
        raise ValueError("no branch, tag or commit can be called so")
    return ref


def _checked_name(name: str) -> str:
    if not is_repository_name(name):
        raise ValueError("no repository can be called so")
    return name


RepositoryName = Annotated[str, Field(pattern=NAME_PATTERN), AfterValidator(_checked_name)]
Ref = Annotated[str, Field(max_length=255, pattern=_REF), AfterValidator(_checked_ref)]


class Target(BaseModel):
    """A repository by its name, at the head of its default branch or at a branch, tag or commit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: RepositoryName
    ref: Ref | None = None


def _named(value: Any) -> Any:  # noqa: ANN401 - whatever the body held
    """A bare name is a target, too."""
    return {"name": value} if isinstance(value, str) else value


def duplicates(names: Iterable[object]) -> Iterator[tuple[int, str]]:
    """Where a name comes that came before, in whatever case; GitHub's names ignore case."""
    seen: set[str] = set()
    for position, name in enumerate(names):
        if isinstance(name, str):
            if name.casefold() in seen:
                yield position, f"{name!r} is named twice; name each repository once"
            seen.add(name.casefold())


def _some(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    # Pydantic's own least length also counts what it dropped as wrong, and would report that as well.
    if not targets:
        raise ValueError("name at least one repository, or leave the key out for all of them")
    return targets


def _unique(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    for _, sentence in duplicates(target.name for target in targets):
        raise PydanticCustomError(NAMED_TWICE, "{sentence}", {"sentence": sentence})
    return targets


Targets = Annotated[
    tuple[Annotated[Target, BeforeValidator(_named, json_schema_input_type=RepositoryName | Target)], ...],
    Field(max_length=MAX_REPOSITORIES, json_schema_extra={"minItems": 1}),
    AfterValidator(_some),
    AfterValidator(_unique),
]


class JobRequest(BaseModel):
    """Which repositories to document and how.

    No `repositories` means the tenant's whole forge, of which `filters` leaves some out; no `mode` means
    the tenant's own. `options` go before what repositories and their organisation say, but for what the
    tenant has locked. `force` regenerates repositories that have nothing new; `dry_run` publishes nothing.
    `webhook` is an address of the tenant that is told only of jobs that name it. `before` means each
    repository as its default branch was then; with `ref` it would say twice what to document.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    repositories: Targets | None = None
    filters: Filters | None = None
    mode: Mode | None = None
    options: Settings = Settings()
    force: bool = False
    dry_run: bool = False
    webhook: Annotated[str, Field(max_length=1000)] | None = None
    before: AwareDatetime | None = None

    @model_validator(mode="after")
    def _one_commit(self) -> Self:
        if self.before is not None and any(target.ref for target in self.repositories or ()):
            raise ValueError("a repository is documented at its ref or as of `before`; leave one of them out")
        return self

    @field_serializer("repositories")
    def _compact(self, targets: tuple[Target, ...] | None) -> list[str | dict[str, str | None]] | None:
        if targets is None:
            return None
        return [target.model_dump() if target.ref else target.name for target in targets]

    @field_serializer("options")
    def _said(self, options: Settings) -> dict[str, Any]:
        # What was not said must stay unsaid, or it would go before what a repository says.
        return options.model_dump(mode="json", exclude_unset=True)

    def canonical(self) -> dict[str, Any]:
        """The request as JSON, the same for requests that ask for the same."""
        return self.model_dump(mode="json")

    def ref_of(self, name: str) -> str | None:
        """The ref that was asked for."""
        return next((target.ref for target in self.repositories or () if target.name == name), None)
