"""The gates: what must hold before a bundle is published, whatever its generator said about it.

A gate is a small function that raises `GateError`. Bundles come from where hostile repositories are
read, so each gate assumes that an attacker wrote the bundle.
"""

from documenthor.publish.gates.table import NAMES, check_bundle, check_file, check_tree

__all__ = ["NAMES", "check_bundle", "check_file", "check_tree"]
