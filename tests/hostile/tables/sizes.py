"""Little that becomes much: trees, files and texts that cost whoever reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.hostile import Hostile, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.site import Site


def _bomb(width: int, levels: int) -> Callable[[Site], None]:
    """A tree of `width` to the power of `levels` names of one file, in a few KiB."""

    def build(site: Site) -> None:
        mode, oid = b"100644", site.blob(b"X = 1\n")
        for _ in range(levels):
            oid = site.tree(*((mode, b"n%d" % number, oid) for number in range(width)))
            mode = b"40000"
        site.entry(b"bomb", oid, b"40000")

    return build


def _copies(count: int, content: bytes) -> Callable[[Site], None]:
    """A file many times over, which git keeps once."""

    def build(site: Site) -> None:
        oid = site.blob(content)
        names = (b"m%d.py" % number for number in sorted(range(count), key=str))
        site.entry(b"copies", site.tree(*((b"100644", name, oid) for name in names)), b"40000")

    return build


def _texts(**texts: str) -> Callable[[Site], None]:
    return lambda site: site.put({name.replace("__", "."): text.encode() for name, text in texts.items()})


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
SIZES: Table = {
    "tree of a hundred thousand": Hostile(_bomb(10, 5), "fetch too_large"),
    "tree of a hundred thousand in one": Hostile(_copies(100_000, b"X = 1\n"), "fetch too_large"),
    "tree of a thousand million": Hostile(_bomb(10, 9), "fetch too_large"),
    "tree without an end": Hostile(_bomb(1000, 20), "fetch too_large"),
    "half a gigabyte of copies": Hostile(_copies(600, b"#" * 900_000), "fetch too_large"),
    "huge file of code": Hostile(lambda s: s.put({"huge.py": b"X = 1\n" * 2_000_000})),
    "huge file of nothing": Hostile(lambda s: s.put({"zero.bin": bytes(60_000_000)})),
    "huge README": Hostile(lambda s: s.put({"README.md": b"# Calc\n" + b"x " * 700_000}), "rejected(sizes)"),
    "endless line": Hostile(lambda s: s.put({"line.py": b"X = '" + b"a" * 900_000 + b"'\n"})),
    "deep code": Hostile(_texts(deep__py="X = " + "(" * 50_000 + ")" * 50_000, deep__js="[" * 50_000)),
    "deep JSON": Hostile(_texts(package__json='{"a":' * 20_000 + "1" + "}" * 20_000)),
    "deep TOML": Hostile(_texts(Cargo__toml="a = " + "[" * 5_000 + "]" * 5_000)),
    "deep YAML": Hostile(_texts(mkdocs__yml="nav: " + "[" * 5_000 + "]" * 5_000)),
    "YAML that multiplies": Hostile(
        _texts(
            compose__yml="a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
            )
        )
    ),
    "XML that multiplies": Hostile(
        _texts(
            pom__xml=f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]><project><artifactId>&l11;</artifactId></project>'
        )
    ),
    "patterns that take long": Hostile(
        _texts(slow__py='"""' + "`a.` " * 3_000 + "http://" * 2_000 + '"""\n')
    ),
    "numbers without an end": Hostile(
        _texts(number__py="X = 0x" + "f" * 15_000 + "\n", n__json="1" * 15_000)
    ),
    "thousands of functions": Hostile(
        _texts(many__py="".join(f"def f{n}(a, b=1): ...\n" for n in range(600)))
    ),
    "no files": Hostile(lambda s: s.push(s.tree()), "fetch empty"),
}
