"""`generate` on the `kubernetes` runtime: one pod for one repository, waited for without a worker slot."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk.log import mask_secret
from documenthor.runtimes import end_of_pod, ending_of
from kubernetes.client import ApiException

from documenthor_airflow import lending
from documenthor_airflow.bundles import PATH, read_envelope
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.ending import Ending, stop_sidecar
from documenthor_airflow.links import JobLink, PodLogLink
from documenthor_airflow.pod_shape import (
    FOLDER,
    WORK,
    complete,
    container_security,
    environment_of,
    fetching,
    labels_of,
    plain,
    pod_security,
    resources,
    tolerations,
    volumes,
)
from documenthor_airflow.pod_usage import measured
from documenthor_airflow.refusals import refused
from documenthor_airflow.repository import (
    MAP_INDEX_TEMPLATE,
    HasSpec,
    record_failure,
    record_outcome,
    record_start,
    record_usage,
    require_budget,
    retried_if_that_helps,
)
from documenthor_airflow.waiting import WaitingOperator
from documenthor_airflow.watching import PodTrigger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context
    from documenthor.forge.model import Loan
    from documenthor.tenants import Pods
    from kubernetes.client import models as k8s

    from documenthor_airflow.repository import Assigned


class GenerateInPod(HasSpec, WaitingOperator, KubernetesPodOperator):
    """Runs `docgen fetch` as init container and `docgen generate` beside it; the bundle comes by XCom.

    A private repository's read token goes to `fetch` alone, through a Secret that the pod owns.
    """

    stage = "generate"
    template_fields: Sequence[str] = (*KubernetesPodOperator.template_fields, "assigned")
    operator_extra_links = (JobLink(), PodLogLink())

    def __init__(self, *, assigned: Assigned, pods: Pods, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(
            name="docgen",
            namespace=pods.namespace,
            image=pods.image,
            deferrable=True,
            do_xcom_push=True,
            on_finish_action="delete_succeeded_pod",
            startup_timeout_seconds=int(pods.startup.total_seconds()),
            active_deadline_seconds=int(pods.deadline.total_seconds()),
            service_account_name=pods.service_account,
            automount_service_account_token=False,
            priority_class_name=pods.priority_class or None,
            node_selector=pods.node_selector,
            tolerations=tolerations(),
            security_context=pod_security(),
            container_security_context=container_security(),
            xcom_sidecar_container_security_context=container_security(),
            container_resources=resources(pods, pods.gpus),
            termination_message_policy="FallbackToLogsOnError",
            volumes=volumes(pods),
            volume_mounts=[WORK],
            cmds=["docgen"],
            arguments=["generate", "--spec=env:DOCGEN_SPEC", f"--tree={FOLDER}/tree", f"--out={PATH}"],
            map_index_template=MAP_INDEX_TEMPLATE,
            on_failure_callback=record_failure,
            **kwargs,
        )
        self.assigned = assigned
        self.pods = pods
        # What `fetch` reads with, from the moment it is asked for until a pod has it.
        self._loan: Loan | None = None
        # Set while a pod is looked for that an attempt before this one may have left.
        self._context: Context | None = None

    def work(self, context: Context) -> None:
        """Open the row, ask for a read token, then start the pod and defer."""
        record_start(self)
        require_budget(self)
        self._loan = self._ask_for_token()
        try:
            with retried_if_that_helps():
                self.execute_async(context)
        finally:
            self._take_back()

    def _ask_for_token(self) -> Loan | None:
        """What `fetch` reads the repository with; None where anybody may read it."""
        from documenthor.errors import ConfigurationError, ForbiddenError, UnknownRepositoryError
        from documenthor.outcomes import skipped

        spec = self.job_spec
        try:
            with deployment().forge(spec.tenant) as forge:
                loan = forge.hand_out_token(spec.repository)
        except UnknownRepositoryError as error:
            record_outcome(self, skipped("not_found", str(error)))
            raise AirflowSkipException(str(error)) from error
        except (ConfigurationError, ForbiddenError) as error:
            raise AirflowFailException(str(error)) from error
        if not loan.token:
            return None
        mask_secret(loan.token)
        mask_secret(base64.b64encode(loan.token.encode()).decode())
        return loan

    def _take_back(self) -> None:
        """Revoke a token that no pod has: there was a pod already, or there is none."""
        if self._loan is None:
            return
        with deployment().forge(self.job_spec.tenant) as forge:
            forge.take_back(self._loan)

    def build_pod_request_obj(self, context: Context | None = None, *, dry_run: bool = False) -> k8s.V1Pod:
        """The pod, completed by what depends on the spec, which is known only now."""
        self.env_vars = environment_of(self.spec)
        self.init_containers = [fetching(self.pods, self.spec, self.job_spec.recipe())]
        self.labels = labels_of(self.job_spec)
        pod = super().build_pod_request_obj(context, dry_run=dry_run)
        complete(pod)
        if self._loan:
            lending.expect_token(pod, self._loan.revoke_at)
        return pod

    def get_or_create_pod(self, pod_request_obj: k8s.V1Pod, context: Context) -> k8s.V1Pod:
        """The pod, with its token lent; one that cannot have it would wait in vain, so it goes again."""
        self._context = context
        try:
            self._clear_away(pod_request_obj.metadata.namespace, context)
            pod = super().get_or_create_pod(pod_request_obj, context)
        except ApiException as error:
            raise refused("the pod", error, now()) from error
        if self._loan is None:
            return pod
        try:
            found = self.client.read_namespaced_pod(pod.metadata.name, pod.metadata.namespace)
            if lending.lend_token(self.client, found, self._loan.token):
                self._loan = None
        except ApiException as error:
            self.pod_manager.delete_pod(pod)
            raise refused("the pod's Secret", error, now()) from error
        return pod

    def _clear_away(self, namespace: str, context: Context) -> None:
        """Delete what an attempt has read that died before it deleted it; the token's Secret goes along."""
        mine = self._build_find_pod_label_selector(context, exclude_checked=False)
        read = f"{mine},{self.POD_CHECKED_KEY}=True"
        for pod in self.client.list_namespaced_pod(namespace, label_selector=read).items:
            if end_of_pod(plain(pod)) is None:
                self.pod_manager.delete_pod(pod)

    def process_pod_deletion(self, pod: k8s.V1Pod, *, reraise: bool = True) -> bool:
        """Delete it; what it took is written down first, as its own task may have died before that."""
        if self._context is not None:
            took = measured(plain(pod), ending_of(end_of_pod(plain(pod))), now())
            record_usage(self, self._context, took)
        return bool(super().process_pod_deletion(pod, reraise=reraise))

    def invoke_defer_method(self, last_log_time: Any = None, context: Context | None = None) -> None:  # noqa: ANN401, ARG002 - the base's
        """Wait in the triggerer, even for a pod that has ended: only a resumed task can return a bundle."""
        if self.pod is None:
            raise AssertionError("unreachable: there is a pod by now")
        trigger = PodTrigger(
            pod_name=self.pod.metadata.name,
            pod_namespace=self.pod.metadata.namespace,
            trigger_start_time=now(),
            base_container_name=self.base_container_name,
            kubernetes_conn_id=self.kubernetes_conn_id,
            startup_timeout=self.startup_timeout_seconds,
        )
        self.defer(trigger=trigger, method_name="trigger_reentry")

    def trigger_reentry(self, context: Context, event: dict[str, Any]) -> dict[str, str]:
        """Read the bundle and delete the pod, or say why there is none; its Secret goes in any case."""
        ending = Ending(self, context, event)
        try:
            with retried_if_that_helps():
                ending.require_success()
                return ending.bundle(super().trigger_reentry(context, {**event, "status": "success"}))
        finally:
            self._end(context)

    def extract_xcom(self, pod: k8s.V1Pod, *, ignore_kill_failure: bool = True) -> dict[Any, Any]:  # noqa: ARG002 - the base's
        """The envelope; the sidecar then ends, and with it the pod."""
        envelope = read_envelope(self.client, pod.metadata.name, pod.metadata.namespace)
        stop_sidecar(self, pod)
        return envelope.model_dump()

    def count_seconds(self, seconds: float) -> None:
        """Nothing: so far the pod was started alone; `_end` tells how long it took."""

    def _end(self, context: Context) -> None:
        self._withdraw()
        started = context["ti"].start_date
        if started is not None:
            super().count_seconds((now() - started).total_seconds())

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
