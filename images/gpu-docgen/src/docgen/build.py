"""A tree to a bundle: read the facts, write the pages, seal the blocks, score them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.claims.lexicon import english, languages, lexicon
from docgen.contract import Bundle, Page, Usage, WriterKind
from docgen.contract.bundle import MAX_FINDINGS, MAX_OBSOLETE
from docgen.contract.gates.places import is_documentation
from docgen.contract.gates.table import findings
from docgen.errors import EmptyRepositoryError
from docgen.facts.read import read_facts
from docgen.gates.table import check
from docgen.messages import nearest
from docgen.pages import agents, architecture, configuration, llms, readme, reference
from docgen.pages.forges import web_address
from docgen.pages.frame import framed, missing
from docgen.pages.joining import fitted
from docgen.pages.markdown import clean
from docgen.pages.redaction import without_secrets
from docgen.pages.site import Site
from docgen.prose.compose import Composer, Prose
from docgen.prose.grounds import Grounds
from docgen.prose.memory import marked_blocks
from docgen.prose.similarity import open_refuters, open_relevance
from docgen.score import generated
from docgen.sealing import encodable, safe, seal
from docgen.writers.choose import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.contract import Block, Claim, JobSpec
    from docgen.deadline import Deadline
    from docgen.facts.model import Facts
    from docgen.pages.site import Draft
    from docgen.source.tree import Tree
    from docgen.writers.model import Writer

# Far below what an envelope can hold, whatever a repository defines.
_MAX_CLAIMS = 50_000


def build(
    spec: JobSpec, tree: Tree, deadline: Deadline, writer: Writer | None = None
) -> tuple[Bundle, Facts]:
    """The bundle of `tree`, and the facts behind it; the writer is the spec's unless another is given."""
    if not tree.present:
        raise EmptyRepositoryError("the tree holds no files; give a folder with sources")
    facts = read_facts(tree, spec.repository, deadline)
    site = Site(facts, tree, web_address(spec.url))
    _note_language(site)
    prose = _prose(spec, facts, tree, deadline, _writer(site, spec, writer))
    site.prose = prose.paragraphs
    found = [framed(site, draft) for draft in _drafts(site, tree.options.pages) if draft]
    checked = check([safe(draft) for draft in fitted(site, found)], facts, tree, deadline)
    claims = [*prose.claims, *(claim for draft in checked.drafts for claim in draft.claims)]
    blocks = marked_blocks(seal(spec, checked.drafts), prose.answers)
    bundle = Bundle(
        repository=spec.repository,
        commit=spec.commit,
        recipe=spec.recipe(),
        blocks=blocks,
        obsolete=_obsolete(tree, blocks),
        score=generated.score_of(blocks, tree, _placeable(site, tree.options.pages), deadline),
        claims=_scrubbed(claims[:_MAX_CLAIMS]),
        dropped=checked.dropped[:MAX_FINDINGS],
        sentences=dict(sorted(prose.counts.items())),
        usage=_usage(tree, prose, deadline),
        notes=(*tree.notes, *site.notes),
    )
    refused = (*checked.left, *findings(bundle, spec))
    return bundle.model_copy(update={"findings": refused[:MAX_FINDINGS]}), facts


