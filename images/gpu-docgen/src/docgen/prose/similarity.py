"""Relevance by a sentence-transformers model in a folder; nothing is ever downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def open_relevance(folder: str) -> Relevance | None:
    """The model in `folder`; None where none is named."""
    return SentenceSimilarity(folder) if folder else None
