"""The gates: what must hold before a bundle is published, whatever its generator said about it.

What must hold of any bundle is in `docgen.contract.gates`, which the generator runs as well; what needs
the repository that is written to is here.
"""

from documenthor.publish.gates.table import NAMES, check_bundle, check_file, check_score, check_tree

__all__ = ["NAMES", "check_bundle", "check_file", "check_score", "check_tree"]
