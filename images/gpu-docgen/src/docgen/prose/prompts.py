"""Prompts are text files with `$variables`, strictly rendered: one too many or too few is an error."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from docgen.contract import Tone
from docgen.errors import SpecError
from docgen.prose.reply import MAX_SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.claims.lexicon import Lexicon

# Every prompt that a writer needs, with exactly the variables that it uses.
VARIABLES = {
    "rules": frozenset({"language", "tone", "verbs", "nouns", "words", "forms", "sentences"}),
    "readme": frozenset({"subject", "things", "facts", "written"}),
    "component": frozenset({"subject", "things", "facts", "written"}),
    "reference": frozenset({"subject", "things", "facts", "written"}),
}
MAX_BYTES = 20_000
# What a tone means to a model. Its words are the lexicon's, so it chooses among them and orders.
TONES = {
    Tone.PLAIN: "plain: short sentences, one or two facts in each, no openers",
    Tone.FORMAL: "formal: complete sentences that name what each thing is before its handle",
    Tone.FRIENDLY: "friendly: begin with what a newcomer needs first, and join what belongs together",
}


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


def rules(lexicon: Lexicon, tone: Tone) -> dict[str, str]:
    """The lexicon as the model is told of it, so that the two cannot differ, and how it is to write."""
    verbs: dict[str, list[str]] = {}
    for verb in lexicon.verbs:
        if not verb.plural:
            verbs.setdefault(verb.predicate.name, []).append(lexicon.spell(verb.words))
    further = (
        *lexicon.articles, *lexicon.prepositions, lexicon.conjunction, *lexicon.joints, *lexicon.which,
        *lexicon.openers, *lexicon.adverbs,
    )  # fmt: skip
    nouns = {noun for nouns in lexicon.nouns.values() for noun in nouns}
    return {
        "language": lexicon.name,
        "tone": TONES[tone],
        "verbs": "\n".join(f"- {name}: {', '.join(phrases)}" for name, phrases in verbs.items()),
        "nouns": ", ".join(sorted(lexicon.spell(noun.split()) for noun in nouns)),
        "words": ", ".join(dict.fromkeys(lexicon.spell(word.split()) for word in sorted(further))),
        "forms": " ".join(f'"{form}"' for form in lexicon.forms),
        "sentences": str(MAX_SENTENCES),
    }
