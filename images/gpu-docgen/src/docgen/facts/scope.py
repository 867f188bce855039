"""Which files are the product, and which are there to test, show or build it."""

from __future__ import annotations

import re

_ASIDE_ANYWHERE = frozenset({"tests", "test", "__tests__", "testdata", "fixtures", "spec", "specs"})
_ASIDE_AT_ROOT = frozenset({"doc", "docs", "example", "examples", "benchmark", "benchmarks", "demo", "demos"})
_ASIDE_NAME = re.compile(
    r"^(?:test_.*\.py|.*_test\.(?:py|go)|conftest\.py|.*\.(?:test|spec)\.[cm]?[jt]sx?)$", re.IGNORECASE
)
_BUILD_NAME = frozenset({"setup.py", "noxfile.py", "fabfile.py", "tasks.py", "dodo.py"})


def is_aside(path: str) -> bool:
    """Whether `path` is a test, an example or documentation rather than the product."""
    *folders, name = path.split("/")
    if _ASIDE_ANYWHERE.intersection(folder.lower() for folder in folders):
        return True
    return bool(folders and folders[0].lower() in _ASIDE_AT_ROOT) or bool(_ASIDE_NAME.match(name))


def is_product_code(path: str) -> bool:
    """Whether `path` is code of the product: neither aside nor a script that builds it."""
    return not is_aside(path) and path.rpartition("/")[2] not in _BUILD_NAME and not _is_tool_config(path)


def _is_tool_config(path: str) -> bool:
    """Settings of a tool that happen to be code: `eslint.config.js`, `.eslintrc.cjs`."""
    name = path.rpartition("/")[2]
    return bool(re.search(r"(?:\.config|rc)\.[cm]?[jt]s$", name)) or name.startswith(".")
