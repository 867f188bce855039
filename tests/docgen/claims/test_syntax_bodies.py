"""What functions of JavaScript, TypeScript and Go do: only what their text decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.claims.knowledge import Knowledge
from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

from tests.docgen.support import write

if TYPE_CHECKING:
    from pathlib import Path

ECMASCRIPT = """
import { other } from './other.js';
export class ShopError extends Error {}
export function price(name) { return tax(name); }
export function tax(name) { if (!name) throw new ShopError('x'); return 1; }
export function listed(names) { return names.map((name) => price(name)); }
export function shadowed(tax) { return tax(1); }
export function destructured({ price }) { return price(1); }
export function nested() { function price() {} return price(); }
export function local() { const tax = () => 1; return tax(); }
export function handed() { return run(price); }
export function method(shop) { return shop.price(1) + other(2); }
export function guarded() { try { throw new ShopError('x'); } catch (error) { return price(2); } }
export function thrown() { throw new RangeError('far'); }
export function made(RangeError) { throw new RangeError('far'); }
export function rethrown(error) { throw error; }
export function renewed() { return changed(); }
export function changed() { return 1; }
changed = () => 2;
"""
GO = """
package shop

func Price(name string) int { return Tax(name) }

func Tax(name string) int { return len(name) }

func Shadowed(Tax func(string) int) int { return Tax("x") }

func Local() int { Tax := 3; return Tax }

func Later() { go func() { Price("x") }() }

func Method(s Shop) int { return s.Price() }

type Shop struct{}

func (s Shop) Price() int { return Tax("x") }

type Euro int

func Converted(n int) Euro { return Euro(n) }
"""
CALLED = {("price", "calls", "tax"), ("guarded", "calls", "price")}
THROWN = {("tax", "raises", "ShopError"), ("thrown", "raises", "RangeError")}


def facts_of(folder: Path, path: str, text: str) -> set[tuple[str, str, str]]:
    write(folder, {path: text})
    deadline = Deadline(60)
    tree = read_tree(folder, Options(), deadline)
    knowledge = Knowledge(read_facts(tree, "acme/shop", deadline), tree)
    return {
        (fact.subject.name, fact.predicate, fact.object.name)
        for facts in knowledge.about.values()
        for fact in facts
        if fact.predicate in {"calls", "raises"}
    }


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("shop.js", ECMASCRIPT, CALLED | THROWN),
        ("shop.ts", ECMASCRIPT.replace("(name)", "(name: string): number", 1), CALLED | THROWN),
        ("shop.tsx", ECMASCRIPT, CALLED | THROWN),
        ("shop/shop.go", GO, {("Price", "calls", "Tax")}),
        ("shop.js", "export function a() { b( }\nexport function b() {{{", set()),
        ("shop.rs", "pub fn a() { b() }\npub fn b() {}\n", set()),
    ],
)
def test_only_what_the_text_decides_is_a_fact(
    tmp_path: Path, path: str, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert facts_of(tmp_path, path, text) == expected
