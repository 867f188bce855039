"""Fails unless a report of `make run` says that every repository was `unchanged`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    """Check the report named on the command line."""
    repositories = json.loads(Path(sys.argv[1]).read_text("utf-8"))["repositories"]
    changed = [f"{row['name']}: {row['outcome']}" for row in repositories if row["outcome"] != "unchanged"]
    changed += [f"{row['name']} names no commit" for row in repositories if not row["commit"]]
    if changed or not repositories:
        print(f"a second run must find nothing to do, but: {changed or 'no repository'}", file=sys.stderr)
        return 1
    print(f"{len(repositories)} repositories unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
