"""What is read from a few lines in each language, in tables of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.deadline import Deadline
from docgen.errors import TimedOutError
from docgen.facts.syntax.source import read_source
from docgen.source.tree import SourceFile

if TYPE_CHECKING:
    from docgen.facts.model import Module

_PATHS = {
    "C": "a.c",
    "C#": "a.cs",
    "C++": "a.cpp",
    "Go": "p/a.go",
    "Java": "A.java",
    "JavaScript": "a.js",
    "PHP": "a.php",
    "Ruby": "a.rb",
    "Rust": "src/lib.rs",
    "Shell": "a.sh",
    "TypeScript": "a.ts",
}


def module(language: str, source: str, path: str = "") -> Module:
    """The module that `source` is."""
    file = SourceFile(path or _PATHS[language], source.encode(), 1, language)
    found = read_source(file, Deadline(60))
    assert found is not None
    return found.module


def names(language: str, source: str, path: str = "") -> str:
    """The names in the source: `+` before the public ones, members in brackets behind their owner."""
    shown = []
    for symbol in module(language, source, path).symbols:
        inside = " ".join(f"{'+' if item.is_public else '-'}{item.name}" for item in symbol.members)
        shown.append(f"{'+' if symbol.is_public else '-'}{symbol.name}{f'({inside})' if inside else ''}")
    return " ".join(shown)


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("JavaScript", "export function a() {}\nfunction b() {}", "+a -b"),
        ("JavaScript", "function a() {}\nfunction b() {}\nexport { a as c }", "+a -b"),
        ("JavaScript", "class A {}\nexport default A", "+A"),
        # What no compiler sees.
        (
            "C",
            "#if 0\nint a(void);\n#if X\nint b(void);\n#endif\n#else\nint c(void);\n#endif\nint d(void);",
            "+c +d",
        ),
        (
            "C",
            "#if 1 // on\nint a(void);\n#elif X\nint b(void);\n#else\nint c(void);\n#endif\nint d(void);",
            "+a +d",
        ),
        ("C", "#ifdef X\nint a(void);\n#elif 0\nint b(void);\n#else\nint c(void);\n#endif", "+a +c"),
        ("C", "#endif\n#if 0 + X\nint a(void);\n#endif\n#if (0)\nint b(void);", "+a"),
        ("C#", "#if false\npublic class A {}\n#endif\n#if DEBUG\npublic class B {}\n#endif", "+B"),
        ("Go", "// Mine.\n\n//go:build ignore\n\npackage p\nfunc A() {}", ""),
        ("Go", "//go:build !ignore\n\npackage p\nfunc A() {}", "+A"),
        ("Go", "package p\n//go:build ignore\nfunc A() {}", "+A"),
        ("JavaScript", "export default function () {}", "+default"),
        ("JavaScript", "export default class {}", "+default"),
        ("JavaScript", "exports.a = 1; module.exports.b = () => 2; other.c = 3", "+a +b"),
        (
            "JavaScript",
            "module.exports = { a, b: c }\nfunction a() {}\nfunction b() {}\nfunction c() {}",
            "+a -b +c",
        ),
        ("JavaScript", "function A() {}\nA.prototype.b = function () {}\nmodule.exports = A", "+A(+b)"),
        ("JavaScript", "function A() {}\nA.b = function () {}", "-A(-b)"),
        (
            "JavaScript",
            "module.exports = { a() {}, b: (c) => c, get d() {},\n/** E. */\ne: 1, f: 2 }",
            "+a +b +d +e",
        ),
        ("JavaScript", "exports = module.exports = { a() { return { b() {} } }, _c() {} }", "+a -_c"),
        (
            "JavaScript",
            "const a = module.exports = { b: c, d() {}, e: { f() {} }, async *g() {} }",
            "+a(+b +d +e +g)",
        ),
        ("JavaScript", "export default { a() {}, b, c: d }\nfunction b() {}", "+default(+a +b +c) -b"),
        ("JavaScript", "const a = { b() {} }\ncall({ c() {} })\nexport { a }", "+a(+b)"),
        ("JavaScript", "export const a = { b: 1, c: 2 }", "+a"),
        ("JavaScript", "export const a = {\n/** B. */\nb: 1, c: 2 }", "+a(+b +c)"),
        ("JavaScript", "const a = () => { const b = { c() {} } }\nmodule.exports = { a }", "+a"),
        (
            "JavaScript",
            "function A() {}\nA.prototype = { b() {} }\nObject.assign(A.prototype, { c() {} })\nexport { A }",
            "+A(+b +c)",
        ),
        (
            "JavaScript",
            "var a = module.exports = {}\na.b = a.c = function d() {}\na.e = (f) => f\na.g = 1",
            "+a(+b +c +e +g)",
        ),
        ("JavaScript", "export class A { get b() {}\nset b(c) {}\nget d() {} }", "+A(+b +d)"),
        ("TypeScript", "export const a = { b(): void {} } as const", "+a(+b)"),
        ("JavaScript", "export class A { #b = 1; _c() {} d() {} ['e']() {} }", "+A(-#b -_c +d)"),
        ("JavaScript", "export const _a = 1", "-_a"),
        (
            "JavaScript",
            "call(function () { function a() {} })\nfor (const b of c) {}\nif (d) { const e = 1 }",
            "",
        ),
        ("JavaScript", "const a = require('a'); const b = 1", "-b"),
        (
            "JavaScript",
            "/** @private */\nexport function a() {}\n/** @internal */\nexport const b = 1",
            "-a -b",
        ),
        (
            "TypeScript",
            "export class A { private a = 1; protected b() {} public c() {} d?: string }",
            "+A(-a -b +c +d)",
        ),
        (
            "TypeScript",
            "export namespace N { export const a = 1; export class B { c() {} } }\n",
            "+N.a +N.B(+c)",
        ),
        ("TypeScript", "namespace N { export const a = 1 }\n", "-N.a"),
        ("TypeScript", "export declare const a: number; export declare class B {}", "+a +B"),
        ("TypeScript", "function a() {}\nexport = a", "+a"),
        (
            "TypeScript",
            "export interface A { (b: string): void; new (c?: number): A }",
            "+A(+(b: string) +(c?: number))",
        ),
        (
            "TypeScript",
            "export interface A { [key: string]: B; [S.a](): C; [S.b]: D; 'e-f': G }",
            "+A(+[ +[S.a] +[S.b] +'e-f')",
        ),
        ("TypeScript", "export abstract class A { abstract b(): void }", "+A(+b)"),
        (
            "Go",
            "package p\nfunc A() {}\nfunc b() {}\nfunc (c C) D() {}\nfunc (e e) F() {}",
            "+A -b +C.D -e.F",
        ),
        ("Go", "package p\ntype A struct { B, c int; D; *e.F }", "+A(+B -c +D +F)"),
        ("Go", "package p\ntype (\n\tA int\n\tb = string\n)\nvar (\n\tC = 1\n\td = 2\n)", "+A -b +C -d"),
        ("Go", "package p\ntype A[T any] struct{}\nfunc (a *A[T]) B() {}", "+A(+B)"),
        ("Rust", "pub fn a() {} pub(crate) fn b() {} fn c() {} pub(in x) fn d() {}", "+a -b -c -d"),
        ("Rust", "pub struct A { pub b: u8, c: u8 }\nimpl A { pub fn d() {} fn e() {} }", "+A(+b -c +d -e)"),
        ("Rust", "pub enum A { B, C(u8) }\nimpl A { fn d() {} }", "+A(+B +C -d)"),
        (
            "Rust",
            "pub trait A { fn b(); fn c() {} const D: u8; }\nimpl A for X { fn b() {} }",
            "+A(+b +c +D)",
        ),
        (
            "Rust",
            "pub mod a { pub fn b() {} pub mod c { pub fn d() {} } }\nmod e { pub fn f() {} }",
            "+a::b +a::c::d -e::f",
        ),
        ("Rust", "pub enum A {\n B,\n #[cfg(c)] // d\n #[doc(hidden)]\n E,\n}", "+A(+B -E)"),
        ("Rust", "#[doc(hidden)]\npub fn a() {}\n#[cfg(test)]\nmod tests { pub fn b() {} }", "-a"),
        ("Rust", "impl Elsewhere { pub fn a() {} fn b() {} }", "+Elsewhere::a -Elsewhere::b"),
        (
            "Java",
            "public class A { public int a; int b; protected int c; private int d; }",
            "+A(+a -b +c -d)",
        ),
        ("Java", "public interface A { void b(); int C = 1; private void d() {} }", "+A(+b +C -d)"),
        ("Java", "public enum A { B, C { void d() {} }; public void e() {} void f() {} }", "+A(+B +C +e -f)"),
        ("Java", "class A { public static class B { public void c() {} } }", "-A -A.B(-c)"),
        (
            "Java",
            "public class A { void b() { class C {} D d = new D() { public void run() {} }; } }",
            "+A(-b)",
        ),
        (
            "C#",
            "public class A { public int B { get; } int C; internal int D; protected int E; }",
            "+A(+B -C -D +E)",
        ),
        ("C#", "namespace N; public interface I { void A(); }", "+I(+A)"),
        ("C#", "class A {} internal class B {} public enum C { D }", "-A -B +C(+D)"),
        ("C#", "namespace N { namespace M { public class A { public class B {} } } }", "+M.A +M.A.B"),
        ("C", "int a(void); static int b(void); int c; static int d;", "+a -b +c -d"),
        ("C", "typedef struct x { int a; } y; struct z; typedef struct z z;", "+y(+a) +z"),
        ("C", "char **a(int); int (*b)(void); unsigned long c[2] = {1};", "+a +c"),
        ("C", "#define A\n#define B 1\n#define C(x) x\n", "+B +C"),
        ("C", "#define A 1\n#define B(x) x\n#undef B\n#undef A  // gone\n#define A 2\n", "-A -B +A"),
        ("C++", "namespace a {\n#define B(x) x\nint c();\n}\n", "+B +a::c"),
        (
            "C++",
            "namespace a {\nclass B {\n    M_C(d, B)\n};\nclass E {\n    M_C(d, (E))  // f\n};\n}",
            "+a::B +a::E",
        ),
        ("C++", "int a = M_B(1)\n    + 2;\nenum C {\n    D,\n    M_E\n};", "+a +C(+D +M_E)"),
        ("C++", "class A { int a; public: int b; protected: int c; private: int d; };", "+A(-a +b -c -d)"),
        ("C++", "class A { public: A(); M(b); M(int c); ~A(); };", "+A(+A -M +~A)"),
        ("C++", "struct A { A(int); M(b); };", "+A(+A -M)"),
        ("C++", "struct A { int a; private: int b; struct C { int d; }; };", "+A(+a -b) +A::C(+d)"),
        (
            "C++",
            "namespace a { namespace b { void c(); } } namespace { int d(); } namespace detail { int e(); }",
            "+a::b::c",
        ),
        ("C++", "namespace a::b { class C; class D {}; } void a::b::D::e() {}", "+a::b::D"),
        (
            "C++",
            "template <> struct A<int> { int b; }; class B { friend class C; static void d(); };",
            "+B(-d)",
        ),
        (
            "Ruby",
            "class A\n def b; end\n private\n def c; end\n def self.d; end\nend\nclass E\n def f; end\nend",
            "+A(+b -c +d) +E(+f)",
        ),
        ("Ruby", "class A\n  class B\n  end\nend", "+A::B"),
        ("Ruby", "class A\n  def c\n  end\n  class B\n  end\nend", "+A(+c) +A::B"),
        ("Ruby", "# Says.\nclass A\n  class B\n  end\nend\nclass C\nend", "+A +A::B +C"),
        ("Ruby", "class A < D\n  class B\n  end\nend", "+A +A::B"),
        ("Ruby", "class A\n class << self\n  private\n  def b; end\n end\n def c; end\nend", "+A(-b +c)"),
        ("Ruby", "class A\n def b; end\n def c; end\n private :b, :c\n public\nend", "+A(-b -c)"),
        (
            "Ruby",
            "class A # :nodoc:\n def b; end\nend\nclass C\n def d #:nodoc:\n end\n def e; end\nend",
            "-A(+b) +C(-d +e)",
        ),
        ("Ruby", "def a # it says :nodoc:\nend\n# :nodoc:\ndef b; end # :nodoc:", "+a -b"),
        (
            "Ruby",
            "def a; end\n# :stopdoc:\ndef b; end\n# :startdoc:\ndef c; end\n# :stopdoc:\ndef d; end",
            "+a -b +c -d",
        ),
        ("Ruby", "module A\n module B\n  C = 1\n end\nend\nmodule D; end", "+A::B(+C)"),
        ("Ruby", "each do\n def a; end\nend\ndef b; end\n# @api private\ndef c; end", "+b -c"),
        (
            "PHP",
            "<?php class A { public $a; protected $b; private $c; var $d; function e() {} }",
            "+A(+a -b -c +d +e)",
        ),
        ("PHP", "<?php function a() { function b() {} } const C = 1; $d = function () {};", "+a +C"),
        (
            "PHP",
            "<?php class A { public function __construct() {} public function _b() {} }",
            "+A(+__construct -_b)",
        ),
        ("PHP", "<?php $a = new class { public function b() {} };", ""),
        (
            "Shell",
            "a() { b() { :; }; }\n_c() { :; }\nfunction d { :; }\nE=1\nreadonly F=2\nlocal g=3",
            "+a -_c +d +F",
        ),
    ],
)
def test_names_and_visibility(language: str, source: str, expected: str) -> None:
    assert names(language, source) == expected


@pytest.mark.parametrize(
    ("language", "source", "signature"),
    [
        (
            "JavaScript",
            "export async function* a(b = 1, { c = 2 } = {}, ...d) { e() }",
            "export async function* a(b = 1, { c = 2 } = {}, ...d)",
        ),
        ("JavaScript", "export const a = (b /* not this */,\n  c) => b", "export const a = (b, c)"),
        ("JavaScript", "export const a = { b: 1,\n c: 2 }", "export const a = …"),
        (
            "JavaScript",
            "const a = exports = module.exports = { b() {} }",
            "const a = exports = module.exports = …",
        ),
        ("JavaScript", "exports = module.exports = { async a(b, { c }) {} }", "async a(b, { c })"),
        ("JavaScript", "module.exports = { a: function (b) {} }", "a: function (b)"),
        ("JavaScript", "module.exports = { get a() {}, set a(b) {} }", "get a()\nset a(b)"),
        ("JavaScript", "export const a = b => b + 1", "export const a = (b)"),
        ("JavaScript", "module.exports = { a: async b => b }", "a: async (b)"),
        ("JavaScript", "export function a(/* b, c */) {}", "export function a()"),
        ("JavaScript", "export const apiToken = 'abc'", "export const apiToken = …"),
        ("JavaScript", "export const a = 'a  b'", "export const a = 'a b'"),
        (
            "TypeScript",
            (
                "export function a(b: string): void\nexport function a(b: number): void\n"
                "export function a(b: any) {}"
            ),
            "export function a(b: string): void\nexport function a(b: number): void",
        ),
        (
            "TypeScript",
            "@d({ e: 1 })\nexport class A<T = X> extends B<T> implements C {}",
            "export class A<T = X> extends B<T> implements C",
        ),
        (
            "TypeScript",
            "export type A = { b: string;\n c?: number }",
            "export type A = { b: string; c?: number }",
        ),
        (
            "TypeScript",
            "export type A = {\n b: string // c\n /** D. */\n e?: { f: 1\n g: 2 }\n h(): void,\n i: 3\n}",
            "export type A = { b: string; e?: { f: 1; g: 2 }; h(): void, i: 3 }",
        ),
        (
            "TypeScript",
            "export function a(b: {\n  c: string\n  d: number\n}): { e: 1\n f: 2 } { return x }",
            "export function a(b: { c: string; d: number }): { e: 1; f: 2 }",
        ),
        (
            "TypeScript",
            "export interface A<\n  B = Map<\n    C,\n    D\n  >,\n  E = G,\n> extends F<E> {}",
            "export interface A<B = Map<C, D>, E = G> extends F<E>",
        ),
        (
            "Go",
            "package p\nfunc A(b int, c ...string) (d, e error) { return }",
            "func A(b int, c ...string) (d, e error)",
        ),
        (
            "Go",
            f"package p\nfunc A({'b' * 50}, {'c' * 50} int) {{}}",
            f"func A(\n    {'b' * 50}, {'c' * 50} int,\n)",
        ),
        ("Go", "package p\nconst (\n\tA, B = 1, 2\n)", "const A, B = 1, 2"),
        (
            "Rust",
            "#[inline]\npub async unsafe fn a<T>(b: &mut T) -> u8 where T: X { 1 }",
            "pub async unsafe fn a<T>(b: &mut T) -> u8 where T: X",
        ),
        ("Java", "@A @Deprecated public <T> class B {}", None),
        (
            "Java",
            "@A(x = 1) @Deprecated public final class B<T> implements C {}",
            "@Deprecated public final class B<T> implements C",
        ),
        ("C#", "[A] public record B(int C = 1) : D(C);", "public record B(int C = 1) : D(C)"),
        ("C", "extern\nint a(const char *b,\n      int c /* d */);", "extern int a(const char *b, int c)"),
        (
            "C",
            "int a(int first_of_a_few, int second_of_a_few, int third_of_a_few, int the_fourth_of_a_few);",
            (
                "int a(\n    int first_of_a_few,\n    int second_of_a_few,\n    int third_of_a_few,\n"
                "    int the_fourth_of_a_few\n)"
            ),
        ),
        (
            "TypeScript",
            f"export function a({'b' * 50}: string, ...{'c' * 50}: number[]): void {{}}",
            f"export function a(\n    {'b' * 50}: string,\n    ...{'c' * 50}: number[]\n): void",
        ),
        (
            "C++",
            "template <typename T>\nauto a(T b = 1) noexcept -> int { return 1; }",
            "template <typename T> auto a(T b = 1) noexcept -> int",
        ),
        ("Ruby", "A = <<~B\n  c\nB\n", "A = …"),
        ("Ruby", "A = [<<-'B', 1].freeze\n  c\nB\n", "A = …"),
        ("Ruby", "A = 1 << 2", "A = 1 << 2"),
        ("Ruby", "def a(b, c = {}, *d, e:, f: 1, **g, &h) = 1", "def a(b, c = {}, *d, e:, f: 1, **g, &h)"),
        (
            "PHP",
            "<?php #[A]\nabstract class B extends C implements D {}",
            "abstract class B extends C implements D",
        ),
        (
            "PHP",
            "<?php function &a(?int $b = null, string|C ...$d): ?static {}",
            "function &a(?int $b = null, string|C ...$d): ?static",
        ),
        ("C", "int a(int /* b */, char * /*c*/);", "int a(int, char *)"),
        ("Shell", "function a-b () {\n:\n}", "function a-b ()"),
        ("C", "#define A(b) \\\n    do { b; } while (0)\n", "#define A(b)"),
        ("C", "#define A \\\n    1 + \\\n 2\n", "#define A …"),
    ],
)
def test_signatures(language: str, source: str, signature: str | None) -> None:
    found = [symbol.signature for symbol in module(language, source).symbols]
    assert list(dict.fromkeys(found)) == ([] if signature is None else [signature])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{ get; set; }", "{ get; set; }"),
        ("{ get => 1; set { } }", "{ get; set; }"),
        ("{ get { return 1; } private set { } }", "{ get; }"),
        ("{ set { get = 1; } }", "{ set; }"),
        ("{ get; } = new() { set = 1 };", "{ get; } = new() { set = 1 }"),
    ],
)
def test_accessors_end(written: str, shown: str) -> None:
    (owner,) = module("C#", f"public class A {{ public int B {written} }}").symbols
    assert [member.signature for member in owner.members] == [f"public int B {shown}"]


def test_what_is_deleted_says_so() -> None:
    (owner,) = module(
        "C++", "class A { public: void gone() = delete; A& operator=(const A&) = delete; };"
    ).symbols
    shown = ["void gone() = delete", "A& operator=(const A&) = delete"]
    assert [member.signature for member in owner.members] == shown


@pytest.mark.parametrize(
    ("inside", "signatures"),
    [
        ("class << self\n def b(c); end\nend\ndef d; end", ["def self.b(c)", "def d"]),
        ("class << self\n public\n def b; end\nend", ["def self.b"]),
        ("class << self\n public def b; end\nend", ["public def self.b"]),
        ("class << self\n attr_accessor :b\n C = 1\nend\nattr_reader :d", ["attr_reader :d"]),
        ("class << self\n class B\n  def c; end\n end\nend", []),
        ("class << b\n def c; end\nend", []),
    ],
)
def test_what_is_of_a_class_is_not_of_its_instances(inside: str, signatures: list[str]) -> None:
    (owner,) = module("Ruby", f"class A\n{inside}\nend").symbols
    assert [member.signature for member in owner.members] == signatures


@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [
        ("C", "a.h", "+a"),
        ("C", "a.c", "-a"),
    ],
)
def test_what_is_static_in_a_header_is_for_those_who_include_it(
    language: str, path: str, expected: str
) -> None:
    assert names(language, "static inline int a(void) { return 1; }", path) == expected


@pytest.mark.parametrize(
    "source", ["namespace a { void b(); }", "class A\n{\npublic:\n};", "template <class T> T b();"]
)
def test_a_header_of_cpp_is_told_by_what_is_in_it(source: str) -> None:
    assert module("C", source, "a.h").language == "C++"
    assert module("C", "struct a { int b; };", "a.h").language == "C"


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("JavaScript", "export function a( {\n\nexport function b() {}\nexport function c() {}", ""),
        ("Java", "public class A { public void b() { ((( } public void c() {} }", "+A(+b +c)"),
        ("Go", "package p\nfunc A(b int) {}\nfunc C(d int,,) {}\nfunc E() {}", "+A +E"),
        ("Ruby", "class A\n def b(\n", ""),
        ("C", "int a(void);\nint b(int c;\nint d(void);", "+a +d"),
        ("PHP", "<?php function a() {} function (", "+a"),
    ],
)
def test_what_the_parser_is_not_sure_of_is_left_out(language: str, source: str, expected: str) -> None:
    assert set(expected.split()) >= set(names(language, source).split())
    if expected:
        assert names(language, source).split()[0] == expected.split()[0]


HOSTILE = {
    "brackets": "(" * 9_000,
    "braces": "{" * 9_000,
    "classes": "class A {" * 3_000,
    "functions": "function a() {" * 3_000,
    "modules": "module A\n" * 3_000,
    "comments": "/** a */\n" * 5_000 + "// b\n# c\n",
    "stars": "/**" + " *" * 20_000 + "/ int a();",
    "tags": '/// <param name="a">' * 3_000 + "\npublic class A {}",
    "spaces": "/**" + " " * 9_000 + "<p>" + " " * 9_000 + "*/ class A {}",
    "templates": "template <" * 3_000,
    "generics": "a<" * 5_000,
    "parameters": "int a(" + "int b," * 9_000 + "int c);",
    "names": "int " + ",".join(f"a{n} = 'b'" for n in range(5_000)) + ";",
    "members": "class A {\n" + "public int a;\n" * 5_000 + "}",
    "objects": "module.exports = " + "{ a: " * 3_000,
    "assignments": "a.b = " * 3_000 + "function () {}",
    "marks": "# " + "+a" * 9_000 + "*b" * 9_000 + "[c" * 9_000 + "\ndef a; end",
    "stops": "# :stopdoc:\n# :startdoc:\n" * 3_000 + "def a; end\n" * 3_000,
    "uses": "use a::{" * 2_000 + "b" + "}" * 2_000 + ";",
    "text": "\x00\ufffd\u202e" * 1_000,
}


@pytest.mark.parametrize("language", _PATHS)
def test_hostile_sources_take_little_time_and_break_nothing(language: str) -> None:
    for source in HOSTILE.values():
        deadline = Deadline(120)
        file = SourceFile(_PATHS[language], source.encode(), 1, language)
        assert read_source(file, deadline) is not None


def test_the_time_is_bounded() -> None:
    ticks = iter(range(10_000))
    deadline = Deadline(20, clock=lambda: float(next(ticks)))
    source = "export function a() {}\n" * 5_000
    with pytest.raises(TimedOutError):
        read_source(SourceFile("a.js", source.encode(), 1, "JavaScript"), deadline)


def test_a_language_without_rules_is_no_module() -> None:
    assert read_source(SourceFile("a.lua", b"x = 1", 1, "Lua"), Deadline(5)) is None


@pytest.mark.parametrize("before", ["", "\n", "\n\n  \n", "\r\n\t"])
def test_blank_lines_before_the_first_word_move_nothing(before: str) -> None:
    found = module("JavaScript", f"{before}/** Adds. */\nexport function add(a, b = 1) {{ return a + b }}\n")
    (symbol,) = found.symbols
    assert (symbol.signature, symbol.doc) == ("export function add(a, b = 1)", "Adds.")
    assert symbol.place.line == before.count("\n") + 2


def test_what_cannot_be_called_says_so() -> None:
    inside = "A(const A &) = delete; A &operator=(const A &) = delete; virtual ~A() = default;"
    source = f"class A {{ public: {inside} }};"
    (owner,) = module("C++", source).symbols
    assert [member.signature for member in owner.members] == [
        "A(const A &) = delete",
        "A &operator=(const A &) = delete",
        "virtual ~A() = default",
    ]
