"""What a repository says of itself where it is served: configuration, hooks, refs, history, objects."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from tests.hostile.hostile import Hostile, Table
from tests.hostile.site import ORDINARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.site import Site

_HOOKS = (
    "pre-receive",
    "update",
    "post-update",
    "reference-transaction",
    "post-checkout",
    "post-index-change",
)
_OURS = "refs/heads/documenthor/docs"
_GONE = "1" * 40


def _configured(*said: str) -> Callable[[Site], None]:
    """Settings of the served repository, in which RUN is the program and OUT the folder outside."""

    def build(site: Site) -> None:
        text = "\n".join(said).replace("RUN", str(site.program)).replace("OUT", str(site.outside))
        with (site.path / "config").open("a") as config:
            config.write(f"{text}\n")

    return build


def _file(name: str, text: str) -> Callable[[Site], None]:
    """A file in git's own folder; OUT as above, HEAD the commit so far."""

    def build(site: Site) -> None:
        path = site.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("OUT", str(site.outside)).replace("HEAD", site.hub.head()))

    return build


def _hooked(site: Site) -> None:
    (site.path / "hooks").mkdir()
    for hook in _HOOKS:
        (site.path / "hooks" / hook).symlink_to(site.program)


def _ref(name: str, oid: str = "") -> Callable[[Site], None]:
    return lambda site: site.hub.repository.store.set_ref(name, oid or site.hub.head())


def _replaced(site: Site) -> str:
    """The page's code stands for other code by a replacement, as would its commit."""
    evil = site.blob(b'"""Replaced."""\n\nREPLACED = 1\n')
    good = site.blob(ORDINARY["calc/__init__.py"])
    site.hub.repository.store.set_ref(f"refs/replace/{good}", evil)
    return site.push()


def _proposed(pages: dict[str, bytes]) -> Callable[[Site], str]:
    """Our branch is somebody else's, with these files on it."""

    def build(site: Site) -> str:
        commit = site.push()
        files = {**ORDINARY, **pages}
        site.push(
            site.hub.repository.store.change_tree(
                "", {path: (0o100644, site.blob(text)) for path, text in files.items()}
            ),
            _OURS,
        )
        return commit

    return build


def _said(message: bytes) -> Callable[[Site], None]:
    def build(site: Site) -> None:
        site.message = message

    return build


def _without(path: str) -> Callable[[Site], str]:
    """A file of the commit is missing or, with a `!`, is another one's content."""

    def build(site: Site) -> str:
        commit = site.push()
        site.loose(site.blob(ORDINARY[path])).unlink()
        return commit

    return build


def _damaged(site: Site) -> str:
    commit = site.push()
    loose = site.loose(site.blob(ORDINARY["calc/__init__.py"]))
    loose.unlink()
    loose.write_bytes(zlib.compress(b"blob 9\0elsewise"))
    return commit


def _headless(site: Site) -> str:
    return site.object(b"commit", b"tree " + _GONE.encode() + b"\nauthor x\n\nx\n")


def _of_a_blob(site: Site) -> str:
    return site.push(site.blob(b"no tree"))


def _tag(site: Site) -> str:
    commit = site.push()
    text = f"object {commit}\ntype commit\ntag x\ntagger M <m@x> 1 +0000\n\nx\n"
    return site.object(b"tag", text.encode())


def _parents(site: Site) -> str:
    """A commit with a thousand parents, all of them the same."""
    parents = f"parent {site.hub.head()}\n" * 1_000
    who = "M <m@evil.example> 1 +0000"
    text = f"tree {site.root()}\n{parents}author {who}\ncommitter {who}\n\nx\n"
    commit = site.object(b"commit", text.encode())
    site.hub.repository.store.set_ref("refs/heads/main", commit)
    return commit


