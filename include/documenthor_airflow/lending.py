"""The token that a pod reads its repository with: a Secret of the pod's own, there as long as the pod is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubernetes.client import ApiException
from kubernetes.client import models as k8s

if TYPE_CHECKING:
    from kubernetes.client import CoreV1Api

_VOLUME = "token"
_FOLDER = "/token"
_KEY = "token"
_CONFLICT, _NOT_FOUND = 409, 404
# Read by the pod's group (`fsGroup`) alone.
_MODE = 0o440


def expect_token(pod: k8s.V1Pod, revoke_at: str) -> None:
    """Mount the Secret that is called as the pod into the init container, and into no other.

    That container ends the token at `revoke_at`, if there is such an address: a pod never fetches twice.
    """
    secret = k8s.V1SecretVolumeSource(secret_name=pod.metadata.name, default_mode=_MODE)
    pod.spec.volumes.append(k8s.V1Volume(name=_VOLUME, secret=secret))
    (fetch,) = pod.spec.init_containers
    fetch.volume_mounts = [
        *fetch.volume_mounts,
        k8s.V1VolumeMount(name=_VOLUME, mount_path=_FOLDER, read_only=True),
    ]
    fetch.args = [*fetch.args, f"--token-file={_FOLDER}/{_KEY}"]
    if revoke_at:
        fetch.args = [*fetch.args, f"--revoke-at={revoke_at}"]


def expects_token(pod: k8s.V1Pod) -> bool:
    """Whether the pod has such a Secret."""
    return any(volume.name == _VOLUME for volume in pod.spec.volumes)


def lend_token(client: CoreV1Api, pod: k8s.V1Pod, token: str) -> bool:
    """Create the Secret of a pod that exists; until then the kubelet starts none of its containers.

    The pod owns it, so the cluster deletes it with the pod whatever becomes of the task. Taking a pod up
    again, which has its Secret already, changes nothing and returns False. Raises `ApiException`.
    """
    owner = k8s.V1OwnerReference(
        api_version="v1", kind="Pod", name=pod.metadata.name, uid=pod.metadata.uid, controller=False
    )
    metadata = k8s.V1ObjectMeta(
        name=pod.metadata.name,
        namespace=pod.metadata.namespace,
        labels=_labels(pod),
        owner_references=[owner],
    )
    secret = k8s.V1Secret(metadata=metadata, type="Opaque", immutable=True, string_data={_KEY: token})
    try:
        # The answer repeats the Secret, and the client would write an answer that it parses into its log.
        answer = client.create_namespaced_secret(pod.metadata.namespace, secret, _preload_content=False)
        answer.drain_conn()
        answer.release_conn()
    except ApiException as error:
        if error.status != _CONFLICT:
            raise
        return False
    return True


def withdraw_token(client: CoreV1Api, name: str, namespace: str) -> None:
    """Delete the Secret of the pod `name`, if it is there. Raises `ApiException`."""
    try:
        client.delete_namespaced_secret(name, namespace)
    except ApiException as error:
        if error.status != _NOT_FOUND:
            raise


def _labels(pod: k8s.V1Pod) -> dict[str, str]:
    """Those that say whose it is."""
    return {key: value for key, value in pod.metadata.labels.items() if key.startswith("documenthor/")}
