"""`Bundle`: what a generator returns for one repository. The publisher treats it as untrusted."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import io
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from docgen.contract.base import Contract
from docgen.contract.finding import Finding
from docgen.contract.spec import CommitId

# A bundle larger than this is refused before it is unpacked any further.
MAX_BYTES = 32 * 1024 * 1024
# More of them tell nobody more.
MAX_FINDINGS = 200
# As many files as a bundle may write.
MAX_OBSOLETE = 500

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_PROSE = r"[0-9a-f]{16}(?:\.[0-9a-f]{16})?"
Prose = Annotated[str, Field(pattern=rf"^(?:{_PROSE}(?:,{_PROSE})*)?$", max_length=8000)]


class BundleError(ValueError):
    """An envelope that does not hold the bundle it names."""


class Block(Contract):
    """The body of one managed part of one file; `rests_on` digests what it says, lines apart.

    `path` is relative to the repository's root with forward slashes, `body` is Markdown. `prose` has, for
    each answer of a model, the digest of what it was asked and, after a dot, that of the paragraph in `body`;
    without the second nothing of the answer stood.
    """

    path: str
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    rests_on: Digest
    body: str
    prose: Prose = ""


class Claim(Contract):
    """One checkable statement, and the place in the source that it rests on.

    A refuted one was made by a model and is not in the block; its place is where its subject is.
    """

    block: str
    predicate: str
    subject: str
    object: str = ""
    path: str
    line: int = Field(ge=0)
    verdict: Literal["holds", "refuted"] = "holds"


class Usage(Contract):
    """What the generation took: wall-clock seconds, files and bytes read, and a model's tokens.

    `prompts` were sent; the answers to `remembered` more were in the repository already.
    """

    seconds: float = Field(ge=0)
    files: int = Field(ge=0)
    bytes: int = Field(ge=0)
    prompts: int = Field(default=0, ge=0)
    remembered: int = Field(default=0, ge=0)
    prompt_tokens: int = Field(default=0, ge=0)
    reply_tokens: int = Field(default=0, ge=0)


class Bundle(Contract):
    """Block bodies of one repository at one commit, with their claims and what they cost.

    `dropped` is what its generator's gates took out of the pages, `findings` what they could not mend:
    with one of those nothing is published. `sentences` counts a model's sentences by what became of them:
    `kept`, `rewritten`, or the reason why one was dropped. `notes` are lines for a person: what was asked
    for and could not be done. `score` is 0 to 100, what the generator makes of its own pages; None where
    it was not taken. `obsolete` are the files that hold blocks of ours and get none any more; the publisher
    takes out what it finds of ours in them, as it does in the files of `blocks`.
    """

    version: Literal[1] = 1
    repository: str
    commit: CommitId
    recipe: Digest
    blocks: tuple[Block, ...]
    obsolete: tuple[str, ...] = Field(default=(), max_length=MAX_OBSOLETE)
    claims: tuple[Claim, ...] = ()
    dropped: tuple[Finding, ...] = Field(default=(), max_length=MAX_FINDINGS)
    findings: tuple[Finding, ...] = Field(default=(), max_length=MAX_FINDINGS)
    sentences: dict[str, int] = Field(default_factory=dict)
    score: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    usage: Usage
    notes: tuple[str, ...] = ()


class Envelope(Contract):
    """A bundle as it travels: compressed (gzip, base64) and addressed by its digest."""

    digest: Digest
    payload: str

    @classmethod
    def seal(cls, bundle: Bundle) -> Envelope:
        """Pack `bundle`; the same bundle always yields the same envelope."""
        raw = bundle.model_dump_json().encode()
        packed = gzip.compress(raw, mtime=0)
        return cls(digest=hashlib.sha256(raw).hexdigest(), payload=base64.b64encode(packed).decode())

    def open(self) -> Bundle:
        """Unpack and check the bundle, once however often in a row.

        Raises `BundleError` when it is too large, does not match its digest or is malformed.
        """
        return _open(self.digest, self.payload)


@lru_cache(maxsize=1)
def _open(digest: str, payload: str) -> Bundle:
    raw = _unpack(payload)
    if hashlib.sha256(raw).hexdigest() != digest:
        raise BundleError("the bundle does not match its digest; generate it again")
    try:
        return Bundle.model_validate_json(raw)
    except ValidationError as error:
        raise BundleError(f"the bundle is malformed: {error.error_count()} invalid fields") from error


def _unpack(payload: str) -> bytes:
    try:
        packed = base64.b64decode(payload, validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (binascii.Error, ValueError, OSError, EOFError) as error:
        raise BundleError("the bundle's payload is not gzip in base64") from error
    if len(raw) > MAX_BYTES:
        raise BundleError(f"the bundle is larger than {MAX_BYTES} bytes; exclude generated sources")
    return raw
