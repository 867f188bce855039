"""The packages of a repository that is a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Place
from docgen.pages.markdown import code, prose, sentence, table
from docgen.pages.overview import project_manifests
from docgen.pages.site import source_link

if TYPE_CHECKING:
    from docgen.pages.site import Site

_MAX_ROWS = 100


def member_table(site: Site, path: str) -> str:
    """Every member of a workspace that has a name, with what its manifest says it is."""
    manifests = {(item.folder, item.path.rpartition("/")[2]): item for item in project_manifests(site.facts)}
    rows = [
        (code(item.name), prose(sentence(item.description)), source_link(path, Place(item.path)), join)
        for space in site.facts.workspaces
        for join in (source_link(path, space.place),)
        for (folder, _), item in manifests.items()
        if item.name and folder in space.members and item.path != space.place.path
    ]
    head = site.words.texts("column.package", "column.says", "column.declared_in", "column.workspace")
    return table(head, list(dict.fromkeys(rows))[:_MAX_ROWS])
