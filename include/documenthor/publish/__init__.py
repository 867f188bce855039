"""Publishing: an untrusted bundle in, one commit or one pull request out, or a typed reason why not."""

from documenthor.publish.deciding import Decision, Publish, decide
from documenthor.publish.publishing import publish

__all__ = ["Decision", "Publish", "decide", "publish"]
