"""Templates: titles, text around a page, sections that it must have, and the order of the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from docgen.contract import Page, RepositorySettings, Templates
from docgen.messages import catalogue
from docgen.settings import NAME

from tests.docgen.messages.test_languages import FILES
from tests.docgen.support import PACKAGE, Files, bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.contract import Bundle


def built(folder: Path, settings: str, files: Files = PACKAGE) -> Bundle:
    """The bundle of the sample with this `.documenthor.yml`."""
    return bundle_of(folder, {**files, NAME: settings})


@pytest.mark.parametrize(
    ("page", "path", "title"),
    [
        ("readme", "README.md", "## All about widget\n"),
        ("architecture", "docs/ARCHITECTURE.md", "# All about widget\n"),
        ("configuration", "docs/configuration.md", "# All about widget\n"),
        ("reference", "docs/reference/README.md", "# All about widget\n"),
        ("agents", "AGENTS.md", "# All about widget\n"),
    ],
)
def test_a_title_replaces_that_of_its_page_alone(tmp_path: Path, page: str, path: str, title: str) -> None:
    every = f"pages: [{', '.join(Page)}]\n"
    plain = pages(built(tmp_path / "plain", every))
    template = "{title: 'All about {name}'}"
    found = pages(built(tmp_path / "titled", f"{every}templates: {{{page}: {template}}}"))
    assert found[path] == title + plain[path].partition("\n")[2]
    assert {key: body for key, body in found.items() if key != path} == {
        key: body for key, body in plain.items() if key != path
    }


def test_header_and_footer_stand_around_every_page_of_their_kind(tmp_path: Path) -> None:
    template = "{header: 'Of team *blue*.', footer: 'One.\n\n\n  Two `x`.'}"
    found = pages(built(tmp_path, f"templates: {{reference: {template}}}"))
    for path in ("docs/reference/README.md", "docs/reference/widget.md"):
        assert found[path].split("\n\n")[1] == "Of team *blue*."
        assert found[path].endswith("\n\nOne.\n\nTwo `x`.\n")
    assert "team" not in found["README.md"]


HOSTILE = "<script>x</script> [a](http://b) # <!-- documenthor:end readme --> @everyone {0} {name.x}"


def test_nothing_in_a_template_breaks_out(tmp_path: Path) -> None:
    texts = dict.fromkeys(("title", "header", "footer"), HOSTILE)
    body = pages(built(tmp_path, f"templates: {{readme: {texts}}}"))["README.md"]
    assert body.count("&lt;script>x&lt;/script>") == 3
    for broken in ("<script", "<!--", " @everyone"):
        assert broken not in body
    assert not re.search(r"(?<!\\)\]\(http", body)
    assert body.count("\n## ") == 0
    assert body.startswith("## ")


@pytest.mark.parametrize("title", ["''", "' '", '"\\u200b"'])
def test_an_empty_title_is_none(tmp_path: Path, title: str) -> None:
    assert pages(built(tmp_path, f"templates: {{readme: {{title: {title}}}}}"))["README.md"].startswith(
        "## At a glance\n"
    )


def test_a_page_without_a_required_section_is_left_out_and_linked_from_nowhere(tmp_path: Path) -> None:
    files = {path: text for path, text in PACKAGE.items() if path != "src/widget/cli.py"}
    settings = "templates: {configuration: {required: [variables, options]}}"
    bundle = built(tmp_path, settings, files)
    found = pages(bundle)
    assert "docs/configuration.md" not in found
    assert "configuration.md" not in found["README.md"]
    (note,) = bundle.notes
    assert note.startswith("docs/configuration.md is not written: ")
    assert "section options, which templates.configuration.required asks for" in note
    assert "docs/configuration.md" in pages(built(tmp_path / "b", settings))


def test_the_sample_shows_every_section_that_can_be_required(tmp_path: Path) -> None:
    lines = ["templates:"]
    for name, field in Templates.model_fields.items():
        required = getattr(field.annotation, "model_fields", {}).get("required")
        if required:
            sections = get_args(get_args(required.annotation)[0])
            assert sections
            lines.append(f"  {name}: {{required: [{', '.join(sections)}]}}")
    lines.append(f"pages: [{', '.join(Page)}]")
    bundle = built(tmp_path, "\n".join(lines), FILES)
    assert bundle.notes == ()
    assert {"README.md", "docs/ARCHITECTURE.md", "docs/configuration.md", "AGENTS.md"} <= set(pages(bundle))


@pytest.mark.parametrize("page", ["architecture", "configuration", "agents"])
def test_what_can_be_required_is_what_has_a_heading(page: str) -> None:
    schema = RepositorySettings.model_json_schema()["$defs"]
    sections = schema[f"{page.title()}Template"]["properties"]["required"]["items"]["enum"]
    assert all(catalogue("en").text(f"{page}.{section}") for section in sections)


def test_pages_are_listed_in_the_order_they_were_asked_for_in(tmp_path: Path) -> None:
    order = [Page.CONFIGURATION, Page.README, Page.REFERENCE, Page.ARCHITECTURE]
    body = pages(built(tmp_path, f"pages: [{', '.join(order)}]"))["README.md"]
    links = body[body.index("\n- [") :]
    assert [links.index(name) for name in ("[Conf", "[Ref", "[Arch")] == sorted(
        links.index(name) for name in ("[Conf", "[Ref", "[Arch")
    )


def test_every_page_but_one_has_a_template() -> None:
    assert set(Templates.model_fields) == set(Page) - {Page.LLMS}
