"""`python3 -m documenthor_action`, as action.yml runs it."""

from __future__ import annotations

import os
import sys

from documenthor_action.step import run

if __name__ == "__main__":
    sys.exit(run(os.environ))
