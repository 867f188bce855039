"""Reading a job spec from a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import ValidationError

from docgen.contract import JobSpec
from docgen.errors import SpecError, UsageError


def read_spec(source: str) -> JobSpec:
    """The job spec in the file `source`, or on standard input where that is `-`."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the spec {source} ({error.strerror}); give a file or -") from error
    try:
        return JobSpec.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise SpecError(
            f"the spec is wrong at {where} ({first['msg']}); see docgen.contract.JobSpec"
        ) from error
