"""What functions of other languages than Python do: only what their text decides."""

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
RUST = """
pub struct Shop;
impl Shop {
    pub fn price(&self) -> i32 { tax(1) }
    pub fn own(&self) -> i32 { self.tax() }
}
pub fn tax(n: i32) -> i32 { n }
pub fn shadowed(tax: fn(i32) -> i32) -> i32 { tax(1) }
pub fn local() -> i32 { let tax = |n| n; tax(1) }
pub fn later() { spawn(|| tax(1)); }
pub fn masked() { log!(tax(1)); tax(2); }
pub fn elsewhere() { other::tax(1); }
mod inner { pub fn nested() { tax(1); } fn tax(n: i32) {} }
"""
C = """
#define FREE(x) gone(x)
#define gone(x) 0
int tax(int n) { return n; }
int *price(int n) { return keep(tax(n)); }
int shadowed(int (*tax)(int)) { return tax(1); }
int masked(int n) { ASSERT(tax(n)); return FREE(n); }
int dropped(int n) {
#if 0
  tax(n);
#endif
  return sizeof(tax(n));
}
int gone(int n) { return n; }
int twice(int n) { return gone(n); }
"""
PHP = """<?php
namespace Shop;
class ShopError extends \\Exception {}
function tax($n) { return $n; }
function price($n) { if (!$n) { throw new ShopError('x'); } return tax($n); }
function dynamic($tax) { return $tax(1) + $tax->tax(2); }
function later() { return fn () => tax(1); }
function guarded() { try { throw new ShopError('x'); } catch (ShopError $e) { } }
function foreign() { throw new \\Other\\ShopError('x'); }
class Till { public function open() { tax(1); throw new LogicError('x'); }
  public function again($e) { throw $e; } }
"""
JAVA = """
package shop;
public class Till {
  public Till() { throw new ShopError("x"); }
  public int open() throws IOException { if (a) { throw new LateError("x"); } return count(); }
  public int count() { return 1; }
  public void guarded() { try { throw new LateError("x"); } catch (LateError e) { } }
  public void later() { run(() -> { throw new LateError("x"); }); }
  public void inner() { new Till() { public int count() { throw new LateError("x"); } }; }
  public void again(RuntimeException e) { throw e; }
}
class ShopError extends RuntimeException { }
"""
CSHARP = """
namespace Shop;
public class Till {
  public int Open() { return Count() ?? throw new LateError("x"); }
  public int Count() { throw new ShopError(); }
  public void Guarded() { try { throw new LateError("x"); } catch { } }
  public void Later() { Run(() => throw new LateError("x")); void In() { throw new LateError("x"); } }
  public void Again(Exception e) { throw e; }
}
public class ShopError : Exception { }
"""
RUBY = """
class ShopError < StandardError; end
class Till
  def open(key)
    raise ShopError, 'locked' unless key
    count
  end
  def count; raise LateError.new('x'); end
  def guarded
    raise LateError
  rescue LateError
    1
  end
  def begun; begin; raise LateError; rescue; end; end
  def briefly; (raise LateError) rescue 1; end
  def later; each { raise LateError }; end
  def text; raise 'x'; end
  def again(error); raise error; end
  def self.made; fail ShopError; end
end
"""
# What a case may import.
OTHERS = {f"{name}.py": "def go(): ...\ndef on(): ...\n" for name in ("first", "second")}
LEFT = """
int tax(int n) { return n; }
int left(int n) { return n; tax(n); }
int maybe(int n) { if (n) return 1; else tax(n); return 2; }
int jumped(int n) { if (n) goto out; return 1; out: return tax(n); }
int cases(int n) { switch (n) { case 1: return 1; case 2: return tax(n); } return 0; }
#if 0
int never(int n) { return tax(n); }
#endif
"""
BRANCHES = """
import sys
if sys.platform == "win32":
    from first import go
else:
    from second import go
from first import on
def run(): go(); on()
def left():
    return on()
    on(); raise OSError
def never():
    if False:
        raise ValueError
    while 0: on()
    raise KeyError
"""
CALLED = {("price", "calls", "tax"), ("guarded", "calls", "price")}
THROWN = {("tax", "raises", "ShopError"), ("thrown", "raises", "RangeError")}


def facts_of(folder: Path, path: str, text: str) -> set[tuple[str, str, str]]:
    write(folder, {path: text, **OTHERS})
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
        ("shop.rs", RUST, {("Shop.price", "calls", "tax")}),
        ("shop.c", C, {("price", "calls", "tax")}),
        (
            "shop.php",
            PHP,
            {("price", "calls", "tax"), ("Till.open", "calls", "tax")}
            | {("price", "raises", "ShopError"), ("Till.open", "raises", "LogicError")},
        ),
        (
            "Till.java",
            JAVA,
            {("Till.Till", "raises", "ShopError"), ("Till.open", "raises", "LateError")},
        ),
        ("Till.cs", CSHARP, {("Till.Open", "raises", "LateError"), ("Till.Count", "raises", "ShopError")}),
        (
            "till.rb",
            RUBY,
            {("Till.open", "raises", "ShopError"), ("Till.count", "raises", "LateError")}
            | {("Till.made", "raises", "ShopError")},
        ),
        ("shop.js", "export function a() { return; b(); }\nfunction b() { throw x; b(); }", set()),
        ("shop.c", LEFT, {(name, "calls", "tax") for name in ("maybe", "jumped", "cases")}),
        (
            "mine.py",
            BRANCHES,
            {("run", "calls", "on"), ("left", "calls", "on"), ("never", "raises", "KeyError")},
        ),
        ("shop.cpp", "int a() { return b(); }\nint b() { return 1; }\n", set()),
    ],
)
def test_only_what_the_text_decides_is_a_fact(
    tmp_path: Path, path: str, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert facts_of(tmp_path, path, text) == expected
