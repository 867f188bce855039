"""Reading a bundle out of its pod: never more of it than a bundle can be."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from docgen.contract import Envelope
from docgen.contract.bundle import MAX_BYTES
from documenthor.errors import GeneratorError
from kubernetes.client import ApiException
from kubernetes.stream import stream
from pydantic import ValidationError

if TYPE_CHECKING:
    from kubernetes.client import CoreV1Api

PATH = "/airflow/xcom/return.json"
SIDECAR = "airflow-xcom-sidecar"
# The largest bundle that anybody opens, not compressed at all, in base64, with its envelope around it.
MAX_ENVELOPE = MAX_BYTES * 4 // 3 + 4096
_SECONDS = 300


def read_envelope(client: CoreV1Api, name: str, namespace: str) -> Envelope:
    """The envelope that the pod's sidecar holds. Raises `GeneratorError`."""
    try:
        return parse_envelope(_read(client, name, namespace))
    except ApiException as error:
        # Without the container the websocket's handshake fails, whose answer is the API server's sentence.
        raise GeneratorError(
            "pod", "bundle_lost", f"its sidecar does not answer ({error.status} {error.reason})"
        ) from error


def parse_envelope(text: str) -> Envelope:
    """`text` as an envelope, its bundle unopened."""
    if len(text) > MAX_ENVELOPE:
        raise GeneratorError(
            "generate",
            "bundle_too_large",
            f"it is larger than {MAX_ENVELOPE} bytes; exclude generated sources",
            final=True,
        )
    try:
        return Envelope.model_validate_json(text)
    except ValidationError as error:
        raise GeneratorError("generate", "no_bundle", "it ended well but left no readable bundle") from error


def _read(client: CoreV1Api, name: str, namespace: str) -> str:
    answer = stream(
        client.connect_get_namespaced_pod_exec,
        name,
        namespace,
        container=SIDECAR,
        command=["head", "-c", str(MAX_ENVELOPE + 1), PATH],
        stdin=False,
        stdout=True,
        stderr=True,
        tty=False,
        _preload_content=False,
    )
    with closing(answer):
        answer.run_forever(timeout=_SECONDS)
        text: str = answer.read_stdout(timeout=0)
    return text
