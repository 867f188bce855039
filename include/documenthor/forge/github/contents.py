"""Reading given paths at an exact commit, by tree and blob: no clone, no symlink followed."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documenthor.errors import GateError, NotAFileError, UnavailableError
from documenthor.forge import walking
from documenthor.forge.github import shapes
from documenthor.forge.github.reading import read
from documenthor.forge.walking import EXECUTABLE, FILE, FOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from documenthor.forge.github.place import Place

# A file that is larger takes no documentation of ours, so it is not even fetched.
MAX_FILE_BYTES = 2 * 1024 * 1024


@dataclass(slots=True)
class Contents:
    """What commits of one repository hold. A commit never changes, so nothing is asked for twice."""

    place: Place
    _folders: dict[tuple[str, str], Mapping[str, shapes.Entry]] = field(default_factory=dict)
    _blobs: dict[str, bytes] = field(default_factory=dict)

    def modes(self, commit: str, paths: Collection[str]) -> dict[str, str]:
        """The git modes of whatever stands at `paths` or at a folder above one."""

        def entries(folder: str) -> Mapping[str, str]:
            return {name: entry.mode for name, entry in self._folder(commit, folder).items()}

        return walking.modes(entries, paths)

    def read(self, commit: str, path: str) -> bytes | None:
        """A file's bytes, or None; raises `NotAFileError` for anything but a regular file."""
        for above in walking.above(path):
            entry = self._entry(commit, above)
            if entry is None:
                return None
            if entry.mode != FOLDER:
                raise NotAFileError(f"{above} is no folder, so {path} cannot be written")
        entry = self._entry(commit, path)
        if entry is None:
            return None
        if entry.mode not in {FILE, EXECUTABLE}:
            raise NotAFileError(f"{path} is no regular file (git mode {entry.mode})")
        if entry.size > MAX_FILE_BYTES:
            raise GateError("sizes", f"{path} has {entry.size} bytes; documentation goes into smaller files")
        return self._blob(entry.sha)

    def _entry(self, commit: str, path: str) -> shapes.Entry | None:
        folder, _, name = path.rpartition("/")
        return self._folder(commit, folder).get(name)

    def _folder(self, commit: str, folder: str) -> Mapping[str, shapes.Entry]:
        key = (commit, folder)
        if key not in self._folders:
            entry = self._entry(commit, folder) if folder else None
            if folder and (entry is None or entry.mode != FOLDER):
                return {}
            self._folders[key] = self._tree(entry.sha if entry else commit)
        return self._folders[key]

    def _tree(self, name: str) -> dict[str, shapes.Entry]:
        tree = read(shapes.Tree, self.place.rest("GET", f"git/trees/{name}"))
        if tree.truncated:
            raise GateError("paths", "a folder has more entries than GitHub lists; keep documentation apart")
        return {entry.path: entry for entry in tree.tree}

    def _blob(self, name: str) -> bytes:
        if name not in self._blobs:
            blob = read(shapes.Blob, self.place.rest("GET", f"git/blobs/{name}"))
            try:
                self._blobs[name] = base64.b64decode(blob.content)
            except binascii.Error:
                raise UnavailableError("a file did not come in base64; try again") from None
        return self._blobs[name]
