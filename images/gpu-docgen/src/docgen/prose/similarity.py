"""Models that know what texts mean, each in a folder; nothing is ever downloaded.

One of sentence-transformers orders what a prompt tells and refutes a paraphrase that is not near its text,
one that classifies pairs of sentences refutes a paraphrase that does not follow from its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.claims.model import Reason
from docgen.claims.refuting import Refuter
from docgen.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Writer as Options
    from docgen.prose.ranking import Relevance


class SentenceSimilarity:
    """The cosine of the angle between what two texts mean to the model."""

    def __init__(self, folder: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(folder, local_files_only=True)
        except ImportError as error:
            raise ModelUnavailableError(
                f"writer.similarity_model needs {error.name}; install docgen[similarity]"
            ) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnavailableError(
                f"the model in {folder} cannot be loaded ({type(error).__name__}); "
                "give a folder with a sentence-transformers model"
            ) from error

    def __call__(self, text: str, others: Sequence[str]) -> list[float]:
        """One number for each of `others`."""
        vectors = self._model.encode([text, *others], normalize_embeddings=True, show_progress_bar=False)
        return [float(vectors[0] @ vector) for vector in vectors[1:]]


class Entailment:
    """Whether a text says what a sentence does, to a model that was trained to tell."""

    def __init__(self, folder: str) -> None:
        try:
            import torch
            import transformers

            self._torch = torch
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model = transformers.AutoModelForSequenceClassification.from_pretrained(
                folder, local_files_only=True
            ).eval()
        except ImportError as error:
            raise ModelUnavailableError(
                f"writer.entailment_model needs {error.name}; install docgen[transformers]"
            ) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnavailableError(
                f"the model in {folder} cannot be loaded ({type(error).__name__}); "
                "give a folder with a model that classifies pairs of sentences"
            ) from error
        labels = {str(name).lower(): number for number, name in self._model.config.id2label.items()}
        if "entailment" not in labels:
            raise ModelUnavailableError(
                f"the model in {folder} has no label `entailment`; give one for natural language inference"
            )
        self._entailment = labels["entailment"]

    def __call__(self, text: str, sentence: str) -> bool:
        """Whether that is the likeliest of the model's labels."""
        with self._torch.inference_mode():
            pair = self._tokenizer(text, sentence, truncation=True, return_tensors="pt")
            likeliest = int(self._model(**pair).logits[0].argmax())
        return bool(likeliest == self._entailment)


def open_relevance(folder: str) -> Relevance | None:
    """The model in `folder`; None where none is named."""
    return SentenceSimilarity(folder) if folder else None


def open_refuters(options: Options, relevance: Relevance | None) -> tuple[Refuter, ...]:
    """What the options name; `relevance` is the similarity model, opened already."""
    found: list[Refuter] = []
    if relevance and options.similarity_minimum > 0:
        near = relevance
        least = options.similarity_minimum
        found.append(Refuter(Reason.DISSIMILAR, lambda text, told: near(text, [told])[0] < least))
    if options.entailment_model:
        entails = Entailment(options.entailment_model)
        found.append(Refuter(Reason.NOT_ENTAILED, lambda text, told: not entails(text, told)))
    return tuple(found)
