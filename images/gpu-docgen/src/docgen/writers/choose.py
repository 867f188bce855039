"""The writer that the options name. Heavy libraries are imported by the one that needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import WriterKind

if TYPE_CHECKING:
    from docgen.contract import Writer as Options
    from docgen.writers.model import Writer


def open_writer(options: Options) -> Writer | None:
    """The writer; None for `facts`, which asks nobody. Raises `ModelUnavailableError`."""
    if options.kind is WriterKind.OPENAI:
        from docgen.writers.openai import OpenAiWriter

        return OpenAiWriter(options)
    if options.kind is WriterKind.TRANSFORMERS:
        from docgen.writers.transformers import TransformersWriter

        return TransformersWriter(options)
    return None
