"""Which files are the product, and which are there to test, show or build it."""

from __future__ import annotations

import re

_ASIDE_ANYWHERE = frozenset(
    {"tests", "test", "__tests__", "__mocks__", "testdata", "fixtures", "spec", "specs", "benches", "e2e"}
)
_ASIDE_AT_ROOT = frozenset(
    {"doc", "docs", "example", "examples", "benchmark", "benchmarks", "demo", "demos", "docs_src", "samples"}
)
_ASIDE_NAME = re.compile(
    r"^(?:test_.*\.(?:py|rb|c|cc|cpp)|.*_test\.(?:py|go|rb|c|cc|cpp)|.*_spec\.rb|conftest\.py"
    r"|.+\.(?:test|spec|test-d)\.[cm]?[jt]sx?|(?-i:.+Tests?\.(?:java|cs|php|kt)))$",
    re.IGNORECASE,
)
_BUILD_NAME = frozenset(
    {
        "setup.py", "noxfile.py", "fabfile.py", "tasks.py", "dodo.py", "build.rs", "gulpfile.js",
        "gruntfile.js", "configure",
    }
)  # fmt: skip


def is_aside(path: str) -> bool:
    """Whether `path` is a test, an example or documentation rather than the product."""
    *folders, name = path.split("/")
    if any(folder.lower() in _ASIDE_ANYWHERE or folder.endswith((".Test", ".Tests")) for folder in folders):
        return True
    at_root = bool(folders) and folders[0].lower() in _ASIDE_AT_ROOT
    # In Go, where documentation stands in the code, `doc` is a package like any other.
    is_package = name.endswith(".go") and folders[:1] == ["doc"]
    return (at_root and not is_package) or bool(_ASIDE_NAME.match(name))


def is_product_code(path: str) -> bool:
    """Whether `path` is code of the product: neither aside nor a script that builds it."""
    return (
        not is_aside(path)
        and path.rpartition("/")[2].lower() not in _BUILD_NAME
        and not _is_tool_config(path)
    )


def _is_tool_config(path: str) -> bool:
    """Settings of a tool that happen to be code: `eslint.config.js`, `.eslintrc.cjs`."""
    name = path.rpartition("/")[2]
    return bool(re.search(r"(?:\.config|rc)\.[cm]?[jt]s$", name)) or name.startswith(".")
