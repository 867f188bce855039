"""The repository's own settings: `.documenthor.yml`, and how it joins what the tenant says."""

from docgen.settings.file import NAME, read_settings
from docgen.settings.merge import Effective, merge

__all__ = ["NAME", "Effective", "merge", "read_settings"]
