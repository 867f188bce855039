"""Links that lead out of the tree, around in it, or to where pages are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.hostile import Hostile, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.site import Site


def _links(targets: dict[str, str]) -> Callable[[Site], None]:
    """Links by path; `{outside}` stands for the folder with the secret."""
    return lambda site: site.links({p: t.format(outside=site.outside) for p, t in targets.items()})


def _colliding(site: Site) -> None:
    """What a file system without case follows: a link, and a folder of the same name with a file to write."""
    site.links({"Inner": str(site.outside)})
    site.put({"inner/escaped.py": b"X = 1\n"})


def _twice(site: Site) -> None:
    """The same name once as a link and once as a folder, which git would never write."""
    site.entry(b"both", site.blob(str(site.outside).encode()), b"120000")
    site.entry(b"both", site.folder({"escaped.py": b"X = 1\n"}), b"40000")


LINKS: Table = {
    "link to a system file": Hostile(_links({"calc/passwd.py": "/etc/passwd"})),
    "link to a secret": Hostile(_links({"calc/secret.py": "{outside}/secret.py"})),
    "relative link to a secret": Hostile(_links({"secret.py": "../../outside/secret.py"})),
    "package that is a link": Hostile(_links({"stolen": "{outside}"})),
    "link to the environment": Hostile(_links({"environ.py": "/proc/self/environ"})),
    "link to an endless device": Hostile(_links({"zero.py": "/dev/zero", "tty.py": "/dev/tty"})),
    "link to itself": Hostile(_links({"loop.py": "loop.py", "a.py": "b.py", "b.py": "a.py"})),
    "link to the tree": Hostile(_links({"calc/again": "..", "calc/more": "."})),
    "link to nothing": Hostile(_links({"gone.py": "nowhere/at/all.py"})),
    "link to git's own folder": Hostile(_links({"config.py": ".git/config", "hooks": ".git/hooks"})),
    "link with an endless target": Hostile(_links({"long.py": "a/" * 5_000})),
    "link with a strange target": Hostile(lambda s: s.put({"odd.py": b"a\nb\0c\xff"}, 0o120000)),
    "link without a target": Hostile(lambda s: s.put({"empty.py": b""}, 0o120000)),
    "link and folder that differ in case": Hostile(_colliding),
    "link and folder of one name": Hostile(_twice),
    "manifest that is a link": Hostile(_links({"pyproject.toml": "{outside}/secret.txt"})),
    "settings that are a link": Hostile(
        _links({".documenthor.yml": "{outside}/secret.txt"}), "generate invalid_configuration"
    ),
    "owners that are a link": Hostile(_links({"CODEOWNERS": "{outside}/secret.txt"})),
    "workflows that are a link": Hostile(_links({".github": "docs"})),
    "README that is a link": Hostile(_links({"README.md": "{outside}/secret.txt"})),
    "README that is a link inside": Hostile(_links({"README.md": "calc/__init__.py"})),
    "docs that are a link out": Hostile(_links({"docs": "{outside}"})),
    "docs that are a link to the workflows": Hostile(_links({"docs": ".github/workflows"})),
    "page that is a link": Hostile(_links({"docs/ARCHITECTURE.md": "../.github/CODEOWNERS"})),
    "reference that is a link": Hostile(_links({"docs/reference": "../.git/hooks"})),
    "llms.txt that is a link": Hostile(_links({"llms.txt": ".github/workflows/x.yml"})),
}
