"""What the control plane and the generator agree on: `JobSpec` in, `Bundle` out, exit codes, markers.

Nothing in this package imports anything else of `docgen`, so the control plane can depend on it
without pulling in the generator.
"""

from docgen.contract.blocks import MarkerError, splice
from docgen.contract.bundle import Block, Bundle, BundleError, Claim, Envelope, Usage
from docgen.contract.exits import ExitCode
from docgen.contract.spec import GENERATOR, JobSpec, Limits, Options, Page

__all__ = [
    "GENERATOR",
    "Block",
    "Bundle",
    "BundleError",
    "Claim",
    "Envelope",
    "ExitCode",
    "JobSpec",
    "Limits",
    "MarkerError",
    "Options",
    "Page",
    "Usage",
    "splice",
]
