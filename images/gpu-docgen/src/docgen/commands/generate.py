"""`docgen generate`: a tree to the envelope of its bundle."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.contract import Bundle, Envelope
from docgen.errors import UsageError
from docgen.source.tree import read_tree

if TYPE_CHECKING:
    from docgen.contract import JobSpec
    from docgen.deadline import Deadline


def generate(spec: JobSpec, root: Path, out: Path, deadline: Deadline) -> Bundle:
    """Write the sealed bundle of the tree at `root` to the file `out`."""
    tree = read_tree(root, spec.options, deadline)
    bundle, _ = build(spec, tree, deadline)
    write_atomically(out, Envelope.seal(bundle).model_dump_json().encode() + b"\n")
    return bundle


def write_atomically(path: Path, data: bytes) -> None:
    """All of the file or nothing of it, with the folders above it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".docgen-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(
            f"cannot write {path} ({error.strerror}); give a place that can be written"
        ) from error
