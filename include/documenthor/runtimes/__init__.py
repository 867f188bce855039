"""Where generators run. Every runtime takes a job spec and returns an envelope, or a typed error."""

from documenthor.runtimes.allowed import require_allowed
from documenthor.runtimes.exits import outcome_of_exit
from documenthor.runtimes.measured import Ending, Measured, ending_of
from documenthor.runtimes.pods import end_of_pod, has_started, is_over
from documenthor.runtimes.process import ProcessRuntime

__all__ = [
    "Ending",
    "Measured",
    "ProcessRuntime",
    "end_of_pod",
    "ending_of",
    "has_started",
    "is_over",
    "outcome_of_exit",
    "require_allowed",
]
