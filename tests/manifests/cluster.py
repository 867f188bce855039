"""A cluster that `tools/deploy.sh` and `tools/switch.sh` can be run against: its state is a file.

`kubectl` and `helm` are this program with their name before the arguments. The real
kubectl renders.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import yaml

# What a colour answers that is not there, and one that has jobs to finish.
_MISSING, _AT_WORK = 1, 3


def main() -> int:
    """Do what the command line says to the state; the status is what the real one would return."""
    path = Path(os.environ["CLUSTER"])
    state = json.loads(path.read_text("utf-8"))
    program, arguments = sys.argv[1], sys.argv[2:]
    if program == "kubectl" and arguments[0] == "kustomize":
        return subprocess.run([os.environ["KUBECTL"], *arguments], check=False).returncode
    status = _helm(state, arguments) if program == "helm" else _kubectl(state, arguments)
    path.write_text(json.dumps(state), "utf-8")
    return status


def _option(arguments: list[str], name: str) -> str:
    return arguments[arguments.index(name) + 1]


def _helm(state: dict[str, dict[str, object]], arguments: list[str]) -> int:
    colour = _option(arguments, "--namespace").removeprefix("documenthor-")
    state["releases"][colour] = _option(arguments, "--set-string")
    return 0


def _kubectl(state: dict[str, dict[str, object]], arguments: list[str]) -> int:
    if arguments[0] == "apply":
        for document in yaml.safe_load_all(sys.stdin.read()):
            metadata = document["metadata"]
            key = f"{document['kind']}/{metadata.get('namespace', '')}/{metadata['name']}"
            state["objects"][key] = document
        return 0
    namespace = _option(arguments, "--namespace")
    if arguments[:2] == ["get", "httproute"]:
        route = state["objects"].get("HTTPRoute/documenthor/documenthor-api")
        print(route["spec"]["rules"][0]["backendRefs"][0]["namespace"] if route else "", end="")  # type: ignore[index]
        return 0
    colour = namespace.removeprefix("documenthor-")
    if arguments[0] == "get":
        print("deployment.apps/airflow-api-server" if colour in state["releases"] else "")
        return 0
    return _exec(state, colour, arguments[arguments.index("--") + 1 :])


def _exec(state: dict[str, dict[str, object]], colour: str, command: list[str]) -> int:
    if colour not in state["releases"]:
        print(f"deployments.apps not found in {colour}", file=sys.stderr)
        return _MISSING
    if colour in state["down"]:
        print("error: unable to upgrade connection: container not found", file=sys.stderr)
        return _MISSING
    if command[0] == "python":
        return int(colour in state["ill"])
    if command[2] == "activate":
        state["active"]["colour"] = colour
    return _AT_WORK if command[2] == "drained" and command[3] in state["at_work"] else 0


if __name__ == "__main__":
    sys.exit(main())
