"""Environment variables by language: what is read, and what only looks like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.uses.support import module_of, shown_variables

if TYPE_CHECKING:
    from pathlib import Path

_CASES: list[tuple[str, str, list[str]]] = [
    ("a.js", "process.env.A\nprocess.env['B'] ?? 'x'\nprocess.env.C || 8080", ["A", "B='x'", "C=8080"]),
    ("a.js", "const { A, B = 'x', C: c } = process.env\n'D' in process.env", ["A", "B='x'", "C", "D"]),
    ("a.js", "`${process.env.A}/x` + `process.env.B`\nprocess.env[`C`]", ["A", "C"]),
    ("a.js", "// process.env.A\n/* process.env.B */ 'process.env.C'", []),
    ("a.js", "process.env.A = '1'; delete process.env.B\nif (process.env.C === '1') {}", ["C"]),
    ("a.js", "my.process.env.A; process.env[name]; process.env[`${x}`]; env.B; process.environ.C", []),
    ("a.js", "process.env.API_KEY || 'abc'\nprocess.env.TOKEN_TTL || 60", ["API_KEY=…", "TOKEN_TTL=60"]),
    ("a.js", "process.env.A || ''\nprocess.env.B || other()", ["A", "B"]),
    ("a.js", "globalThis.process?.env?.['A']; const { B } = globalThis.process.env", ["A", "B"]),
    ("a.js", "window.process.env.A; globalThis.other.env.B; globalThis.process.argv", []),
    ("a.ts", "const a: string = import.meta.env.VITE_A ?? 'x'\nimport.meta.env.DEV", ["VITE_A='x'"]),
    ("a.tsx", "const a = <b>{process.env.A}</b>", ["A"]),
    ("a.go", 'package a\nvar x = os.Getenv("A")\nvar y, ok = os.LookupEnv(`B`)', ["A", "B"]),
    ("a.go", 'package a\nvar x = cmp.Or(os.Getenv("A"), "x")', ['A="x"']),
    ("a.go", 'package a\n// os.Getenv("A")\nvar x = "os.Getenv(B)" + my.Getenv("C") + os.Getenv(name)', []),
    ("a.go", 'package a\nvar x = os.Setenv("A", "1")', []),
    ("a.rs", 'fn f() { env::var("A"); std::env::var_os("B"); option_env!("C"); }', ["A", "B", "C"]),
    ("a.rs", 'fn f() { env::var("A").unwrap_or_else(|_| "x".to_string()); }', ['A="x"']),
    ("a.rs", 'fn f() { env::var("A").unwrap_or("x".into()); env::var("B").unwrap_or(c()); }', ['A="x"', "B"]),
    ("a.rs", '// env::var("A")\nfn f() { "env::var(B)"; other::var("C"); env::var(name); env!("D"); }', []),
    ("a.rs", '#[cfg(test)]\nmod tests { fn f() { env::var("A"); } }\nfn g() { env::var("B"); }', ["B"]),
    ("a.rs", '#[test]\nfn f() { env::var("A"); }\n#[inline]\nfn g() { env::var("B"); }', ["B"]),
    ("build.rs", 'fn main() { env::var("OUT_DIR"); }', []),
    (
        "A.java",
        'class A { String a = System.getenv("A"), b = System.getenv().getOrDefault("B", "x"); }',
        ["A", 'B="x"'],
    ),
    ("A.java", 'class A { /* System.getenv("A") */ String b = My.getenv("B") + System.getenv(n); }', []),
    ("A.java", 'class A { String a = System.getProperty("a"); }', []),
    ("a.cs", 'class A { string a = Environment.GetEnvironmentVariable("A") ?? "x"; }', ['A="x"']),
    ("a.cs", 'class A { string a = System.Environment.GetEnvironmentVariable("A"); }', ["A"]),
    ("a.cs", 'class A { void F() { Environment.SetEnvironmentVariable("A", "1"); Get(name); } }', []),
    ("a.c", 'char *f() { return getenv("A"); }\n// getenv("B")', ["A"]),
    ("a.c", 'char *f() { return my_getenv("A") + getenv(name); }', []),
    ("a.cpp", 'auto a = std::getenv("A"), b = getenv("B");', ["A", "B"]),
    ("a.cpp", 'auto a = R"(getenv("A"))", b = config.getenv("B");', []),
    (
        "a.rb",
        'ENV["A"] || "x"\nENV.fetch("B", "y")\nENV.fetch("C") { 3 }\nENV["D"] ||= "z"',
        ['A="x"', 'B="y"', "C=3", 'D="z"'],
    ),
    ("a.rb", '# ENV["A"]\nENV["B"] = "1"\nMY["C"]\nENV["#{d}"]\nENV[e]', []),
    ("a.php", "<?php $a = getenv('A') ?: 'x'; $b = $_ENV['B'] ?? \"y\";", ["A='x'", 'B="y"']),
    (
        "a.php",
        "<?php env('A', true); env('B') ?? 'x'; Env::get('C', \"y\"); P::getEnv('D') ?: 1; $p->getenv('E');",
        ["A=true", "B='x'", 'C="y"', "D=1", "E"],
    ),
    (
        "a.php",
        "<?php env('lower'); env($a); Env::put('B'); Other::get('C'); $p->setEnv('D'); my_env('E');",
        [],
    ),
    (
        "a.php",
        "<?php // getenv('A')\n$_ENV['B'] = 1; $c = $_GET['C']; $d = getenv($d); $e = getenv(\"${e}\");",
        [],
    ),
    (
        "a.php",
        "<?php \\getenv('A'); $_SERVER['APP_ENV'] ?? 'dev'; isset($_SERVER['HOME']);",
        ["A", "APP_ENV='dev'", "HOME"],
    ),
    (
        "a.php",
        (
            "<?php $_SERVER['HTTP_HOST']; $_SERVER['argv']; $_SERVER['REQUEST_URI']; "
            "$_SERVER['B'] = 1; \\my\\getenv('C');"
        ),
        [],
    ),
    ("a.sh", 'A=${A:-x}\n: "${B:=y z}" "${C:?must be set}"', ["A=x", "B=y z", "C"]),
    ("a.sh", "export A=\"${A:-$HOME/x}\"\ncat <<'EOF'\n${B:-x}\nEOF", ["A=$HOME/x"]),
    ("a.sh", "# ${A:-x}\nB=1\necho ${B:-x} $C ${D} ${1:-x} '${E:-x}' ${lower:-x}", []),
    ("a.sh", "f() { local A; for B in 1; do read -r C; done; echo ${A:-} ${B:-} ${C:-} ${PWD:-}; }", []),
]


@pytest.mark.parametrize(("name", "source", "expected"), _CASES)
def test_variables(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    assert shown_variables(module_of(tmp_path, name, source)) == expected


def test_every_language_has_a_case_that_reads_and_one_that_does_not() -> None:
    reads = {name for name, _, expected in _CASES if expected}
    near = {name for name, _, expected in _CASES if not expected}
    assert {name.rpartition(".")[2] for name in reads} == {
        "js", "ts", "tsx", "go", "rs", "java", "cs", "c", "cpp", "rb", "php", "sh",
    }  # fmt: skip
    assert {name.rpartition(".")[2] for name in near} >= {
        "js", "go", "rs", "java", "cs", "c", "cpp", "rb", "php", "sh",
    }  # fmt: skip


def test_the_line_is_that_of_the_name(tmp_path: Path) -> None:
    (found,) = module_of(tmp_path, "a.go", 'package a\n\nvar x = os.Getenv(\n\t"A")\n').variables
    assert (found.place.path, found.place.line) == ("a.go", 4)


@pytest.mark.parametrize("path", ["tests/a.go", "examples/a.js", "a_test.go", "a.spec.ts"])
def test_tests_and_examples_are_no_product_code(tmp_path: Path, path: str) -> None:
    source = 'package a\nvar x = os.Getenv("A")' if path.endswith(".go") else "process.env.A"
    assert module_of(tmp_path, path, source).variables == ()
