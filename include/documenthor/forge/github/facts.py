"""What a query says of a repository, strictly read: answers are as hostile as repositories are."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from documenthor.forge.filters import Traits

_T = TypeVar("_T")
Oid = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class Nodes(_Part, Generic[_T]):
    """A list as GraphQL has it."""

    nodes: tuple[_T, ...] = ()


class Person(_Part):
    """An account; the same for what has a login alone."""

    login: str
    database_id: int | None = None


class Author(_Part):
    """Who wrote a commit, by its own word (`email`) and by GitHub's (`user`)."""

    email: str | None = None
    user: Person | None = None


class Signature(_Part):
    """What GitHub says of a commit's signature."""

    is_valid: bool
    was_signed_by_git_hub: bool


class Pointer(_Part):
    """A commit or a tree by its name."""

    oid: Oid


class Written(_Part):
    """A commit; `message` is None where it was not asked for."""

    oid: Oid
    message: str = ""
    author: Author | None = None
    signature: Signature | None = None
    tree: Pointer | None = None
    parents: Nodes[Written] = Nodes()


class Branch(_Part):
    """A branch; `target` is None where it is no commit."""

    name: str = ""
    target: Written | None = None


class Blob(_Part):
    """A file; `text` is None where it is binary, and both are None for a folder."""

    byte_size: int | None = None
    text: str | None = None


class Named(_Part):
    """A language or a topic."""

    name: str


class Topic(_Part):
    """A topic that a repository has."""

    topic: Named


class Facts(_Part):
    """One repository; sizes are KiB."""

    name: str
    owner: Person
    is_archived: bool
    is_disabled: bool
    is_empty: bool
    is_fork: bool
    is_mirror: bool
    is_template: bool
    disk_usage: int | None
    pushed_at: datetime | None
    visibility: str
    primary_language: Named | None
    repository_topics: Nodes[Topic]
    default_branch_ref: Branch | None
    ours: Branch | None = None
    settings: Blob | None = None

    @property
    def traits(self) -> Traits:
        """What filters look at."""
        return Traits(
            name=self.name,
            topics=frozenset(one.topic.name for one in self.repository_topics.nodes),
            language=self.primary_language.name if self.primary_language else "",
            size_kib=self.disk_usage or 0,
            pushed_at=self.pushed_at,
            visibility=self.visibility.lower(),
        )


class PageInfo(_Part):
    """Whether there is another page, and where it starts."""

    has_next_page: bool
    end_cursor: str | None = None


class Page(_Part):
    """A page of an organisation's repositories; those that this credential may not see are None."""

    total_count: int
    page_info: PageInfo
    nodes: tuple[Facts | None, ...] = ()
