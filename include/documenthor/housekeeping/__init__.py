"""Clearing away what nobody needs any more. Everything says first what it would do, and does it when told."""

from documenthor.housekeeping.branches import stale_branches
from documenthor.housekeeping.rows import RULES, Rule, sweep
from documenthor.housekeeping.scratch import Leftover, leftovers

__all__ = ["RULES", "Leftover", "Rule", "leftovers", "stale_branches", "sweep"]
