"""Publishing: an untrusted bundle in, one commit or one pull request out, or a typed reason why not."""

from documenthor.publish.deciding import Decision, Publish, Respond, decide
from documenthor.publish.planned import planned
from documenthor.publish.publishing import publish

__all__ = ["Decision", "Publish", "Respond", "decide", "planned", "publish"]
