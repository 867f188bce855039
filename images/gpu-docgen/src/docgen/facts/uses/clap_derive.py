"""Options that Rust declares with clap's derive: attributes on the fields of a struct or a variant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Variable
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.clap_attributes import described, name_of, said_of
from docgen.facts.uses.clap_commands import Commands, case_of, spelled, variant_name
from docgen.facts.uses.literals import shown_default, string_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.clap_attributes import Said
    from docgen.facts.uses.source import Captures, Source

_Option = tuple[Flag | None, Variable | None]


def derived_options(source: Source, found: list[Captures]) -> Iterator[_Option]:
    """Each field with `short` or `long`, and the subcommands of the type or the variant that it is in."""
    by_place = {item["declared"][0].start_byte: item["declared"][0] for item in found if "declared" in item}
    items = list(by_place.values())
    commands = Commands(items)
    for item in items:
        said = said_of(item)
        above = commands.of(name_of(item))
        if item.type == "struct_item":
            yield from _options(source, item, above, said)
        for inner, _, variant in described(item.child_by_field_name("body")):
            if variant.type == "enum_variant":
                own = variant_name(inner, variant, case_of(said))
                paths = tuple(f"{path} {own}".strip() for path in above) if own else ()
                yield from _options(source, variant, paths, {**said, **inner})


def _options(source: Source, item: Node, commands: tuple[str, ...], around: Said) -> Iterator[_Option]:
    body = item.child_by_field_name("body")
    if body is None or body.type != "field_declaration_list":
        return
    for said, doc, field in described(body):
        if field.type == "field_declaration":
            yield from _option(source, field, {**_naming(around), **said}, doc, commands)


def _naming(around: Said) -> Said:
    """What a type says of how its fields are named."""
    return {key: value for key, value in around.items() if key in {"rename_all", "rename_all_env"}}


def _option(
    source: Source, field: Node, said: Said, doc: str, commands: tuple[str, ...]
) -> Iterator[_Option]:
    names = tuple(_names(said, name_of(field)))
    default = value_of(said.get("default_value") or said.get("default_value_t"))
    place = source.place(field)
    if names and not {"hide", "skip"} & said.keys():
        help_ = string_of(said.get("help")) or doc
        for command in commands:
            yield Flag(names, help_, place, shown_default(names[-1], default), command), None
    if env := _variable(said, name_of(field)):
        yield None, Variable(env, shown_default(env, default), place)


def _variable(said: Said, field: str) -> str:
    """The environment variable that stands in: as given, else as clap makes it of the field's name."""
    if "env" not in said:
        return ""
    made = spelled(field, "snake_case").upper() if "rename_all_env" not in said else ""
    return made if said["env"] is None else string_of(said["env"]) or ""


def _names(said: Said, field: str) -> Iterator[str]:
    """`-p` and `--port`: as given, else as clap makes them of a plain field name."""
    made = spelled(field, case_of(said))
    if "short" in said:
        given = said["short"]
        letter = text_of(given).strip("'") if given is not None else made[:1]
        yield from (f"-{letter}",) if re.fullmatch(r"\w", letter) else ()
    if "long" in said:
        given = said["long"]
        name = string_of(given) if given is not None else made
        yield from (f"--{name}",) if name else ()
