"""Every manifest of a tree, the outermost first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.manifests import (
    cargo,
    cmake,
    composer,
    dotnet,
    gemspec,
    go_mod,
    jvm,
    makefile,
    npm,
    pyproject,
    requirements,
    runners,
    setuptools,
    workflows,
)
from docgen.facts.scope import is_aside

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.facts.model import Manifest
    from docgen.source.tree import Tree

# In the order in which they speak for a folder that has several.
_READERS: dict[str, Callable[[str, str], Manifest | None]] = {
    "pyproject.toml": pyproject.read_pyproject,
    "setup.cfg": setuptools.read_setup_cfg,
    "setup.py": setuptools.read_setup_py,
    "composer.json": composer.read_composer,
    "CMakeLists.txt": cmake.read_cmake,
    "justfile": runners.read_justfile,
    "tox.ini": runners.read_tox,
    "pytest.ini": runners.read_pytest_ini,
    "noxfile.py": runners.read_noxfile,
}
# Those that speak of other files as well.
_AMONG: dict[str, Callable[[str, str, frozenset[str]], Manifest | None]] = {
    "GNUmakefile": makefile.read_makefile,
    "Makefile": makefile.read_makefile,
    "makefile": makefile.read_makefile,
    "go.mod": go_mod.read_go_mod,
    "package.json": npm.read_package_json,
}
# Those that take over what another file says.
_BESIDE: dict[str, Callable[[str, str, Tree], Manifest | None]] = {
    "Cargo.toml": cargo.read_cargo,
    "build.gradle": jvm.read_gradle,
    "build.gradle.kts": jvm.read_gradle,
    "pom.xml": jvm.read_pom,
}
_ORDER = [
    "pyproject.toml", "setup.cfg", "setup.py", "Cargo.toml", "go.mod", "composer.json", "pom.xml",
    "build.gradle", "build.gradle.kts", "CMakeLists.txt", "GNUmakefile", "makefile", "Makefile", "justfile",
    "tox.ini", "pytest.ini", "noxfile.py", "package.json",
]  # fmt: skip
# Manifests that describe a package, rather than only commands or pins.
PROJECT_KINDS = frozenset(
    {"pyproject", "setup.cfg", "setup.py", "package.json", "Cargo.toml", "go.mod", "gemspec"}
    | {"composer.json", "csproj", "pom", "gradle", "cmake"}
)
_REQUIREMENTS = re.compile(r"(?:^|/)(?:requirements[\w.-]*\.(?:txt|in)|requirements/[\w.-]+\.(?:txt|in))$")


def read_manifests(tree: Tree) -> tuple[Manifest, ...]:
    """Those that could be read, sorted by depth, folder and kind."""
    paths = sorted((path for path in tree.files if not is_aside(path)), key=_key)
    found = (_read(tree, path) for path in paths)
    return tuple(manifest for manifest in found if manifest)


def _key(path: str) -> tuple[int, str, int, str]:
    folder, _, name = path.rpartition("/")
    order = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    return (path.count("/"), folder, order, name)


def _read(tree: Tree, path: str) -> Manifest | None:
    name = path.rpartition("/")[2]
    source = tree.text(path) or ""
    if name in _AMONG:
        return _AMONG[name](path, source, tree.present)
    if name in _BESIDE:
        return _BESIDE[name](path, source, tree)
    if name.endswith(".gemspec"):
        return gemspec.read_gemspec(path, source, tree.present)
    if name.endswith(".csproj"):
        return dotnet.read_csproj(path, source)
    if name in _READERS:
        return _READERS[name](path, source)
    if workflows.PATH.match(path):
        return workflows.read_workflow(path, source)
    if _REQUIREMENTS.search(path) and not _is_compiled(tree, path):
        return requirements.read_requirements(path, source)
    return None


def _is_compiled(tree: Tree, path: str) -> bool:
    """A pinned list made from an `.in` file beside it says nothing that the project chose."""
    return path.endswith(".txt") and path.removesuffix(".txt") + ".in" in tree.present
