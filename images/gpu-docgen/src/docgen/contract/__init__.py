"""What the control plane and the generator agree on: `JobSpec` in, `Bundle` out, exit codes, markers.

Nothing in this package imports anything else of `docgen`, so the control plane can depend on it
without pulling in the generator.
"""

from docgen.contract.blocks import remembered, splice, without_blocks
from docgen.contract.bundle import Block, Bundle, BundleError, Claim, Envelope, Usage
from docgen.contract.errors import MarkerError
from docgen.contract.exits import ExitCode
from docgen.contract.finding import Finding
from docgen.contract.layers import layered
from docgen.contract.markers import is_yaml
from docgen.contract.navigation import items as navigation_items
from docgen.contract.reading import ContentError, load_yaml
from docgen.contract.settings import (
    DEFAULT_PAGES,
    Page,
    RepositorySettings,
    Settings,
    Template,
    Templates,
    Tone,
)
from docgen.contract.spec import BRANCH, GENERATOR, JobSpec, Limits, Options, Writer, WriterKind

__all__ = [
    "BRANCH",
    "DEFAULT_PAGES",
    "GENERATOR",
    "Block",
    "Bundle",
    "BundleError",
    "Claim",
    "ContentError",
    "Envelope",
    "ExitCode",
    "Finding",
    "JobSpec",
    "Limits",
    "MarkerError",
    "Options",
    "Page",
    "RepositorySettings",
    "Settings",
    "Template",
    "Templates",
    "Tone",
    "Usage",
    "Writer",
    "WriterKind",
    "is_yaml",
    "layered",
    "load_yaml",
    "navigation_items",
    "remembered",
    "splice",
    "without_blocks",
]
