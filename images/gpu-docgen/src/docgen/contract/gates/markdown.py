"""Gates on a body's Markdown: nothing in it acts on who reads it."""

from __future__ import annotations

import html
import posixpath
import re
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docgen.contract.gates.addresses import MAIL, MAX_ADDRESS
from docgen.contract.gates.document import MAX_NESTING
from docgen.contract.gates.scene import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract.finding import Finding
    from docgen.contract.gates.scene import Scene

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
# Forges call people by the rendered text, so a backslash before the sign saves nobody.
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9][\w/-]*")
# What forges make a link of by themselves.
_BARE = re.compile(rf"(?:https?|ftp)://[^\s<]*|\bwww\.[^\s<]*|{MAIL}", re.IGNORECASE)
_TRAILING = "?!.,:*_~'\")"
# What makes a Mermaid diagram more than a drawing.
_ACTIVE = re.compile(
    r"^\s*click\b|%%\{|<(?!br\s*/?>)[a-z/!]|\b(?:https?|javascript|data):|\burl\(",
    re.IGNORECASE | re.MULTILINE,
)


def whole(scene: Scene) -> Iterator[Finding]:
    """The body ends all that it begins, and nests no deeper than the parser looks."""
    if not scene.document.is_closed:
        yield finding("structure", scene, 0, "leaves a code block or HTML open at its end")
    for token, line in scene.document.tokens:
        if token.level >= MAX_NESTING:
            yield finding("structure", scene, line, f"nests deeper than {MAX_NESTING} levels")
            return


def without_html(scene: Scene) -> Iterator[Finding]:
    """No HTML outside code, comments included."""
    for token, line in scene.document.tokens:
        if token.type in {"html_block", "html_inline"}:
            what = f"holds raw HTML: {token.content.strip()[:80]!r}"
            yield finding("html", scene, line, what, "escape it or make it code")


def links(scene: Scene) -> Iterator[Finding]:
    """Links lead to an anchor, to a place in this repository or to a web address of the list."""
    used = (
        (str(token.attrs["href"]), line) for token, line in scene.document.tokens if token.type == "link_open"
    )
    for target, line in (*used, *((target, 0) for target in scene.document.definitions)):
        if not (scene.home.admits(target) or is_inside(target, scene.block.path)):
            yield finding("links", scene, line, f"links to {target[:80]!r}", "write the address as code")


def images(scene: Scene) -> Iterator[Finding]:
    """Images come from this repository, for a remote one tells its owner who reads."""
    shown = (one for one in scene.document.tokens if one.token.type == "image")
    for token, line in shown:
        target = str(token.attrs["src"])
        if not is_inside(target, scene.block.path):
            yield finding("images", scene, line, f"shows an image from {target[:80]!r}", "link to it instead")


def mentions(scene: Scene) -> Iterator[Finding]:
    """Nobody is called by `@name` outside code and links."""
    for text, line in _texts(scene):
        if found := _MENTION.search(text):
            yield finding("mentions", scene, line, f"mentions {found[0][:40]!r}", "make it code")


def bare_addresses(scene: Scene) -> Iterator[Finding]:
    """An address in the text, of which forges make a link, is one of the list."""
    for text, line in _texts(scene):
        for found in _BARE.finditer(text):
            if not scene.home.admits(found[0].rstrip(_TRAILING)):
                what = f"shows the address {found[0][:80]!r}"
                yield finding("links", scene, line, what, "write the address as code")


def diagrams(scene: Scene) -> Iterator[Finding]:
    """Mermaid diagrams draw and do nothing else."""
    for token, line in scene.document.tokens:
        if token.type != "fence" or not token.info.strip().casefold().startswith("mermaid"):
            continue
        if found := _ACTIVE.search(token.content):
            yield finding("diagrams", scene, line, f"has a diagram with {found[0].strip()!r}", "remove that")


def is_inside(target: str, path: str) -> bool:
    """Whether a link at the page `path` leads to a place in the same repository."""
    plain = _UNSEEN.sub("", html.unescape(unquote(target)))
    if not plain or _SCHEME.match(plain) or _SCHEME.match(target) or "\\" in plain or plain.startswith("/"):
        return False
    here = re.split(r"[?#]", plain, maxsplit=1)[0]
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), here))
    return joined != ".." and not joined.startswith("../") and len(target) <= MAX_ADDRESS


def _texts(scene: Scene) -> Iterator[tuple[str, int]]:
    """The text of each line as a reader sees it, without code and what is in a link already."""
    depth = 0
    pieces: list[tuple[str, int]] = []
    for token, line in scene.document.tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        is_text = token.type in {"text", "text_special"} and not depth
        # Whatever else stands there separates words, but markup without a width does not.
        if is_text or not token.type.endswith(("_open", "_close")) or token.block:
            pieces.append((token.content if is_text else "\0", line))
    for is_gap, run in groupby(pieces, lambda piece: piece[0] == "\0"):
        found = list(run)
        if not is_gap:
            yield "".join(text for text, _ in found), found[0][1]
