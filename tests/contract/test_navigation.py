"""A navigation takes entries at its end, and nothing else of the file changes or is misread."""

from __future__ import annotations

import pytest
import yaml
from docgen.contract import Block, MarkerError, navigation_items, splice, without_blocks

BODY = '- "Architecture": "ARCHITECTURE.md"\n- "Référence 2": "reference/README.md"\n'
ENTRIES = [{"Architecture": "ARCHITECTURE.md"}, {"Référence 2": "reference/README.md"}]


def block(body: str = BODY, digest: str = "1") -> Block:
    return Block(path="mkdocs.yml", name="nav", rests_on=digest * 64, body=body)


@pytest.mark.parametrize(
    "text",
    [
        "site_name: X\nnav:\n  - Home: index.md\n  - A:\n    - b: c.md   # cc\n\n# after\ntheme: x\n",
        "nav:\n- Home: index.md",
        "nav:\n- Home: index.md\nlast: 1\n",
        "nav:\n    - index.md\n    # a comment\nlast: 1\n",
        "nav:\n  - a:\n      - {b: c.md}\nlast: [1, 2]\n",
        "nav:\n  - a:\n      - [b.md,\n         c.md]\nlast: 1\n",
        "shared: &n [x.md]\nnav:\n  - y.md\n  - *n\nagain: *n\n",
        "nav:\r\n  - A: b.md\r\nz: 1\r\n",
        "nav:\n  - A:\n",
        "nav:\n  - a: |\n      x\n\n  # c\nb: 1\n",
        'nav:\n  - a: "two\n      lines.md"\nb: 1\n',
        "# nav:\nextra:\n  nav:\n    - inner.md\nnav:\n  - outer.md\n",
        "---\nnav:\n  - a.md\n...\n",
        "nav:\n  - größe: größe.md\nnäme: ü\n",
    ],
)
def test_entries_are_added_at_the_end_of_the_list(text: str) -> None:
    after = splice(text.encode(), [block()])
    before, found = yaml.safe_load(text), yaml.safe_load(after)
    assert found == {**before, "nav": [*before["nav"], *ENTRIES]}
    assert without_blocks(after, "mkdocs.yml").rstrip() == text.encode().rstrip()
    assert splice(after, [block()]) == after
    again = splice(after, [block('- "Other": "other.md"', "2")])
    assert yaml.safe_load(again) == {**before, "nav": [*before["nav"], {"Other": "other.md"}]}


def test_tags_are_kept_and_never_acted_on() -> None:
    text = b"nav:\n  - a.md\nextra:\n  - x: !!python/object/apply:os.system [false]\n  - !ENV [A]\n"
    assert splice(text, [block()]).endswith(text.partition(b"- a.md\n")[2])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "site_name: X\n",
        "nav: [a.md]\n",
        "nav: a.md\n",
        "nav:\nx: 1\n",
        "nav: &a\n  - x.md\nother: *a\n",
        "nav:\n  - x.md\nnav:\n  - y.md\n",
        "- nav\n- - x.md\n",
        "nav:\n\t- x.md\n",
        "a: [\n",
        "nav:\n  - x.md\n\rb: 1\n",
        "nav:\n  - x.md\u2028b: 1\n",
        "nav:\n  - x.md\n---\nnav:\n  - y.md\n",
        "nav:\n  - x.md\n# documenthor:start nav\n",
        "a: |\n  # documenthor:start nav\n  # documenthor:end nav\nnav:\n  - x.md\n",
        "nav:\n  - x.md\nplugins:\n  # documenthor:start nav\n  # documenthor:end nav\n  - search\n",
        "nav:\n  - x.md # " + "x" * 100_000,
        "nav:\n  - " + "[" * 50_000,
        "nav:\n" + "".join(f"{'  ' * depth}- \n" for depth in range(200)),
    ],
)
@pytest.mark.timeout(20)
def test_where_entries_cannot_be_added_the_file_is_refused(text: str) -> None:
    with pytest.raises(MarkerError):
        splice(text.encode(), [block()])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "plugins: []",
        "- x.md",
        '- "A": "../x.md"',
        '- "A": "a/../../x.md"',
        '- "A": "/etc/x.md"',
        '- "A": "https://evil.example/x.md"',
        '- "A": "x.html"',
        '- "A": "x.md" # c',
        '  - "A": "x.md"',
        '- "A\\n": "x.md"',
        '- "{{ x }}": "x.md"',
        '- "<b>": "x.md"',
        '- "A": "x.md"\nplugins:',
        '- "A": "x.md"\n\n- "B": "y.md"',
        '- "A": !!python/name:os.system "x.md"',
        "\n".join('- "A": "x.md"' for _ in range(21)),
    ],
)
def test_a_body_holds_titles_and_pages_alone(body: str) -> None:
    with pytest.raises(MarkerError):
        navigation_items(body)
    with pytest.raises(MarkerError):
        splice(b"nav:\n  - a.md\n", [block(body)])


def test_markers_of_one_kind_of_file_mean_nothing_in_another() -> None:
    page = block().model_copy(update={"path": "docs/x.md", "body": "Text."})
    text = b"# documenthor:start nav\n# documenthor:end nav\n"
    assert splice(text, [page]).startswith(text)
    assert without_blocks(text, "docs/x.md") == text
