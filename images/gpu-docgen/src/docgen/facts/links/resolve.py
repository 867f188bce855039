"""References to imports: every module with the files of the repository that it imports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.facts.links.files import included_files, ruby_files, script_files, shell_files
from docgen.facts.links.index import Index
from docgen.facts.links.names import csharp_files, go_files, java_files, php_files
from docgen.facts.links.rust import rust_files
from docgen.facts.model import Import

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docgen.deadline import Deadline
    from docgen.facts.model import Manifest, Module
    from docgen.facts.syntax.references import Reference
    from docgen.facts.syntax.source import Source

    Resolver = Callable[[Reference, Source, Index], Iterator[str]]

# Languages that import from one another stand together.
_FAMILIES: tuple[tuple[frozenset[str], Resolver], ...] = (
    (frozenset({"JavaScript", "TypeScript"}), script_files),
    (frozenset({"C", "C++"}), included_files),
    (frozenset({"C#"}), csharp_files),
    (frozenset({"Go"}), go_files),
    (frozenset({"Java"}), java_files),
    (frozenset({"PHP"}), php_files),
    (frozenset({"Ruby"}), ruby_files),
    (frozenset({"Rust"}), rust_files),
    (frozenset({"Shell"}), shell_files),
)


def linked(sources: Sequence[Source], manifests: Sequence[Manifest], deadline: Deadline) -> Iterator[Module]:
    """The modules with their imports; the target of one that is not outside is the path of a file."""
    for languages, resolve in _FAMILIES:
        family = [source for source in sources if source.module.language in languages]
        index = Index(family, manifests)
        for source in family:
            deadline.check()
            yield replace(source.module, imports=tuple(_imports(source, index, resolve)))


def _imports(source: Source, index: Index, resolve: Resolver) -> Iterator[Import]:
    for reference in source.references.imports:
        found = set(resolve(reference, source, index)) - {source.module.path}
        yield from (Import(path, "", reference.alias, reference.line) for path in sorted(found))
        if not found:
            yield Import(reference.path, "", reference.alias, reference.line, is_outside=True)
