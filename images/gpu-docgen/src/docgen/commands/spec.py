"""Reading a job spec from a file, standard input or an environment variable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from docgen.contract import GENERATOR, JobSpec
from docgen.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_spec(source: str, environ: Mapping[str, str]) -> JobSpec:
    """The job spec in the file `source`, on standard input (`-`) or in a variable (`env:NAME`)."""
    raw = _read(source, environ)
    try:
        return JobSpec.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise SpecError(
            f"the spec is wrong at {where} ({first['msg']}); see docgen.contract.JobSpec"
        ) from error


def require_recipe(spec: JobSpec, wanted: str) -> None:
    """Raise `SpecError` if whoever asked makes another recipe of the spec, and would refuse the bundle."""
    if wanted and spec.recipe() != wanted:
        raise SpecError(
            f"the spec's recipe is {spec.recipe():.12} here ({GENERATOR}) and {wanted:.12} where it was "
            "written: two versions; deploy the generator's image that belongs to the control plane"
        )


def _read(source: str, environ: Mapping[str, str]) -> bytes:
    name = source.removeprefix("env:")
    if name != source:
        if name not in environ:
            raise UsageError(f"the variable {name} is not set; put the spec into it")
        return environ[name].encode(errors="replace")
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        advice = "give a file, - or env:NAME"
        raise UsageError(f"cannot read the spec {source} ({error.strerror}); {advice}") from error
