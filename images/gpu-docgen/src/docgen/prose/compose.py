"""Writing the prose of one repository: ask for everything at once, check every sentence, keep what holds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from docgen.contract import Claim, Tone
from docgen.prose.context import pack
from docgen.prose.memory import Answer
from docgen.prose.prompts import check_prompts, render, rules
from docgen.prose.ranking import facts_about, import_ranks, ordered
from docgen.prose.reply import read_reply, schema
from docgen.prose.slots import slots
from docgen.writers.model import Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.claims.check import Sentence
    from docgen.claims.model import Fact
    from docgen.contract import JobSpec, Page
    from docgen.deadline import Deadline
    from docgen.facts.model import Facts
    from docgen.prose.context import Context
    from docgen.prose.grounds import Grounds
    from docgen.prose.judge import Judged
    from docgen.prose.ranking import Relevance
    from docgen.prose.slots import Slot
    from docgen.writers.model import Reply, Writer

# What a chat template adds to a prompt.
_TEMPLATE_TOKENS = 64
# What decides how a model answers, apart from what it is asked, and how its answer is judged.
_MODEL = {"kind", "model"}


@dataclass
class Prose:
    """What stands on the pages, by slot, and what it took. `counts` are sentences by what became of them.

    `answers` are those to remember: all that came, of this run and of earlier ones.
    """

    paragraphs: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    answers: list[Answer] = field(default_factory=list)
    prompts: int = 0
    remembered: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0


@dataclass(frozen=True)
class _Job:
    slot: Slot
    context: Context
    prompt: Prompt
    tokens: int
    asked: str


class Composer:
    """Composes with one writer about what `grounds` know; `relevance` orders what a prompt tells."""

    def __init__(
        self,
        spec: JobSpec,
        writer: Writer,
        grounds: Grounds,
        relevance: Relevance | None = None,
        tone: Tone = Tone.PLAIN,
    ) -> None:
        check_prompts(spec.prompts)
        self._writer, self._grounds, self._relevance = writer, grounds, relevance
        self._prompts, self._options = spec.prompts, spec.options.writer
        self._rules = render(self._prompts["rules"], rules(grounds.lexicon, tone))
        self._prose = Prose()
        self._left = self._options.budget_tokens

    def compose(self, facts: Facts, pages: tuple[Page, ...], deadline: Deadline) -> Prose:
        """The prose; parts are written before wholes whose own facts do not all fit into a prompt."""
        ranks = import_ranks(facts)
        wanted = slots(facts, self._grounds.knowledge, ranks, pages)
        planned = [(slot, self._context(slot, ranks)) for slot in wanted]
        planned = [(slot, context) for slot, context in planned if context.facts]
        later = [pair for pair in planned if pair[0].parts and pair[1].left_out]
        first = [pair for pair in planned if pair not in later]
        for wave in (first, *_levels(later)):
            self._write(wave, deadline)
        return self._prose

    def _context(self, slot: Slot, ranks: dict[str, float]) -> Context:
        knowledge = self._grounds.knowledge
        about = " ".join(text.name for text in knowledge.texts(slot.subject)) or slot.subject.name
        facts = facts_about(slot.focus, knowledge)
        return pack(
            slot.subject,
            ordered(slot.subject, facts, ranks, self._relevance, about),
            self._writer.count,
            self._room(slot),
            self._grounds.lexicon,
        )

    def _room(self, slot: Slot) -> int:
        """Tokens for facts in a prompt: what the rules, the prompt, the parts and the reply leave."""
        fixed = self._writer.count(self._rules) + self._writer.count(self._prompts[slot.prompt])
        room = self._options.context_tokens - self._options.reply_tokens - fixed - _TEMPLATE_TOKENS
        return room * 3 // 4 if slot.parts else room

    def _write(self, wave: Sequence[tuple[Slot, Context]], deadline: Deadline) -> None:
        """Ask at once for what is not remembered of a wave, as far as the budget goes."""
        jobs = []
        for slot, context in wave:
            job = self._job(slot, context)
            if judged := self._grounds.remembered(job.asked, context):
                self._prose.remembered += 1
                self._keep(job, judged)
                continue
            if job.tokens > self._left:
                self._prose.counts["prompt_over_budget"] += 1
                continue
            self._left -= job.tokens
            jobs.append(job)
        if not jobs:
            return
        replies = self._writer.write([job.prompt for job in jobs], deadline)
        for job, reply in zip(jobs, replies, strict=True):
            self._read(job, reply)

    def _job(self, slot: Slot, context: Context) -> _Job:
        values = {
            "subject": context.handle(slot.subject),
            "things": "\n".join(context.things),
            "facts": "\n".join(context.lines),
            "written": self._written(slot) or "Nothing yet.",
        }
        user = render(self._prompts[slot.prompt], values)
        shape = schema(context.relations, context.texts, retells=self._grounds.lexicon.retells)
        prompt = Prompt(self._rules, user, shape, self._options.reply_tokens)
        tokens = self._writer.count(prompt.system) + self._writer.count(user) + prompt.reply_tokens
        return _Job(slot, context, prompt, tokens + _TEMPLATE_TOKENS, self._digest(prompt))

    def _digest(self, prompt: Prompt) -> str:
        """Of what an answer rests on: the facts and the words of the prompt, and the model."""
        model = self._options.model_dump(mode="json", include=_MODEL)
        parts = [model, prompt.system, prompt.user, prompt.schema, prompt.reply_tokens]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]

    def _written(self, slot: Slot) -> str:
        """What stands about the parts already, within the quarter of the room that is kept for it."""
        lines: list[str] = []
        left = self._room(slot) // 3
        for key in slot.parts:
            for sentence in self._prose.paragraphs.get(key, ()):
                line = " ".join(part if isinstance(part, str) else part.name for part in sentence.parts)
                left -= self._writer.count(line)
                if left < 0:
                    return "\n".join(lines)
                lines.append(line)
        return "\n".join(lines)

    def _read(self, job: _Job, reply: Reply) -> None:
        self._prose.prompts += 1
        self._prose.prompt_tokens += reply.prompt_tokens
        self._prose.reply_tokens += reply.reply_tokens
        if reply.failure:
            self._prose.counts[f"reply_{reply.failure}"] += 1
            return
        self._keep(job, self._grounds.judged(read_reply(reply.text), job.context))

    def _keep(self, job: _Job, judged: Judged) -> None:
        """Put what stands of an answer where the pages and the next run find it."""
        answer = Answer(job.asked, job.slot.block, job.slot.subject.name, judged.sentences)
        self._prose.answers.append(answer)
        self._prose.counts += judged.counts
        self._prose.claims += [_claim(job.slot, fact, "refuted") for fact in judged.refuted]
        if judged.sentences:
            self._prose.paragraphs[job.slot.key] = judged.sentences
            held = dict.fromkeys(fact for sentence in judged.sentences for fact in sentence.claims)
            self._prose.claims += [_claim(job.slot, fact, "holds") for fact in held]


def _levels(later: list[tuple[Slot, Context]]) -> list[list[tuple[Slot, Context]]]:
    """Slots by how many levels of parts they stand above, the lowest first."""
    keys = {slot.key for slot, _ in later}
    heights: dict[str, int] = {}
    for slot, _ in sorted(later, key=lambda pair: len(pair[0].parts)):
        heights[slot.key] = 1 + max((heights.get(part, 0) for part in slot.parts if part in keys), default=0)
    return [
        [pair for pair in later if heights[pair[0].key] == level] for level in sorted(set(heights.values()))
    ]


def _claim(slot: Slot, fact: Fact, verdict: Literal["holds", "refuted"]) -> Claim:
    return Claim(
        block=slot.block,
        predicate=fact.predicate,
        subject=fact.subject.name,
        object=fact.object.name,
        path=fact.place.path,
        line=fact.place.line,
        verdict=verdict,
    )