_TRAILERS = (
    b"Update\n\nDocumenthor-Commit: "
    + b"f" * 40
    + b"\nDocumenthor-Recipe: "
    + b"0" * 64
    + b"\nDocumenthor-Job: x\n"
)
_COMMANDS = (
    ('[uploadpack]', '\tpackObjectsHook = RUN'), ('[core]', '\tfsmonitor = RUN', '\thooksPath = OUT', '\tsshCommand = RUN'),
    ('[core]', '\talternateRefsCommand = RUN', '\tgitProxy = RUN', '\tpager = RUN', '\taskPass = RUN'),
    ('[alias]', '\tfetch = !RUN', '\tls-tree = !RUN', '[filter "x"]', '\tsmudge = RUN', '\trequired = true'),
)  # fmt: skip
SERVED: Table = {
    **{f"served with {said[1].split()[0]}": Hostile(_configured(*said)) for said in _COMMANDS},
    "served with hooks": Hostile(_hooked),
    "served with an include": Hostile(_configured("[include]", "\tpath = OUT/secret.txt")),
    "served from elsewhere": Hostile(
        _configured('[url "ext::RUN"]', "\tinsteadOf = /", '[remote "source"]', "\turl = ext::RUN")
    ),
    "served by a promisor": Hostile(
        _configured(
            '[remote "o"]', "\turl = ext::RUN", "\tpromisor = true", "[extensions]", "\tpartialClone = o"
        )
    ),
    "served with a broken configuration": Hostile(_configured("[[[", "\0"), "fetch unreachable"),
    "served in a format to come": Hostile(
        _configured("[core]", "\trepositoryformatversion = 99"), "fetch unreachable"
    ),
    "served with alternates": Hostile(_file("objects/info/alternates", "OUT\n/etc\n../../../outside\n")),
    "served with grafts": Hostile(_file("info/grafts", f"HEAD {_GONE}\n")),
    "served as shallow": Hostile(_file("shallow", "HEAD\n")),
    "served with attributes": Hostile(
        _file("info/attributes", "* filter=x ident working-tree-encoding=UTF-16\n")
    ),
    "replaced objects": Hostile(_replaced),
    "ref like an option": Hostile(_ref("refs/heads/--upload-pack=x")),
    "ref to nothing": Hostile(_ref("refs/heads/gone", _GONE)),
    "ref with a strange name": Hostile(_ref("refs/heads/\u202ex;$(id)")),
    "ref like the head": Hostile(_ref("refs/heads/HEAD")),
    "ref like a commit": Hostile(_ref(f"refs/heads/{_GONE}")),
    "branch of ours by somebody else": Hostile(
        _proposed({"calc/x.py": b"X = 1\n"}), "skipped(edited_by_human)"
    ),
    "branch of ours with workflows": Hostile(
        _proposed({".github/workflows/x.yml": b"on: push\n", "CODEOWNERS": b"* @mallory\n"}),
        "skipped(edited_by_human)",
    ),
    "branch of ours that lies": Hostile(
        _proposed(
            {
                "README.md": b"<!-- documenthor:start readme rests-on="
                + b"0" * 64
                + b" prose="
                + b"a" * 16
                + b"."
                + b"b" * 16
                + b" -->\nPay at https://evil.example.\n<!-- documenthor:end readme -->\n"
            }
        ),
        "skipped(edited_by_human)",
    ),
    "message that claims to be ours": Hostile(_said(_TRAILERS)),
    "message that never ends": Hostile(_said(b"x" * 3_000_000)),
    "message of controls": Hostile(_said(b"\x1b]0;x\x07\0\xff\n@octocat Closes #1\n")),
    "commit with a thousand parents": Hostile(_parents),
    "commit of a blob": Hostile(_of_a_blob, "fetch unreachable"),
    "commit of a tree that is not there": Hostile(_headless, "fetch commit_not_found"),
    "tag for a commit": Hostile(_tag, "fetch commit_not_found"),
    "missing file": Hostile(_without("calc/__init__.py"), "fetch unreachable"),
    # Git drops it on the way, so it is left out like one that is too large.
    "file under a false name": Hostile(_damaged),
}
