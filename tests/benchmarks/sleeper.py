"""A generator that sleeps and then hands in a bundle that was written before. It imports no other package.

    sleeper.py SECONDS SAMPLE REPOSITORY COMMIT --spec SPEC --tree TREE --out OUT

In the bundle SAMPLE the names REPOSITORY and COMMIT are exchanged for those that are to be documented.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import sys
import time
from pathlib import Path


def main(arguments: list[str]) -> None:
    """Sleep and write the envelope."""
    seconds, sample, name, commit, _, spec, _, _, _, out = arguments
    time.sleep(float(seconds))
    wanted = json.loads(Path(spec).read_text("utf-8"))
    text = Path(sample).read_text("utf-8")
    bundle = text.replace(name, wanted["repository"]).replace(commit, wanted["commit"]).encode()
    payload = base64.b64encode(gzip.compress(bundle, mtime=0)).decode()
    envelope = {"digest": hashlib.sha256(bundle).hexdigest(), "payload": payload}
    Path(out).write_text(json.dumps(envelope), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
