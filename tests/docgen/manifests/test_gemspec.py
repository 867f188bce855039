"""What is read of a gemspec, which is never run."""

from __future__ import annotations

import pytest
from docgen.facts.manifests.gemspec import read_gemspec


def gemspec(said: str, *present: str) -> str:
    """A gemspec as `name; description; licence; requirement; install; needs; programs`."""
    source = f'Gem::Specification.new do |s|\n  s.name = "a"\n{said}\nend\n'
    found = read_gemspec("a.gemspec", source, present)
    assert found
    needs = [f"{item.name} {item.constraint} {item.group}@{item.place.line}" for item in found.dependencies]
    programs = [f"{point.name}={point.target}@{point.place.line}" for point in found.entry_points]
    texts = (found.name, found.description, found.license, found.requires, found.install)
    return "; ".join((*texts, ", ".join(needs), ", ".join(programs)))


@pytest.mark.parametrize(
    ("said", "present", "expected"),
    [
        ("s.summary = 'B  c'\ns.description = 'D'", (), "a; B c; ; ; ; ; "),
        ("s.description = 'D'", (), "a; D; ; ; ; ; "),
        ("s.license = 'MIT'", (), "a; ; MIT; ; ; ; "),
        ("s.licenses = ['MIT'.freeze, 'Ruby']", (), "a; ; MIT; ; ; ; "),
        ("s.required_ruby_version = '>= 3'", (), "a; ; ; Ruby >= 3; ; ; "),
        (
            "s.required_ruby_version = Gem::Requirement.new('>= 2', '< 4')",
            (),
            "a; ; ; Ruby >= 2, < 4; ; ; ",
        ),
        ("", ("Gemfile",), "a; ; ; ; bundle install; ; "),
        (
            (
                "s.license = 'MIT'\nif RUBY_ENGINE == 'jruby'\n  s.license = 'B'\n"
                "  s.add_dependency 'c'\nend\n"
                "s.summary = 'D' unless ENV['E']\ns.add_dependency 'f' if WINDOWS\n"
                "case RUBY_PLATFORM\nwhen /java/ then s.add_dependency 'g'\nend\ns.add_dependency 'h'"
            ),
            (),
            "a; ; MIT; ; ; h  @13; ",
        ),
        (
            (
                "s.add_dependency 'b', '>= 1', '< 2'\ns.add_runtime_dependency(%q<c>)\n"
                "s.add_development_dependency('d', ['~> 3'])"
            ),
            (),
            "a; ; ; ; ; b >= 1, < 2 @3, c  @4, d ~> 3 development@5; ",
        ),
        ("s.executables = %w[b c]", ("bin/b",), "a; ; ; ; ; ; b=bin/b@3"),
        (
            "s.bindir = 'exe'\ns.executables << 'c'\ns.executables = ['b']",
            ("exe/b",),
            "a; ; ; ; ; ; b=exe/b@5",
        ),
        ("s.executables = s.files.grep(%r{^bin/}) { |f| File.basename(f) }", ("bin/f",), "a; ; ; ; ; ; "),
        ('s.summary = "B #{c}"\ns.license = File.read("x")', (), "a; ; ; ; ; ; "),
        ("s.summary = `echo B`\ns.licenses = " + "[" * 500 + "'MIT'" + "]" * 500, (), "a; ; ; ; ; ; "),
    ],
)
def test_a_gemspec(said: str, present: tuple[str, ...], expected: str) -> None:
    assert gemspec(said, *present) == expected


@pytest.mark.parametrize("source", ["", "s.name = NAME", "\x00(((", "name = 'a'"])
def test_a_gemspec_without_a_name_is_none(source: str) -> None:
    assert read_gemspec("a.gemspec", source, ()) is None
