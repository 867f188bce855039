"""What is measured (`table`), and where it is sent (`Metrics`)."""

from documenthor.metrics.port import SILENT, Backend, Metrics

__all__ = ["SILENT", "Backend", "Metrics"]
