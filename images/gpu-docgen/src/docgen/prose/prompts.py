"""Prompts are text files with `$variables`, strictly rendered: one too many or too few is an error."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from docgen.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Every prompt that a writer needs, with exactly the variables that it uses.
VARIABLES = {
    "rules": frozenset({"verbs", "nouns", "sentences"}),
    "readme": frozenset({"subject", "things", "facts", "written"}),
    "component": frozenset({"subject", "things", "facts", "written"}),
    "reference": frozenset({"subject", "things", "facts", "written"}),
}
MAX_BYTES = 20_000


def check_prompts(prompts: Mapping[str, str]) -> None:
    """Raise `SpecError` unless every prompt is there and uses its variables, all of them and no other."""
    for name, wanted in VARIABLES.items():
        if name not in prompts:
            raise SpecError(
                f"the spec has no prompt {name!r}; give one text for each of {', '.join(VARIABLES)}"
            )
        template = Template(prompts[name])
        if len(prompts[name].encode(errors="replace")) > MAX_BYTES:
            raise SpecError(f"the prompt {name!r} is larger than {MAX_BYTES} bytes; shorten it")
        if not template.is_valid():
            raise SpecError(f"the prompt {name!r} has a stray $; write $$ for a dollar sign")
        used = frozenset(template.get_identifiers())
        if used != wanted:
            wrong = ", ".join(f"${variable}" for variable in sorted(used ^ wanted))
            raise SpecError(
                f"the prompt {name!r} lacks or invents {wrong}; its variables are {_listed(wanted)}"
            )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))


def render(prompt: str, values: Mapping[str, str]) -> str:
    """The prompt with its variables replaced; text of the repository in them is not looked at again."""
    return Template(prompt).substitute(values)
