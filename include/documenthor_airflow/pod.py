"""`generate` on the `kubernetes` runtime: one pod for one repository, waited for without a worker slot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from kubernetes.client import models as k8s

from documenthor_airflow.repository import MAP_INDEX_TEMPLATE, HasSpec, record_failure, record_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context
    from documenthor.tenants import Pods

# What the containers of a pod share: the work tree goes from `fetch` to `generate` through it.
_FOLDER = "/workspace"
_WORK = k8s.V1VolumeMount(name="work", mount_path=_FOLDER)
_USER = 10001
# A pod may wait long for a free GPU before it starts.
_STARTUP_SECONDS = 3600


class GenerateInPod(HasSpec, KubernetesPodOperator):
    """Runs `docgen fetch` as init container and `docgen generate` beside it; the bundle comes by XCom."""

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
            security_context=_pod_security(),
            container_security_context=_container_security(),
            container_resources=_resources(pods, pods.gpus),
            volumes=[_work_volume(pods)],
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

    def execute(self, context: Context) -> Any:  # noqa: ANN401 - KubernetesPodOperator's signature
        """Open the row, then start the pod and defer."""
        record_start(self)
        return super().execute(context)

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
        return super().build_pod_request_obj(context, dry_run=dry_run)

    def _fetch(self, environment: list[k8s.V1EnvVar]) -> k8s.V1Container:
        return k8s.V1Container(
            name="fetch",
            image=self.image,
            command=["docgen"],
            args=["fetch", "--spec=env:DOCGEN_SPEC", f"--tree={_FOLDER}/tree"],
            env=environment,
            volume_mounts=[_WORK],
            resources=_resources(self.pods, gpus=0),
            security_context=_container_security(),
        )


def _resources(pods: Pods, gpus: int) -> k8s.V1ResourceRequirements:
    amounts = {"cpu": pods.cpu, "memory": pods.memory, "ephemeral-storage": pods.ephemeral_storage}
    if gpus:
        amounts["nvidia.com/gpu"] = str(gpus)
    return k8s.V1ResourceRequirements(requests=amounts, limits=amounts)


def _work_volume(pods: Pods) -> k8s.V1Volume:
    return k8s.V1Volume(name="work", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit=pods.ephemeral_storage))


def _pod_security() -> k8s.V1PodSecurityContext:
    profile = k8s.V1SeccompProfile(type="RuntimeDefault")
    return k8s.V1PodSecurityContext(
        run_as_non_root=True, run_as_user=_USER, run_as_group=_USER, fs_group=_USER, seccomp_profile=profile
    )


def _container_security() -> k8s.V1SecurityContext:
    return k8s.V1SecurityContext(
        allow_privilege_escalation=False,
        read_only_root_filesystem=True,
        capabilities=k8s.V1Capabilities(drop=["ALL"]),
    )
