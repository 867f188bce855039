"""Gates on a body's Markdown: nothing in it acts on who reads it."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from documenthor.errors import GateError
from documenthor.publish.gates.document import MAX_NESTING, Document

if TYPE_CHECKING:
    from docgen.contract import Block

_MAX_TARGET = 2_000
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_MENTION = re.compile(r"(?<![\w`/.@-])@[A-Za-z0-9]")
# What makes a Mermaid diagram more than a drawing.
_ACTIVE = re.compile(
    r"^\s*click\b|%%\{|<(?!br\s*/?>)[a-z/!]|\b(?:https?|javascript|data):|\burl\(",
    re.IGNORECASE | re.MULTILINE,
)


def whole(block: Block, document: Document) -> None:
    """The body ends all that it begins, and nests no deeper than the parser looks."""
    if not document.is_closed:
        raise GateError("structure", f"{_place(block)} leaves a code block or HTML open at its end")
    if any(token.level >= MAX_NESTING for token in document.tokens):
        raise GateError("structure", f"{_place(block)} nests deeper than {MAX_NESTING} levels")


def without_html(block: Block, document: Document) -> None:
    """No HTML outside code, comments included."""
    for token in document.tokens:
        if token.type in {"html_block", "html_inline"}:
            raise GateError("html", f"{_place(block)} holds raw HTML: {token.content.strip()[:80]!r}")


def links(block: Block, document: Document) -> None:
    """Links lead to `https://`, to an anchor or to a place in this repository.

    Bare addresses in the text are left alone: they show where they lead.
    """
    used = (str(token.attrs["href"]) for token in document.tokens if token.type == "link_open")
    for target in (*used, *document.definitions):
        if not (_is_web(target) or _is_inside(target, block.path)):
            raise GateError("links", f"{_place(block)} links to {target[:80]!r}")


def images(block: Block, document: Document) -> None:
    """Images come from this repository, for a remote one tells its owner who reads."""
    for token in document.tokens:
        target = str(token.attrs["src"]) if token.type == "image" else "#"
        if not _is_inside(target, block.path):
            raise GateError("images", f"{_place(block)} shows an image from {target[:80]!r}")


def mentions(block: Block, document: Document) -> None:
    """Nobody is called by `@name` outside code; an escaped `\\@name` is fine."""
    for token in document.tokens:
        if token.type == "text" and (found := _MENTION.search(token.content)):
            name = token.content[found.start() : found.start() + 40]
            raise GateError("mentions", f"{_place(block)} mentions {name!r}; escape it or make it code")


def diagrams(block: Block, document: Document) -> None:
    """Mermaid diagrams draw and do nothing else."""
    for token in document.tokens:
        if token.type != "fence" or not token.info.strip().casefold().startswith("mermaid"):
            continue
        if found := _ACTIVE.search(token.content):
            raise GateError("diagrams", f"{_place(block)} has a diagram with {found[0].strip()!r}")


def _is_web(target: str) -> bool:
    try:
        parts = urlsplit(target)
        safe = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return safe and len(target) <= _MAX_TARGET and not _UNSEEN.search(unquote(parts.netloc))


def _is_inside(target: str, path: str) -> bool:
    plain = _UNSEEN.sub("", html.unescape(unquote(target)))
    if not plain or _SCHEME.match(plain) or _SCHEME.match(target) or "\\" in plain or plain.startswith("/"):
        return False
    here = re.split(r"[?#]", plain, maxsplit=1)[0]
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), here))
    return joined != ".." and not joined.startswith("../") and len(target) <= _MAX_TARGET


def _place(block: Block) -> str:
    return f"{block.path}, block {block.name}"
