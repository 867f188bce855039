"""Well-known configuration files, and what reads each: names alone, which every language of people has."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from docgen.facts.model import ConfigFile
from docgen.facts.scope import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

# What reads a file, by its name; `*` stands for any part of a name.
_READERS = {
    ".babelrc*": "Babel", "babel.config.*": "Babel", ".browserslistrc": "Browserslist",
    ".clang-format": "clang-format", ".clang-tidy": "clang-tidy", ".codecov.yml": "Codecov",
    "codecov.yml": "Codecov", ".coveragerc": "coverage.py", ".dockerignore": "Docker",
    "Dockerfile": "Docker", "Dockerfile.*": "Docker", "Containerfile": "Podman, Buildah",
    "compose.yaml": "Docker Compose", "compose.yml": "Docker Compose",
    "docker-compose*.yaml": "Docker Compose", "docker-compose*.yml": "Docker Compose",
    ".editorconfig": "EditorConfig", ".eslintrc": "ESLint", ".eslintrc.*": "ESLint",
    "eslint.config.*": "ESLint", ".flake8": "Flake8", ".gitattributes": "git", ".gitmodules": "git",
    ".golangci.*": "golangci-lint", ".goreleaser.*": "GoReleaser", ".hadolint.yaml": "hadolint",
    "jest.config.*": "Jest", ".luacheckrc": "Luacheck", ".markdownlint*": "markdownlint",
    "mkdocs.yml": "MkDocs", ".mocharc.*": "Mocha", "mypy.ini": "mypy", ".mypy.ini": "mypy", ".npmrc": "npm",
    ".nvmrc": "nvm", ".nycrc*": "nyc", "phpstan.neon*": "PHPStan", "phpunit.xml*": "PHPUnit",
    "playwright.config.*": "Playwright", "postcss.config.*": "PostCSS",
    ".pre-commit-config.yaml": "pre-commit", ".prettierrc": "Prettier", ".prettierrc.*": "Prettier",
    "prettier.config.*": "Prettier", ".pylintrc": "Pylint", "pyrightconfig.json": "Pyright",
    "pytest.ini": "pytest", ".python-version": "pyenv, uv", ".readthedocs.yaml": "Read the Docs",
    ".readthedocs.yml": "Read the Docs", "renovate.json*": "Renovate", "rollup.config.*": "Rollup",
    ".rspec": "RSpec", ".rubocop.yml": "RuboCop", ".ruby-version": "rbenv, RVM", "ruff.toml": "Ruff",
    ".ruff.toml": "Ruff", "rust-toolchain": "rustup", "rust-toolchain.toml": "rustup",
    "rustfmt.toml": "rustfmt", ".rustfmt.toml": "rustfmt", "clippy.toml": "Clippy",
    "deny.toml": "cargo-deny", ".shellcheckrc": "ShellCheck", "tailwind.config.*": "Tailwind CSS",
    ".tool-versions": "asdf, mise", "tox.ini": "tox", ".travis.yml": "Travis CI",
    "tsconfig*.json": "TypeScript", "turbo.json": "Turborepo", "vite.config.*": "Vite",
    "vitest.config.*": "Vitest", "webpack.config.*": "webpack", ".yamllint": "yamllint",
    ".yarnrc.yml": "Yarn", "alembic.ini": "Alembic", "appveyor.yml": "AppVeyor",
    ".appveyor.yml": "AppVeyor", "azure-pipelines.yml": "Azure Pipelines", ".gitlab-ci.yml": "GitLab CI",
    "Jenkinsfile": "Jenkins", "Procfile": "Heroku", "vercel.json": "Vercel",
    "netlify.toml": "Netlify", "fly.toml": "Fly.io", "biome.json*": "Biome", "deno.json*": "Deno",
    "lerna.json": "Lerna", "nx.json": "Nx", ".swiftlint.yml": "SwiftLint", ".typos.toml": "typos",
    "_typos.toml": "typos", "typos.toml": "typos", "cliff.toml": "git-cliff",
    ".importlinter": "Import Linter", ".bumpversion.*": "bump-my-version", "towncrier.toml": "towncrier",
}  # fmt: skip
_READERS_BY_PATH = {
    ".cargo/config.toml": "Cargo", ".circleci/config.yml": "CircleCI",
    ".config/nextest.toml": "cargo-nextest", ".devcontainer/devcontainer.json": "Dev Containers",
    ".github/dependabot.yml": "Dependabot", ".github/dependabot.yaml": "Dependabot",
}  # fmt: skip


def read_config_files(paths: Iterable[str]) -> tuple[ConfigFile, ...]:
    """Those of the project itself, the outermost first."""
    # A page about a file may have its name, and an ending more.
    own = sorted(
        (path for path in paths if not is_aside(path) and not path.endswith(".md")),
        key=lambda path: (path.count("/"), path),
    )
    return tuple(ConfigFile(path, does) for path in own if (does := _reader(path)))


def _reader(path: str) -> str:
    name = path.rpartition("/")[2]
    known = _READERS_BY_PATH.get(path) or _READERS.get(name)
    return known or next((does for form, does in _FORMS if fnmatch.fnmatchcase(name, form)), "")


_FORMS = [(form, does) for form, does in _READERS.items() if "*" in form]
