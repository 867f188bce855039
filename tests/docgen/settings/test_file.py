"""`.documenthor.yml` says what it says, or one line says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Options, Page, Template, Tone
from docgen.deadline import Deadline
from docgen.errors import ConfigurationError
from docgen.settings.file import MAX_BYTES, NAME
from docgen.source.tree import read_tree

from tests.docgen.support import PACKAGE, job_spec, main_of, make_repository, write

if TYPE_CHECKING:
    from pathlib import Path


def options_of(folder: Path, content: str | bytes, options: Options | None = None) -> Options:
    """The options that a tree with this `.documenthor.yml` is documented by."""
    write(folder, {NAME: content})
    return read_tree(folder, options or Options(), Deadline(60)).options


def test_every_key_is_read(tmp_path: Path) -> None:
    content = """
        enabled: true
        language: de-CH
        tone: formal
        pages: [reference, readme]
        exclude: [gen/**, "*.sql"]
        templates:
          readme: {title: "About {name}", required: [start]}
          reference: {header: Read me first., footer: The end.}
        """
    found = options_of(tmp_path, content)
    assert (found.language, found.tone) == ("de-CH", Tone.FORMAL)
    assert found.pages == (Page.REFERENCE, Page.README)
    assert found.exclude == ("gen/**", "*.sql")
    assert (found.templates.readme.title, found.templates.readme.required) == ("About {name}", ("start",))
    assert found.templates.reference == Template(header="Read me first.", footer="The end.")


@pytest.mark.parametrize("content", ["", "# language: de\n", "\ufeff---\n", "{}"])
def test_a_file_that_says_nothing_changes_nothing(tmp_path: Path, content: str) -> None:
    assert options_of(tmp_path, content) == Options()


@pytest.mark.parametrize("tag", ["de", "pt-BR", "zh-Hant-TW", "de-CH-1901", "es-419", "en-u-co-phonebk", "x"])
def test_language_tags(tmp_path: Path, tag: str) -> None:
    if tag == "x":
        with pytest.raises(ConfigurationError, match="'x' is no BCP 47 language tag"):
            options_of(tmp_path, f"language: {tag}")
    else:
        assert options_of(tmp_path, f"language: {tag}").language == tag


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("langauge: de", "langauge: unknown key; did you mean language?"),
        ("colour: red", "colour: unknown key; known are language, tone, pages, exclude, templates, enabled"),
        ("templates: {readme: {tittle: x}}", "templates.readme.tittle: unknown key; did you mean title?"),
        ("templates: {redme: {}}", "templates.redme: unknown key; did you mean readme?"),
        ("templates: {reference: {required: [x]}}", "templates.reference.required: unknown key"),
        (
            "templates: {readme: {required: [strt]}}",
            "templates.readme.required.0: unknown word; did you mean start?",
        ),
        ("pages: [readmee]", "pages.0: unknown word; did you mean readme?"),
        ("tone: frendly", "tone: unknown word; did you mean friendly?"),
        ("tone: ironic", "tone: unknown word; known are plain, formal, friendly"),
        ("tone: 5", "tone: "),
        ("pages: readme", "pages: Input should be a valid"),
        ("limits: {files: 1000000}", "limits: unknown key"),
        ("locked: []", "locked: unknown key"),
        ("language: no", "language: is no text; put it in quotes"),
        ("language: german", "language: 'german' is no BCP 47 language tag such as 'de' or 'pt-BR'"),
        ('language: "de\\n"', "is no BCP 47 language tag"),
        ("language: " + "a" * 5000, "language: String should have at most 35 characters"),
        ("enabled: 'no'", "enabled: Input should be a valid boolean"),
        ("exclude: ['']", "exclude.0: "),
        (f"exclude: {['x'] * 101}", "exclude: "),
        (f"exclude: [{'a' * 301}]", "exclude.0: "),
        ("templates: {readme: {header: " + "a" * 4001 + "}}", "templates.readme.header: "),
        ("language: de\nlanguage: fr", "the key language is there twice"),
        ("- readme", "(the whole file): Input should be an object"),
        ("pages: [", "not readable as YAML"),
        ("!!python/object/apply:os.getcwd []", "not readable as YAML"),
        ("pages: &a [readme]\nexclude: *a", "it has an anchor or an alias"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]", "it has an anchor or an alias"),
        ("[" * 5000, "it is nested too deep"),
        (b"\xff\xfe", "not readable as YAML"),
        ("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7", " and 2 more"),
        ("x" * (MAX_BYTES + 1), f"is larger than {MAX_BYTES} bytes"),
    ],
)
def test_what_is_wrong_is_said_with_its_key(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        options_of(tmp_path, content)
    message = str(caught.value)
    assert message.startswith(NAME)
    assert says in message
    assert ";" in message
    assert "\n" not in message
    assert len(message) < 1500


def test_a_long_list_of_keys_takes_no_long_time(tmp_path: Path) -> None:
    content = "\n".join(f"k{number}: 1" for number in range(MAX_BYTES // 10))
    with pytest.raises(ConfigurationError, match="and 15 more"):
        options_of(tmp_path, content)


@pytest.mark.parametrize("name", [".documenthor.yaml", "documenthor.yml"])
def test_another_spelling_is_not_silently_ignored(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "enabled: false"})
    with pytest.raises(ConfigurationError, match=f"{name} is not read; rename it to {NAME}"):
        read_tree(tmp_path, Options(), Deadline(60))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("language: de")
    write(tmp_path / "tree", {"a.py": ""})
    (tmp_path / "tree" / NAME).symlink_to(tmp_path / "secret")
    with pytest.raises(ConfigurationError, match=r"cannot be read \(symlink\)"):
        read_tree(tmp_path / "tree", Options(), Deadline(60))


@pytest.mark.parametrize(
    ("files", "code", "says"),
    [
        ({NAME: "enabled: false"}, 18, "opted_out: .documenthor.yml says enabled: false"),
        ({NAME: "langage: de"}, 17, "invalid_configuration: .documenthor.yml is wrong at langage"),
        ({NAME: "x" * 2_500_000}, 17, "invalid_configuration: .documenthor.yml cannot be read (large)"),
    ],
)
def test_the_commands_end_in_codes_of_their_own(
    tmp_path: Path, files: dict[str, str | bytes], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = make_repository(tmp_path / "repo", {**PACKAGE, **files})
    assert main_of(tmp_path / "two", job_spec(str(tmp_path / "repo"), commit)) == code
    assert says in capsys.readouterr().err


def test_the_file_is_fetched_whatever_the_tenant_excludes(tmp_path: Path) -> None:
    commit = make_repository(tmp_path / "repo", {**PACKAGE, NAME: "enabled: false"})
    spec = job_spec(str(tmp_path / "repo"), commit, Options(exclude=("*.yml", "**/*.yml")))
    assert main_of(tmp_path / "two", spec) == 18
