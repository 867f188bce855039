"""Where and how the `kubernetes` runtime runs a tenant's generators, as its file says it."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from documenthor.tenants.section import Section


class Pods(Section):
    """One pod a repository, in the tenant's namespace.

    `quota` is what the namespace's ResourceQuota holds: GPUs, or pods where one takes no GPU; no more of
    them are asked for. `startup` bounds the wait for a node and for the image, `deadline` the work after
    that. A pod that failed is kept for `keep_failed`. `certificates` names a ConfigMap whose `ca.crt` the
    forge's certificate is checked with, where the image's own authorities do not do. `proxy` names a Secret
    whose `url` is the way to the forge, credentials and all; the generator beside `fetch` never has it.
    """

    namespace: str = "documenthor-jobs"
    image: str = "documenthor/gpu-docgen:0.1.0"
    service_account: str = "documenthor-generator"
    priority_class: str = "documenthor-jobs"
    quota: int = Field(default=4, ge=1)
    gpus: int = Field(default=1, ge=0)
    cpu: str = "2"
    memory: str = "8Gi"
    ephemeral_storage: str = "10Gi"
    node_selector: dict[str, str] = Field(default_factory=lambda: {"nvidia.com/gpu.present": "true"})
    certificates: str = ""
    proxy: str = ""
    startup: timedelta = Field(default=timedelta(hours=1), gt=timedelta(0))
    deadline: timedelta = Field(default=timedelta(minutes=30), ge=timedelta(seconds=1))
    keep_failed: timedelta = Field(default=timedelta(hours=6), ge=timedelta(0))

    @property
    def slots(self) -> int:
        """What one pod takes of `quota`."""
        return max(self.gpus, 1)