def _obsolete(tree: Tree, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The files that hold a block of ours and get none; of nothing to say nothing follows."""
    written = {block.path for block in blocks}
    found = sorted(path for path in tree.marked - written if is_documentation(path))
    return tuple(found[:MAX_OBSOLETE]) if blocks else ()


def _note_language(site: Site) -> None:
    wanted, found = site.tree.options.language, site.words.language
    if found != wanted:
        site.notes.append(f"the pages are written in {found}: there are no words for {wanted}")


def _writer(site: Site, spec: JobSpec, writer: Writer | None) -> Writer | None:
    """Who is asked for prose; nobody where no sentence could be checked in the language of the page."""
    if lexicon(site.words.language):
        return writer or open_writer(spec.options.writer)
    if writer or spec.options.writer.kind is not WriterKind.FACTS:
        known = ", ".join(languages())
        site.notes.append(f"no model was asked for prose: sentences are checked in {known} only")
    return None


def _prose(spec: JobSpec, facts: Facts, tree: Tree, deadline: Deadline, writer: Writer | None) -> Prose:
    """Nothing where no model is asked: the pages then say what the facts say."""
    if writer is None:
        return Prose()
    options = spec.options.writer
    relevance = open_relevance(options.similarity_model)
    words = lexicon(nearest(tree.options.language)) or english()
    grounds = Grounds(facts, tree, words, open_refuters(options, relevance))
    composer = Composer(spec, writer, grounds, relevance, tree.options.tone)
    return composer.compose(facts, tree.options.pages, deadline)


def _usage(tree: Tree, prose: Prose, deadline: Deadline) -> Usage:
    return Usage(
        seconds=round(deadline.spent, 3),
        files=len(tree.files),
        bytes=tree.bytes_read,
        prompts=prose.prompts,
        remembered=prose.remembered,
        prompt_tokens=prose.prompt_tokens,
        reply_tokens=prose.reply_tokens,
    )


def _drafts(site: Site, wanted: tuple[Page, ...]) -> Iterator[Draft | None]:
    """Every page that is wanted and has something to say; links lead to these only."""
    found: list[Draft | None] = []
    groups: list[reference.Group] = []
    if Page.REFERENCE in wanted:
        groups = reference.groups(site)
        _put(site, reference.INDEX, site.index(reference.folder(site)) if groups else None)
        found += reference.drafts(site, groups)
    if Page.ARCHITECTURE in wanted:
        _put(site, architecture.NAME, site.place("docs/ARCHITECTURE.md"))
        found.append(_kept(site, architecture.NAME, architecture.draft(site)))
    if Page.CONFIGURATION in wanted:
        _put(site, configuration.NAME, site.place("docs/configuration.md"))
        found.append(_kept(site, configuration.NAME, configuration.draft(site)))
    if Page.README in wanted:
        _put(site, readme.NAME, readme.readme_path(site))
        yield _kept(site, readme.NAME, readme.draft(site))
    yield from reversed(found)
    if Page.LLMS in wanted:
        _put(site, llms.NAME, site.place("llms.txt"))
        yield llms.draft(site, groups)
    if Page.AGENTS in wanted:
        _put(site, agents.NAME, site.place("AGENTS.md"))
        yield _kept(site, agents.NAME, agents.draft(site))


def _placeable(site: Site, wanted: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages that can be written: something may be in the way of all but the README."""
    has_room = site.place("docs/configuration.md") is not None
    return tuple(page for page in wanted if page is Page.README or has_room)


def _put(site: Site, key: str, path: str | None) -> None:
    if path is not None:
        site.pages[key] = path


def _kept(site: Site, key: str, draft: Draft | None) -> Draft | None:
    """Forget the path of a page that is not written, so that nothing links to it."""
    lacks = missing(site, draft) if draft else []
    if draft and lacks:
        site.notes.append(
            f"{draft.path} is not written: the code shows nothing for its section {lacks[0]}, "
            f"which templates.{draft.page}.required asks for"
        )
    if draft is None or lacks:
        site.pages.pop(key, None)
        return None
    return draft


def _scrubbed(claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims without what cannot be seen, encoded or made public."""
    shown = [_mapped(claim, lambda text: clean(encodable(text))) for claim in claims]
    everything = "\n".join(text for claim in shown for text in _texts(claim).values())
    if without_secrets(everything) == everything:
        return tuple(shown)
    return tuple(_mapped(claim, without_secrets) for claim in shown)


def _mapped(claim: Claim, change: Callable[[str], str]) -> Claim:
    return claim.model_copy(update={key: change(value) for key, value in _texts(claim).items()})


def _texts(claim: Claim) -> dict[str, str]:
    return {key: value for key, value in claim if isinstance(value, str)}
