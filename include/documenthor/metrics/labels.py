"""What a label may say. Whatever else it is given becomes `other`, so that no label grows without bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documenthor.outcomes import Fate, Kind

OTHER = "other"
# Tests hold these against the code that gives them.
_GATES = (
    *("bundle", "characters", "diagrams", "encoding", "html", "human text", "identity", "images", "links"),
    *("markers", "mentions", "navigation", "paths", "score", "secrets", "sizes", "structure"),
)
_SKIPPED = (
    *("archived", "cancelled", "checked_out", "closed_by_human", "disabled", "edited_by_human", "empty"),
    *("excluded", "fork", "history_rewritten", "invalid_configuration", "mirror", "no_default_branch"),
    *("not_found", "not_included", "not_pushed", "opted_out", "other_language", "other_size", "other_topic"),
    *("other_visibility", "protected", "ref_elsewhere", "ref_not_found", "renamed", "superseded", "template"),
    *("not_there_yet", "too_far_back", "too_large", "unsupported_name", "window_closed", "work_tree_dirty"),
)
_STAGES = ("plan", "fetch", "generate", "route", "commit", "pull_request", "run")


@dataclass(frozen=True, slots=True)
class Label:
    """A label. `values` are all it may say; where there are none, whatever matches `pattern`."""

    name: str
    values: frozenset[str] = frozenset()
    pattern: str = ""

    def bounded(self, value: str) -> str:
        """The value as it is sent, in characters that StatsD leaves alone."""
        is_known = value in self.values if self.values else re.fullmatch(self.pattern, value) is not None
        return value.replace(" ", "_") if is_known else OTHER


TENANT = Label("tenant", pattern=r"[a-z0-9_-]{1,64}")
OUTCOME = Label("outcome", frozenset(Kind))
REASON = Label("reason", frozenset({"none", *_SKIPPED, *_GATES, *_STAGES}))
STAGE = Label("stage", frozenset({"plan", "generate", "route", "publish"}))
GATE = Label("gate", frozenset(_GATES))
DIRECTION = Label("direction", frozenset({"in", "out"}))
# Names of endpoints, which only our own code gives.
ROUTE = Label("route", pattern=r"[a-z_]{1,40}")
METHOD = Label("method", frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}))
STATUS = Label("status", pattern=r"[1-5][0-9]{2}")
RESULT = Label("result", frozenset({"delivered", "failed", "dead"}))
MESSAGES = Label("state", frozenset({"pending", "dead"}))
JOB = Label("state", frozenset({"succeeded", "partially_failed", "failed", "cancelled"}))
FATE = Label("fate", frozenset(Fate))
