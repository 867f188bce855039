"""A model in this process, on the GPU where there is one: batched, greedy, its grammar the JSON schema.

All prompts of a repository begin with the same rules. Their keys and values are computed once and every
batch goes on from there; what differs is padded on the left, so that all replies start at one position.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from docgen.errors import ModelUnavailableError
from docgen.writers.model import Prompt, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Writer as Options
    from docgen.deadline import Deadline


class TransformersWriter:
    """Loads the folder `options.model`; nothing is ever downloaded."""

    def __init__(self, options: Options) -> None:
        try:
            import torch
            import transformers
            import xgrammar
        except ImportError as error:
            raise ModelUnavailableError(
                f"the transformers writer needs {error.name}; install docgen[transformers]"
            ) from error
        self._torch, self._transformers, self._xgrammar = torch, transformers, xgrammar
        self._options = options
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(
                options.model, local_files_only=True, padding_side="left"
            )
            self._model = transformers.AutoModelForCausalLM.from_pretrained(
                options.model, local_files_only=True, dtype="auto"
            ).to(self._device)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnavailableError(
                f"the model in {options.model} cannot be loaded ({type(error).__name__}); "
                "give a folder with a tokenizer and weights"
            ) from error
        self._model.eval()
        if self._tokenizer.pad_token_id is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        info = xgrammar.TokenizerInfo.from_huggingface(
            self._tokenizer, vocab_size=self._model.config.get_text_config().vocab_size
        )
        self._compiler = xgrammar.GrammarCompiler(info)

    def count(self, text: str) -> int:
        """The tokens of `text`, counted."""
        return len(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def write(self, prompts: Sequence[Prompt], deadline: Deadline) -> list[Reply]:
        """One reply a prompt, `parallel` of them in a batch, alike in length so that little is padding."""
        texts = [self._text(prompt) for prompt in prompts]
        encoded = [self._tokenizer(text, add_special_tokens=False)["input_ids"] for text in texts]
        order = sorted(range(len(prompts)), key=lambda index: (len(encoded[index]), index))
        replies: dict[int, Reply] = {}
        shared = _shared(encoded)
        cache = self._prefix(encoded[0][:shared]) if shared else None
        size = self._options.parallel
        for start in range(0, len(order), size):
            deadline.check()
            chosen = order[start : start + size]
            batch = [encoded[index] for index in chosen]
            answers = self._batch(batch, [prompts[index] for index in chosen], cache, shared, deadline)
            replies |= dict(zip(chosen, answers, strict=True))
        return [replies[index] for index in range(len(prompts))]

    def _text(self, prompt: Prompt) -> str:
        messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
        text: str = self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        return text

    def _prefix(self, tokens: list[int]) -> Any:  # noqa: ANN401 (a cache of transformers')
        """Keys and values of what all prompts begin with."""
        with self._torch.inference_mode():
            ids = self._torch.tensor([tokens], device=self._device)
            cache = self._transformers.DynamicCache(config=self._model.config)
            return self._model(ids, past_key_values=cache, use_cache=True).past_key_values

    def _batch(
        self,
        batch: list[list[int]],
        prompts: list[Prompt],
        cache: Any,  # noqa: ANN401
        shared: int,
        deadline: Deadline,
    ) -> list[Reply]:
        torch = self._torch
        width = max(map(len, batch))
        ids, mask = [], []
        for tokens in batch:
            gap = width - len(tokens)
            # Padding goes behind the shared beginning, whose keys and values are there already.
            ids.append([*tokens[:shared], *[self._tokenizer.pad_token_id] * gap, *tokens[shared:]])
            mask.append([*[1] * shared, *[0] * gap, *[1] * (len(tokens) - shared)])
        extra: dict[str, Any] = {}
        if cache is not None:
            own = copy.deepcopy(cache)
            own.batch_repeat_interleave(len(batch))
            extra["past_key_values"] = own
        grammars = [self._grammar(prompt) for prompt in prompts]
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=torch.tensor(ids, device=self._device),
                attention_mask=torch.tensor(mask, device=self._device),
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                max_new_tokens=max(prompt.reply_tokens for prompt in prompts),
                max_time=min(float(self._options.seconds), deadline.left),
                pad_token_id=self._tokenizer.pad_token_id,
                logits_processor=[self._xgrammar.contrib.hf.LogitsProcessor(grammars)],
                **extra,
            )
        return [self._reply(tokens, output[row, width:].tolist()) for row, tokens in enumerate(batch)]

    def _grammar(self, prompt: Prompt) -> Any:  # noqa: ANN401 (xgrammar's)
        """The schema without room for white space, which small models like to fill."""
        return self._compiler.compile_json_schema(json.dumps(prompt.schema), any_whitespace=False)

    def _reply(self, prompt: list[int], tokens: list[int]) -> Reply:
        ends = {self._tokenizer.eos_token_id, self._tokenizer.pad_token_id}
        made = next((place for place, token in enumerate(tokens) if token in ends), len(tokens))
        text = self._tokenizer.decode(tokens[:made], skip_special_tokens=True)
        return Reply(text, len(prompt), made)


def _shared(encoded: Sequence[Sequence[int]]) -> int:
    """How many tokens all prompts begin with; each keeps one of its own at least."""
    if not encoded:
        return 0
    shortest = min(map(len, encoded)) - 1
    first = encoded[0]
    return next(
        (place for place in range(shortest) if any(other[place] != first[place] for other in encoded)),
        max(shortest, 0),
    )
