"""The facts, as plain values. Text in them comes from the repository and is hostile."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a symbol is."""

    FUNCTION = "function"
    CLASS = "class"
    INTERFACE = "interface"
    STRUCT = "struct"
    TRAIT = "trait"
    ENUM = "enum"
    TYPE = "type"
    MODULE = "module"
    CONSTANT = "constant"
    FIELD = "field"


@dataclass(frozen=True)
class Place:
    """A line of a file; line 0 is the file as a whole."""

    path: str
    line: int = 0


@dataclass(frozen=True)
class Symbol:
    """A name that is defined: `signature` is its source without the body, `doc` its doc comment.

    `is_public` says whether its language, or its name, offers it to others. `group` is the doc comment of the
    declaration that it shares with others, where that is about all of them.
    """

    name: str
    kind: Kind
    signature: str
    doc: str
    place: Place
    members: tuple[Symbol, ...] = ()
    is_public: bool = True
    group: str = ""


@dataclass(frozen=True)
class Import:
    """`target` as written with its dots resolved; `name` is what is imported from it, if anything.

    `at_top` says that the import binds its name in the module, not inside a function. `is_outside` says
    that in a language other than Python it means no file of the repository; `target` is the source's text.
    """

    target: str
    name: str
    alias: str
    line: int
    at_top: bool = True
    is_outside: bool = False


@dataclass(frozen=True)
class Variable:
    """An environment variable that is read; `default` is source text, None where there is none."""

    name: str
    default: str | None
    place: Place


@dataclass(frozen=True)
class Flag:
    """A command line option that is declared; `command` is the subcommand it belongs to, if any.

    `default` is source text, None where there is none.
    """

    names: tuple[str, ...]
    help: str
    place: Place
    default: str | None = None
    command: str = ""


@dataclass(frozen=True)
class Route:
    """An HTTP route that is declared: `method` in capitals (`ANY` where all are taken), `path` as written.

    `handler` is the name of what answers it, empty where it has none.
    """

    method: str
    path: str
    handler: str
    place: Place


@dataclass(frozen=True)
class Module:
    """One source file that was understood.

    `name` is dotted for Python modules that can be imported, else the path. `exports` is `__all__`.
    `values` are what a Python module assigns to names in lower case, which is for others only where a
    package offers it.
    `namespace` is the package or namespace that a file of another language declares, as it is written.
    """

    path: str
    name: str
    language: str
    is_package: bool = False
    doc: str = ""
    namespace: str = ""
    symbols: tuple[Symbol, ...] = ()
    values: tuple[Symbol, ...] = ()
    exports: tuple[str, ...] | None = None
    imports: tuple[Import, ...] = ()
    variables: tuple[Variable, ...] = ()
    flags: tuple[Flag, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def package(self) -> str:
        """The dotted name of the package it is in (itself, where it is one)."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


@dataclass(frozen=True)
class Offered:
    """A name that can be imported, and the symbol behind it, which may have another name where it stands."""

    name: str
    path: str
    symbol: str


@dataclass(frozen=True)
class Interface:
    """What others get of a package under one import name; `path` is the file it starts from.

    `family` is what many of one pattern are told of together under, empty for a name that stands alone.
    """

    name: str
    path: str
    offers: tuple[Offered, ...]
    family: str = ""


@dataclass(frozen=True)
class Dependency:
    """A declared dependency; `group` is empty for what is needed at run time."""

    name: str
    constraint: str
    group: str
    place: Place


@dataclass(frozen=True)
class Command:
    """A command the repository declares; `does` is what it stands for, as far as that is written."""

    run: str
    name: str
    does: str
    place: Place


@dataclass(frozen=True)
class EntryPoint:
    """A program that an installation provides, and the code that it starts."""

    name: str
    target: str
    place: Place


@dataclass(frozen=True)
class Manifest:
    """What one manifest says; everything it leaves open is empty.

    `opens` are the names under which others import it, each with the files or folders that it stands for,
    as written; of npm, a name with a `*` is a pattern, and one without files opens nothing.
    """

    path: str
    kind: str
    name: str = ""
    description: str = ""
    license: str = ""
    requires: str = ""
    install: str = ""
    dependencies: tuple[Dependency, ...] = ()
    commands: tuple[Command, ...] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    opens: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def folder(self) -> str:
        """The folder it is in; empty for the root."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Workspace:
    """A repository of several packages: the tool that joins them, and the folder of each."""

    tool: str
    members: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Port:
    """A network port that a Dockerfile or a compose file declares; `says` is how, as it is written.

    `service` is the compose file's service that publishes it.
    """

    number: int
    says: str
    place: Place
    service: str = ""


@dataclass(frozen=True)
class ConfigFile:
    """A file that configures the project or its tools; `does` says what reads it."""

    path: str
    does: str


@dataclass(frozen=True)
class Edge:
    """One module of the repository that imports another, where, and the names it takes from it."""

    source: str
    target: str
    place: Place
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that is known of one repository.

    `closed` are the folders of packages that offer their `interfaces` alone.
    """

    repository: str
    manifests: tuple[Manifest, ...] = ()
    modules: tuple[Module, ...] = ()
    edges: tuple[Edge, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    closed: frozenset[str] = frozenset()
    languages: dict[str, int] = field(default_factory=dict)
    workspaces: tuple[Workspace, ...] = ()
    ports: tuple[Port, ...] = ()
    config_files: tuple[ConfigFile, ...] = ()
    license_file: str = ""
    license_title: str = ""

    @property
    def root(self) -> Manifest | None:
        """The manifest that speaks for the repository: the first named one at its root."""
        at_root = [manifest for manifest in self.manifests if not manifest.folder]
        return next((manifest for manifest in at_root if manifest.name), None)

    @property
    def name(self) -> str:
        """What the repository calls itself, else the last part of its address."""
        return self.root.name if self.root else self.repository.rstrip("/").rpartition("/")[2]
