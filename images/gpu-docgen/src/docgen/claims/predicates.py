"""The closed list of what a sentence can claim, and the only words that may claim it.

A predicate relates entities of some sorts to entities of others. `says` are the verb phrases for one
subject and for several; `inverse` are those that put the object first (`is read by`). A sentence claims
nothing that is not written here, so no negation, number or degree can be put into one.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.claims.model import Sort

Forms = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Predicate:
    """One kind of claim; the first of `says` is what a deterministic sentence uses."""

    name: str
    subjects: frozenset[Sort]
    objects: frozenset[Sort]
    says: Forms
    inverse: Forms = ()


@dataclass(frozen=True)
class Verb:
    """One way to say a predicate: its words, for how many subjects, and in which direction."""

    predicate: Predicate
    words: tuple[str, ...]
    plural: bool
    is_inverse: bool = False


def _predicate(name: str, subjects: str, objects: str, says: str, inverse: str = "") -> Predicate:
    """Sorts by their letters; phrases as `singular/plural` separated by commas."""
    return Predicate(
        name, frozenset(map(Sort, subjects)), frozenset(map(Sort, objects)), _forms(says), _forms(inverse)
    )


def _forms(text: str) -> Forms:
    pairs = [phrase.strip().partition("/") for phrase in text.split(",") if phrase.strip()]
    return tuple((singular, plural) for singular, _, plural in pairs)


PREDICATES = (
    _predicate(
        "defines", "MS", "S", "defines/define, provides/provide, offers/offer, holds/hold",
        "is defined in/are defined in, is defined by/are defined by, comes from/come from, "
        "is provided by/are provided by, lives in/live in, belongs to/belong to",
    ),
    _predicate("contains", "MX", "M", "contains/contain, includes/include, holds/hold",
               "is part of/are part of, belongs to/belong to, lives in/live in"),
    _predicate("imports", "M", "M", "imports/import, uses/use",
               "is imported by/are imported by, is used by/are used by"),
    _predicate("takes", "S", "P", "takes/take, accepts/accept, has the parameter/have the parameter",
               "is a parameter of/are parameters of, is passed to/are passed to, is taken by/are taken by"),
    _predicate("defaults_to", "PVF", "L", "defaults to/default to, has the default/have the default",
               "is the default of/are the defaults of"),
    _predicate("returns", "S", "L", "returns/return, gives back/give back",
               "is returned by/are returned by"),
    _predicate("raises", "S", "LS", "raises/raise, can raise/can raise, may raise/may raise",
               "is raised by/are raised by, can be raised by/can be raised by"),
    _predicate("extends", "S", "LS", "extends/extend, inherits from/inherit from, builds on/build on",
               "is extended by/are extended by, is the base of/are bases of"),
    _predicate("calls", "S", "S", "calls/call, uses/use, relies on/rely on",
               "is called by/are called by, is used by/are used by"),
    _predicate("reads", "MS", "VK", "reads/read, looks up/look up",
               "is read by/are read by, is read in/are read in, is looked up by/are looked up by"),
    _predicate("writes", "MS", "K", "writes/write", "is written by/are written by"),
    _predicate("accepts", "M", "F", "accepts/accept, declares/declare, understands/understand",
               "is accepted by/are accepted by, is declared in/are declared in"),
    _predicate("serves", "M", "R", "serves/serve, declares/declare, answers/answer",
               "is served by/are served by, is declared in/are declared in"),
    _predicate("handles", "S", "R", "handles/handle, answers/answer, serves/serve",
               "is handled by/are handled by, is answered by/are answered by"),
    _predicate("depends_on", "X", "D", "depends on/depend on, needs/need",
               "is a dependency of/are dependencies of, is needed by/are needed by"),
    _predicate("installs", "X", "E", "installs/install, provides/provide, offers/offer",
               "is installed by/are installed by, is provided by/are provided by"),
    _predicate("starts", "E", "MSL", "starts/start, runs/run, calls/call",
               "is started by/are started by, is the entry point of/are entry points of"),
    _predicate("runs", "C", "L", "runs/run, stands for/stand for", "is run by/are run by"),
    _predicate("exposes", "K", "N", "exposes/expose, declares/declare, opens/open",
               "is exposed by/are exposed by, is declared in/are declared in"),
    _predicate("configures", "K", "L", "configures/configure", "is configured by/are configured by, "
               "is configured in/are configured in"),
    _predicate("describes", "XMSPVFCE", "T", "is described as/are described as, says/say, "
               "describes itself as/describe themselves as, is documented as/are documented as"),
)  # fmt: skip
BY_NAME = {predicate.name: predicate for predicate in PREDICATES}
# What links a thing to what it is in: `the method S2 of S1`.
OWNING = tuple(BY_NAME[name] for name in ("defines", "contains", "takes", "accepts", "serves", "installs"))

# The nouns that may stand before a handle, by the kind of its entity.
NOUNS: dict[str, frozenset[str]] = {
    "project": frozenset({"project", "repository"}),
    "package": frozenset({"package", "component"}),
    "module": frozenset({"module", "component", "file"}),
    "function": frozenset({"function"}),
    "method": frozenset({"method"}),
    "class": frozenset({"class"}),
    "interface": frozenset({"interface"}),
    "struct": frozenset({"struct"}),
    "trait": frozenset({"trait"}),
    "enum": frozenset({"enum"}),
    "type": frozenset({"type"}),
    "constant": frozenset({"constant"}),
    "attribute": frozenset({"attribute"}),
    "parameter": frozenset({"parameter", "argument"}),
    "value": frozenset({"value"}),
    "tool": frozenset({"tool"}),
    "result": frozenset({"type"}),
    "exception": frozenset({"exception", "error"}),
    "base": frozenset({"base", "base class"}),
    "environment variable": frozenset({"environment variable", "variable"}),
    "option": frozenset({"option", "command line option", "flag"}),
    "command": frozenset({"command"}),
    "program": frozenset({"program", "command"}),
    "dependency": frozenset({"dependency", "library"}),
    "route": frozenset({"route"}),
    "file": frozenset({"file"}),
    "port": frozenset({"port"}),
    "text": frozenset(),
}
# Words that order and join without claiming anything.
OPENERS = frozenset({"here", "in addition", "besides this", "also", "for its part", "in turn"})
ADVERBS = frozenset({"also", "in turn"})


def _verbs() -> tuple[Verb, ...]:
    found = []
    for predicate in PREDICATES:
        for forms, is_inverse in ((predicate.says, False), (predicate.inverse, True)):
            for singular, plural in forms:
                found.append(Verb(predicate, tuple(singular.split()), plural=False, is_inverse=is_inverse))
                found.append(Verb(predicate, tuple(plural.split()), plural=True, is_inverse=is_inverse))
    return tuple(found)


VERBS = _verbs()
_JOINING = ("the", "a", "an", "and", "which", "while", "of", "in", "from")
_PHRASES = (
    *(" ".join(verb.words) for verb in VERBS),
    *(noun for nouns in NOUNS.values() for noun in nouns),
    *OPENERS,
    *ADVERBS,
    *_JOINING,
)
LEXICON = frozenset(word for phrase in _PHRASES for word in phrase.split())
