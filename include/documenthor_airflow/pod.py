"""`generate` on the `kubernetes` runtime: one pod for one repository, waited for without a worker slot."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException, TaskDeferred
from airflow.sdk.log import mask_secret
from kubernetes.client import ApiException
from kubernetes.client import models as k8s

from documenthor_airflow import lending
from documenthor_airflow.deployment import deployment
from documenthor_airflow.pod_shape import bound, container_security, pod_security, resources, work_volume
from documenthor_airflow.repository import (
    MAP_INDEX_TEMPLATE,
    HasSpec,
    record_failure,
    record_outcome,
    record_start,
)
from documenthor_airflow.waiting import WaitingOperator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context
    from documenthor.tenants import Pods

# What the containers of a pod share: the work tree goes from `fetch` to `generate` through it.
_FOLDER = "/workspace"
_WORK = k8s.V1VolumeMount(name="work", mount_path=_FOLDER)
# A pod may wait long for a free GPU before it starts.
_STARTUP_SECONDS = 3600


class GenerateInPod(HasSpec, WaitingOperator, KubernetesPodOperator):
    """Runs `docgen fetch` as init container and `docgen generate` beside it; the bundle comes by XCom.

    A private repository's read token goes to `fetch` alone, through a Secret that the pod owns.
    """

    template_fields: Sequence[str] = (*KubernetesPodOperator.template_fields, "spec")

    def __init__(self, *, spec: str, pods: Pods, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(
            name="docgen",
            namespace=pods.namespace,
            image=pods.image,
            deferrable=True,
            do_xcom_push=True,
            log_events_on_failure=True,
            startup_timeout_seconds=_STARTUP_SECONDS,
            active_deadline_seconds=int(pods.deadline.total_seconds()),
            service_account_name=pods.service_account,
            automount_service_account_token=False,
            node_selector=pods.node_selector,
            tolerations=[k8s.V1Toleration(key="nvidia.com/gpu", operator="Exists", effect="NoSchedule")],
            security_context=pod_security(),
            container_security_context=container_security(),
            xcom_sidecar_container_security_context=container_security(),
            container_resources=resources(pods, pods.gpus),
            volumes=[work_volume(pods)],
            volume_mounts=[_WORK],
            cmds=["docgen"],
            arguments=[
                "generate",
                "--spec=env:DOCGEN_SPEC",
                f"--tree={_FOLDER}/tree",
                "--out=/airflow/xcom/return.json",
            ],
            map_index_template=MAP_INDEX_TEMPLATE,
            on_failure_callback=record_failure,
            **kwargs,
        )
        self.spec = spec
        self.pods = pods
        self._token = ""

    def work(self, context: Context) -> None:
        """Open the row, ask for a read token, then start the pod and defer."""
        record_start(self)
        self._token = self._ask_for_token()
        self.execute_async(context)

    def _ask_for_token(self) -> str:
        """What `fetch` reads the repository with; empty where anybody may read it."""
        from documenthor.errors import ConfigurationError, ForbiddenError, UnknownRepositoryError
        from documenthor.outcomes import skipped

        spec = self.job_spec
        try:
            with deployment().forge(spec.tenant) as forge:
                token = forge.hand_out_token(spec.repository)
        except UnknownRepositoryError as error:
            record_outcome(self, skipped("not_found", str(error)))
            raise AirflowSkipException(str(error)) from error
        except (ConfigurationError, ForbiddenError) as error:
            raise AirflowFailException(str(error)) from error
        if token:
            mask_secret(token)
            mask_secret(base64.b64encode(token.encode()).decode())
        return token

    def build_pod_request_obj(self, context: Context | None = None, *, dry_run: bool = False) -> k8s.V1Pod:
        """The pod, completed by what depends on the spec, which is known only now."""
        spec = self.job_spec
        environment = [
            k8s.V1EnvVar(name="DOCGEN_SPEC", value=self.spec),
            k8s.V1EnvVar(name="HOME", value=_FOLDER),
            k8s.V1EnvVar(name="TMPDIR", value=_FOLDER),
        ]
        self.env_vars = environment
        self.init_containers = [self._fetch(environment)]
        names = {"tenant": spec.tenant, "job": spec.job, "repository": spec.repository}
        self.labels = {f"documenthor/{key}": make_safe_label_value(value) for key, value in names.items()}
        pod = super().build_pod_request_obj(context, dry_run=dry_run)
        bound(pod)
        if self._token:
            lending.expect_token(pod)
        return pod

    def _fetch(self, environment: list[k8s.V1EnvVar]) -> k8s.V1Container:
        return k8s.V1Container(
            name="fetch",
            image=self.image,
            command=["docgen"],
            args=["fetch", "--spec=env:DOCGEN_SPEC", f"--tree={_FOLDER}/tree"],
            env=environment,
            volume_mounts=[_WORK],
            resources=resources(self.pods, gpus=0),
            security_context=container_security(),
        )

    def get_or_create_pod(self, pod_request_obj: k8s.V1Pod, context: Context) -> k8s.V1Pod:
        """The pod, with its token lent; one that cannot have it would wait in vain, so it goes again."""
        pod = super().get_or_create_pod(pod_request_obj, context)
        if not self._token:
            return pod
        try:
            found = self.client.read_namespaced_pod(pod.metadata.name, pod.metadata.namespace)
            lending.lend_token(self.client, found, self._token)
        except ApiException as error:
            self.pod_manager.delete_pod(pod)
            raise AirflowException(
                f"the pod's Secret cannot be created ({error.status} {error.reason}); the worker needs the "
                "rights that docs/kubernetes.md lists"
            ) from None
        return pod

    def trigger_reentry(self, context: Context, event: dict[str, Any]) -> Any:  # noqa: ANN401 - the operator's signature
        """Read the bundle and delete the pod; its Secret goes even if the pod is kept."""
        try:
            bundle = super().trigger_reentry(context, event)
        except TaskDeferred:
            # The pod has not ended, so it may not have read its token yet.
            raise
        except BaseException:
            self._withdraw()
            raise
        self._withdraw()
        return bundle

    def on_kill(self) -> None:
        """Take the pod and its Secret along when Airflow stops the task."""
        super().on_kill()
        self._withdraw()

    def _withdraw(self) -> None:
        """Delete the Secret; if that fails the cluster does it with the pod, so the task goes on."""
        if self.pod is None or not lending.expects_token(self.pod):
            return
        try:
            lending.withdraw_token(self.client, self.pod.metadata.name, self.pod.metadata.namespace)
        except ApiException as error:
            self.log.warning("the Secret of %s was not deleted (%s)", self.pod.metadata.name, error.status)
