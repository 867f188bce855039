"""`docgen fetch`: exactly the commit's files, and nothing of a hostile repository takes effect."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from docgen.cli import main
from docgen.commands.fetch import fetch, open_git, token_origin
from docgen.contract import GENERATOR, ExitCode, Limits, Options
from docgen.deadline import Deadline
from docgen.errors import DocgenError, SpecError, TimedOutError, TooLargeError, UsageError
from docgen.git.address import checked_address
from docgen.git.clone import fetch_commit
from docgen.git.export import largest, why_unsafe
from docgen.git.program import Git

from tests.docgen.support import PACKAGE, commit, git, job_spec, make_repository, write

if TYPE_CHECKING:
    from pathlib import Path

ENVIRON = {"PATH": "/usr/local/bin:/usr/bin:/bin", "SECRET": "not for git"}


def fetched(
    source: Path | str, commit_id: str, target: Path, limits: Limits | None = None
) -> dict[str, bytes]:
    """What lies in `target` after a fetch, by path."""
    spec = job_spec(str(source), commit_id, Options(limits=limits or Limits()))
    fetch(spec, target, ENVIRON, Deadline(60))
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and ".docgen" not in path.parts
    }


def left_out(target: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((target / ".docgen" / "left-out.json").read_bytes())
    return found


def test_it_writes_the_files_and_nothing_of_git(tmp_path: Path) -> None:
    commit_id = make_repository(tmp_path / "source", PACKAGE)
    got = fetched(tmp_path / "source", commit_id, tmp_path / "tree")
    assert got == {path: str(content).encode() for path, content in PACKAGE.items()}
    assert not (tmp_path / "tree" / ".git").exists()
    assert left_out(tmp_path / "tree") == {}


def test_an_older_commit_is_fetched_by_its_id(tmp_path: Path) -> None:
    first = make_repository(tmp_path / "source", {"a.txt": "one"})
    commit(tmp_path / "source", {"a.txt": "two"})
    assert fetched(tmp_path / "source", first, tmp_path / "tree") == {"a.txt": b"one"}


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_a_bare_repository_is_a_source_as_well(tmp_path: Path, prefix: str) -> None:
    commit_id = make_repository(tmp_path / "source", {"a.txt": "one"})
    git(tmp_path, "clone", "--quiet", "--bare", "source", "bare.git")
    assert fetched(f"{prefix}{tmp_path}/bare.git", commit_id, tmp_path / "tree") == {"a.txt": b"one"}


def test_sha256_repositories_are_read(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    git(tmp_path / "source", "init", "--quiet", "--object-format=sha256")
    commit_id = commit(tmp_path / "source", {"a.txt": "one"})
    assert fetched(tmp_path / "source", commit_id, tmp_path / "tree") == {"a.txt": b"one"}


def test_nothing_that_the_repository_configures_is_run(tmp_path: Path) -> None:
    source, mark = tmp_path / "source", tmp_path / "ran"
    script = f"#!/bin/sh\ntouch {mark}\ncat\n"
    write(source, {"evil.sh": script, "a.txt": "text\n", ".gitattributes": "* filter=evil text eol=crlf\n"})
    commit_id = make_repository(source, {})
    (source / "evil.sh").chmod(0o755)
    for key in ("filter.evil.smudge", "filter.evil.clean", "core.fsmonitor", "uploadpack.packObjectsHook"):
        git(source, "config", key, str(source / "evil.sh"))
    for hook in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        write(source, {f".git/hooks/{hook}": script})
        (source / ".git/hooks" / hook).chmod(0o755)
    (source / "a.txt").unlink()
    git(source, "checkout", "--", "a.txt")
    assert mark.exists(), "the trap does not work"
    mark.unlink()
    assert fetched(source, commit_id, tmp_path / "tree")["a.txt"] == b"text\n"
    assert not mark.exists()


def test_links_and_submodules_are_left_out_and_noted(tmp_path: Path) -> None:
    source = tmp_path / "source"
    inner = make_repository(tmp_path / "inner", {"secret.py": "X = 1\n"})
    make_repository(source, {"a.txt": "one"})
    (source / "outside").symlink_to("/etc/passwd")
    (source / "inside").symlink_to("a.txt")
    git(source, "update-index", "--add", "--cacheinfo", f"160000,{inner},module")
    git(source, "add", "outside", "inside")
    git(source, "commit", "--quiet", "--message=links")
    head = git(source, "rev-parse", "HEAD")
    assert fetched(source, head, tmp_path / "tree") == {"a.txt": b"one"}
    assert left_out(tmp_path / "tree") == {"outside": "symlink", "inside": "symlink", "module": "submodule"}


def test_paths_that_lead_elsewhere_are_never_written(tmp_path: Path) -> None:
    source = tmp_path / "source"
    make_repository(source, {"a.txt": "one"})
    blob = bytes.fromhex(git(source, "hash-object", "-w", "a.txt"))

    def tree(*entries: tuple[bytes, bytes, bytes]) -> bytes:
        raw = b"".join(mode + b" " + name + b"\0" + oid for mode, name, oid in entries)
        made = git(source, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)
        return bytes.fromhex(made)

    up = tree((b"100644", b"escaped.txt", blob))
    names = (b"new\nline", b'quo"te.txt', "größe.txt".encode(), b"not\xffutf8", b"back\\slash", b".GIT")
    root = tree(
        (b"40000", b"..", up),
        (b"40000", b".git", up),
        (b"40000", b".docgen", up),
        *((b"100644", name, blob) for name in names),
    )
    commit_id = git(source, "commit-tree", root.hex(), "-m", "hostile")
    git(source, "update-ref", "refs/heads/hostile", commit_id)
    got = fetched(source, commit_id, tmp_path / "deep" / "tree")
    assert set(got) == {'quo"te.txt', "größe.txt"}
    assert not list(tmp_path.glob("**/escaped.txt"))
    assert set(left_out(tmp_path / "deep" / "tree").values()) == {"unsafe path"}


@pytest.mark.parametrize(
    "path",
    ["../a", "a/../b", "/a", "a//b", ".git/config", "a/.GIT/x", "git~1/x", ".git. /x", "a\nb", "\u202eb", ""],
)
def test_unsafe_paths(path: str) -> None:
    assert why_unsafe(path)
    assert not why_unsafe("a/b.py")


@pytest.mark.parametrize(
    ("limits", "what"),
    [(Limits(files=2), "limits.files (2)"), (Limits(bytes=10), "limits.bytes (10)")],
)
def test_limits_end_the_fetch(tmp_path: Path, limits: Limits, what: str) -> None:
    commit_id = make_repository(tmp_path / "source", {"a.txt": "12345", "b.txt": "12345", "c.txt": "12345"})
    with pytest.raises(TooLargeError) as caught:
        fetched(tmp_path / "source", commit_id, tmp_path / "tree", limits)
    assert what in str(caught.value)
    assert list((tmp_path / "tree").iterdir()) == []


def test_five_thousand_files_are_one_too_many(tmp_path: Path) -> None:
    files = {f"d{number % 50}/f{number}.txt": "x" for number in range(5_001)}
    commit_id = make_repository(tmp_path / "source", files)
    with pytest.raises(TooLargeError):
        fetched(tmp_path / "source", commit_id, tmp_path / "small", Limits(files=5_000))
    assert len(fetched(tmp_path / "source", commit_id, tmp_path / "tree", Limits(files=5_001))) == 5_001


def test_a_large_file_is_left_out_and_an_excluded_one_not_even_noted(tmp_path: Path) -> None:
    commit_id = make_repository(
        tmp_path / "source", {"a.bin": b"\0" * 200, "b.txt": "ok", "gen/c.txt": "x", "docs/d.md": "human"}
    )
    options = Options(exclude=("gen/**", "docs"), limits=Limits(file_bytes=100))
    fetch(job_spec(str(tmp_path / "source"), commit_id, options), tmp_path / "tree", ENVIRON, Deadline(60))
    assert left_out(tmp_path / "tree") == {"a.bin": "large"}
    assert (tmp_path / "tree/b.txt").exists()
    assert not (tmp_path / "tree/gen").exists()
    assert (tmp_path / "tree/docs/d.md").exists(), "a page may have to be spliced into it"


@pytest.mark.parametrize("at", ["tip", "older"])
def test_a_huge_file_is_not_even_transferred(tmp_path: Path, at: str) -> None:
    source = tmp_path / "source"
    noise = random.Random(0).randbytes(3_000_000)  # noqa: S311 - repeatable
    commit_id = make_repository(source, {"huge.bin": noise, "a.txt": "one"})
    if at == "older":
        commit(source, {"a.txt": "two"})
    limits = Limits(file_bytes=100)
    with open_git(ENVIRON, limits, Deadline(60)) as opened:
        fetch_commit(opened, str(source), commit_id, largest(limits))
        assert sum(path.stat().st_size for path in opened.store.rglob("*") if path.is_file()) < 1_000_000
    assert fetched(source, commit_id, tmp_path / "tree", limits) == {"a.txt": b"one"}
    assert left_out(tmp_path / "tree") == {"huge.bin": "large"}


def test_paths_that_are_too_long_or_too_deep_are_noted_as_such(tmp_path: Path) -> None:
    deep, long = "/".join("d" * 61), "x" * 251
    commit_id = make_repository(tmp_path / "source", {deep: "no", "a.txt": "ok"})
    assert why_unsafe(long) == why_unsafe("y/" * 501 + "z") == "long path"
    assert len(fetched(tmp_path / "source", commit_id, tmp_path / "tree")) == 1
    assert set(left_out(tmp_path / "tree").values()) == {"deep path"}


@pytest.mark.parametrize(("width", "levels"), [(10, 5), (10, 9)])
def test_a_small_tree_that_names_very_many_files_is_too_large(
    tmp_path: Path, width: int, levels: int
) -> None:
    source = tmp_path / "source"
    make_repository(source, {"a.txt": "one"})
    mode, oid = "100644 blob", git(source, "hash-object", "-w", "a.txt")
    for _ in range(levels):
        lines = "".join(f"{mode} {oid}\tn{number}\n" for number in range(width))
        mode, oid = "040000 tree", git(source, "mktree", stdin=lines.encode())
    commit_id = git(source, "commit-tree", oid, "-m", "bomb")
    git(source, "update-ref", "refs/heads/bomb", commit_id)
    with pytest.raises(TooLargeError, match="files"):
        fetched(source, commit_id, tmp_path / "tree", Limits(files=20_000))


def test_time_is_limited(tmp_path: Path) -> None:
    commit_id = make_repository(tmp_path / "source", PACKAGE)
    seconds = iter(range(0, 1000, 30))
    with pytest.raises(TimedOutError):
        fetch(
            job_spec(str(tmp_path / "source"), commit_id),
            tmp_path / "tree",
            ENVIRON,
            Deadline(60, clock=lambda: float(next(seconds))),
        )


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c touch% /tmp/x", "-uupload", "--upload-pack=x", "ssh://host/x", "git@host:x",
        "http://host/x",
        "https://user:pass@host/x", "https:///x", "file://host/x", "relative/path", "fd::17", "https://[x",
        "", "https://host/\nx",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(SpecError) as caught:
        checked_address(url)
    assert "pass" not in str(caught.value)


def run(tmp_path: Path, spec: str, tree: str = "tree") -> int:
    (tmp_path / "spec.json").write_text(spec)
    return main(["fetch", "--spec", str(tmp_path / "spec.json"), "--tree", str(tmp_path / tree)])


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit_id = make_repository(tmp_path / "source", {"a.txt": "one"})
    (tmp_path / "empty").mkdir()
    git(tmp_path / "empty", "init", "--quiet")
    empty_tree = git(tmp_path / "source", "hash-object", "-t", "tree", "-w", "--stdin")
    bare = git(tmp_path / "source", "commit-tree", empty_tree, "-m", "no files")
    git(tmp_path / "source", "update-ref", "refs/heads/bare", bare)
    write(tmp_path, {"full/file": "x"})
    good = job_spec(str(tmp_path / "source"), commit_id).model_dump_json()
    cases: list[tuple[str, str, ExitCode]] = [
        (job_spec(str(tmp_path / "nothing"), commit_id).model_dump_json(), "t1", ExitCode.UNREACHABLE),
        (job_spec(str(tmp_path / "source"), "f" * 40).model_dump_json(), "t2", ExitCode.COMMIT_NOT_FOUND),
        (job_spec(str(tmp_path / "source"), empty_tree).model_dump_json(), "t3", ExitCode.COMMIT_NOT_FOUND),
        (job_spec(str(tmp_path / "empty"), commit_id).model_dump_json(), "t4", ExitCode.EMPTY),
        (job_spec(str(tmp_path / "source"), bare).model_dump_json(), "t5", ExitCode.EMPTY),
        (job_spec("ext::sh", commit_id).model_dump_json(), "t6", ExitCode.SPEC_INVALID),
        ("{not json", "t7", ExitCode.SPEC_INVALID),
        (good.replace('"tenant"', '"tenent"'), "t8", ExitCode.SPEC_INVALID),
        (good.replace(commit_id, "main"), "t9", ExitCode.SPEC_INVALID),
        (good, "full", ExitCode.USAGE),
        (good, "spec.json/x", ExitCode.USAGE),
        (good, "t10", ExitCode.OK),
    ]
    for spec, tree, code in cases:
        assert run(tmp_path, spec, tree) == code, (spec, tree)
        error = capsys.readouterr().err
        assert error.count("\n") == (code is not ExitCode.OK)
        assert error.startswith(f"docgen: {code.reason}: " if code else "")


def test_a_spec_of_another_version_ends_before_anything_is_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = job_spec(str(tmp_path / "source"), make_repository(tmp_path / "source", {"a.txt": "one"}))
    (tmp_path / "spec.json").write_text(spec.model_dump_json())
    given = ["fetch", f"--spec={tmp_path}/spec.json", f"--tree={tmp_path}/tree"]
    assert main([*given, f"--recipe={'0' * 64}"]) == ExitCode.SPEC_INVALID
    said = capsys.readouterr().err
    assert GENERATOR in said
    assert "deploy the generator's image that belongs to the control plane" in said
    assert not (tmp_path / "tree").exists()
    assert main([*given, f"--recipe={spec.recipe()}"]) == ExitCode.OK


def test_git_sees_none_of_the_callers_environment() -> None:
    with Git(ENVIRON, Deadline(60), 1_000_000) as program:
        shown = program.run("-c", "alias.printenv=!env", "printenv").stdout.decode()
        assert "not for git" not in shown
        assert f"HOME={program.store.parent}" in shown
    assert not program.store.parent.exists()


def test_a_token_goes_to_one_host_and_is_gone_afterwards(tmp_path: Path) -> None:
    assert token_origin("https://github.com/acme/widget") == "https://github.com/"
    with pytest.raises(UsageError):
        token_origin(str(tmp_path))
    with Git(ENVIRON, Deadline(60), 1_000_000) as program:
        program.use_token("https://github.com/", "t0ken")
        there = program.run("config", "--get-urlmatch", "http.extraHeader", "https://github.com/acme/widget")
        elsewhere = program.run("config", "--get-urlmatch", "http.extraHeader", "https://example.org/x")
    assert there.stdout.startswith(b"Authorization: Basic ")
    assert elsewhere.stdout == b""


def test_every_error_is_one_printable_line() -> None:
    assert str(DocgenError("two\nlines \x1b[31m and more")) == "two lines ?[31m and more"
