"""What every pod of a generator is allowed and given, so that a `restricted` namespace takes it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from kubernetes.client import ApiClient
from kubernetes.client import models as k8s

from documenthor_airflow.bundles import SIDECAR

if TYPE_CHECKING:
    from docgen.contract import JobSpec
    from documenthor.tenants import Pods

# What the containers of a pod share: the work tree goes from `fetch` to `generate` through it.
FOLDER = "/workspace"
WORK = k8s.V1VolumeMount(name="work", mount_path=FOLDER)
_CERTIFICATES = "/certificates"
_USER = 10001
# It waits in a shell loop until the bundle was read out of its volume.
_SIDECAR_AMOUNTS = {"cpu": "50m", "memory": "32Mi", "ephemeral-storage": "64Mi"}
# The most that a bundle takes there, several times over.
_BUNDLE = "256Mi"
# Nothing in it has to be asked to end nicely, and until it is gone it counts for the quota.
_GRACE_SECONDS = 5


def resources(pods: Pods, gpus: int) -> k8s.V1ResourceRequirements:
    """What one container asks for and gets; `gpus` of 0 asks for none."""
    amounts = {"cpu": pods.cpu, "memory": pods.memory, "ephemeral-storage": pods.ephemeral_storage}
    if gpus:
        amounts["nvidia.com/gpu"] = str(gpus)
    return k8s.V1ResourceRequirements(requests=amounts, limits=amounts)


def volumes(pods: Pods) -> list[k8s.V1Volume]:
    """The one place that can be written (the work tree, the home, temporary files), and the authorities."""
    work = k8s.V1EmptyDirVolumeSource(size_limit=pods.ephemeral_storage)
    found = [k8s.V1Volume(name=WORK.name, empty_dir=work)]
    if pods.certificates:
        source = k8s.V1ConfigMapVolumeSource(name=pods.certificates)
        found.append(k8s.V1Volume(name="certificates", config_map=source))
    return found


def tolerations() -> list[k8s.V1Toleration]:
    """Nodes with GPUs are usually kept for what asks for them."""
    return [k8s.V1Toleration(key="nvidia.com/gpu", operator="Exists", effect="NoSchedule")]


def pod_security() -> k8s.V1PodSecurityContext:
    """No root, by number; the runtime's own list of system calls."""
    profile = k8s.V1SeccompProfile(type="RuntimeDefault")
    return k8s.V1PodSecurityContext(
        run_as_non_root=True, run_as_user=_USER, run_as_group=_USER, fs_group=_USER, seccomp_profile=profile
    )


def container_security() -> k8s.V1SecurityContext:
    """No privilege, no capability, nothing of the image can be changed."""
    return k8s.V1SecurityContext(
        allow_privilege_escalation=False,
        read_only_root_filesystem=True,
        capabilities=k8s.V1Capabilities(drop=["ALL"]),
    )


def environment_of(spec: str) -> list[k8s.V1EnvVar]:
    """All that both containers' environments hold besides the image's own; `spec` is JSON."""
    known = {"DOCGEN_SPEC": spec, "HOME": FOLDER, "TMPDIR": FOLDER}
    return [k8s.V1EnvVar(name=name, value=value) for name, value in known.items()]


def labels_of(spec: JobSpec) -> dict[str, str]:
    """Whose the pod is, as far as a label can say it."""
    names = {"job": spec.job, "repository": spec.repository}
    own = {f"documenthor/{key}": make_safe_label_value(value) for key, value in names.items()}
    return dict([tenant_label(spec.tenant)]) | own


def tenant_label(organisation: str) -> tuple[str, str]:
    """The label that all pods of a tenant have."""
    return "documenthor/tenant", make_safe_label_value(organisation)


def fetching(pods: Pods, spec: str, recipe: str) -> k8s.V1Container:
    """The init container, which alone talks to the forge; an image with another `recipe` ends there."""
    container = k8s.V1Container(
        name="fetch",
        image=pods.image,
        command=["docgen"],
        args=["fetch", "--spec=env:DOCGEN_SPEC", f"--tree={FOLDER}/tree", f"--recipe={recipe}"],
        env=environment_of(spec),
        volume_mounts=[WORK],
        resources=resources(pods, gpus=0),
        security_context=container_security(),
        termination_message_policy="FallbackToLogsOnError",
    )
    if pods.proxy:
        url = k8s.V1SecretKeySelector(name=pods.proxy, key="url")
        source = k8s.V1EnvVarSource(secret_key_ref=url)
        container.env.append(k8s.V1EnvVar(name="HTTPS_PROXY", value_from=source))
    if pods.certificates:
        container.env.append(k8s.V1EnvVar(name="GIT_SSL_CAINFO", value=f"{_CERTIFICATES}/ca.crt"))
        container.volume_mounts = [
            WORK,
            k8s.V1VolumeMount(name="certificates", mount_path=_CERTIFICATES, read_only=True),
        ]
    return container


def complete(pod: k8s.V1Pod) -> None:
    """Bound what the operator adds by itself, and tell the pod nothing of the namespace's services."""
    pod.spec.enable_service_links = False
    pod.spec.termination_grace_period_seconds = _GRACE_SECONDS
    for container in pod.spec.containers:
        if container.name == SIDECAR:
            amounts = k8s.V1ResourceRequirements(requests=_SIDECAR_AMOUNTS, limits=_SIDECAR_AMOUNTS)
            container.resources = amounts
    for volume in pod.spec.volumes:
        if volume.name == "xcom":
            volume.empty_dir.size_limit = _BUNDLE


def plain(what: Any) -> dict[str, Any]:  # noqa: ANN401 - any object of either client
    """It as the JSON that the cluster sent."""
    found: dict[str, Any] = _serializer().sanitize_for_serialization(what)
    return found


@cache
def _serializer() -> ApiClient:
    return ApiClient()
