"""What every pod of a generator is allowed and given, so that a `restricted` namespace takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubernetes.client import models as k8s

if TYPE_CHECKING:
    from documenthor.tenants import Pods

_USER = 10001
_SIDECAR = "airflow-xcom-sidecar"
# It waits in a shell loop until the bundle was read out of its volume.
_SIDECAR_AMOUNTS = {"cpu": "50m", "memory": "32Mi", "ephemeral-storage": "64Mi"}
# The most that a bundle takes there, several times over.
_BUNDLE = "256Mi"


def resources(pods: Pods, gpus: int) -> k8s.V1ResourceRequirements:
    """What one container asks for and gets; `gpus` of 0 asks for none."""
    amounts = {"cpu": pods.cpu, "memory": pods.memory, "ephemeral-storage": pods.ephemeral_storage}
    if gpus:
        amounts["nvidia.com/gpu"] = str(gpus)
    return k8s.V1ResourceRequirements(requests=amounts, limits=amounts)


def work_volume(pods: Pods) -> k8s.V1Volume:
    """The one place that can be written: the work tree, the home and temporary files."""
    return k8s.V1Volume(name="work", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit=pods.ephemeral_storage))


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


def bound(pod: k8s.V1Pod) -> None:
    """Bound what the operator adds by itself, and tell the pod nothing of the namespace's services."""
    pod.spec.enable_service_links = False
    for container in pod.spec.containers:
        if container.name == _SIDECAR:
            container.resources = k8s.V1ResourceRequirements(
                requests=_SIDECAR_AMOUNTS, limits=_SIDECAR_AMOUNTS
            )
    for volume in pod.spec.volumes:
        if volume.name == "xcom":
            volume.empty_dir.size_limit = _BUNDLE
