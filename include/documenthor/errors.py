"""The control plane's errors, all in one tree.

    DocumenthorError
    ├── ConfigurationError         a setting is missing or wrong; the operator must act
    │   ├── TenantFileError        a tenant file is invalid (names the file and the key)
    │   └── KeyFormatError         a key that cannot be used or registered
    ├── JobError
    │   ├── JobNotFoundError       no such job, or another tenant's: callers cannot tell which
    │   ├── JobConflictError       the same token was used for a different request
    │   ├── IdempotencyKeyError    the same Idempotency-Key was used for a different request
    │   ├── JobInFlightError       another request with the same Idempotency-Key is being met
    │   ├── JobStateError          the job is in no state in which this can be done
    │   ├── JobCancelledError      the job was cancelled, so no more work on it begins
    │   ├── WindowClosedError      the job's time is over, so no more work on it begins
    │   └── TriggerError           the job is recorded, but its run could not be started
    ├── TokenError                 a token that was not accepted (`documenthor.tokens`)
    │   ├── MalformedTokenError    not a token of the one shape that we take
    │   ├── SignatureError         no key of ours, or not signed with it
    │   ├── ClaimError             a claim is missing or wrong (names the claim)
    │   ├── PolicyError            a good token that its tenant's trust policy does not let in (names claims)
    │   └── KeySetError            an issuer's key set cannot be fetched or read
    ├── ForgeError                 the forge refused or could not be reached (`documenthor.forge`)
    │   ├── UnknownRepositoryError the forge has no such repository
    │   ├── HeadMovedError         a branch moved since it was read; decide again
    │   ├── NotAFileError          a path that is a symlink, a folder or a submodule
    │   ├── WriteRefusedError      writing would hurt somebody's work (`reason` is a typed word)
    │   ├── RecordError            a pull request's record cannot be read
    │   ├── ForbiddenError         the credential lacks a permission (names it where the forge does)
    │   ├── RateLimitedError       ask again at `until`, not before
    │   ├── RefusedError           the forge understood a call and refused it (`status`, `code`)
    │   └── UnavailableError       no answer, or a broken one; a write may have taken place
    ├── GateError                  a bundle that must not be published (`documenthor.publish`)
    ├── ApiError                   the API refused a call of ours or gave no answer (`documenthor.client`)
    ├── WebhookError               a webhook that cannot be set up as asked (`documenthor.webhooks`)
    │   └── AddressRefusedError    an address that messages are not sent to
    ├── NoticeError                people could not be told of a job (names the channel)
    ├── PageError                  a page not shown, or a button that did nothing (`documenthor.pages`)
    └── GeneratorError             a generator step that failed (`documenthor.runtimes`)

Third-party exceptions are translated where they arise and never leave the module that met them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class DocumenthorError(Exception):
    """Base of every error of the control plane; its text says what was wrong and what to do."""


class ConfigurationError(DocumenthorError):
    """A setting is missing or wrong; nothing works until the operator mends it."""


class TenantFileError(ConfigurationError):
    """A tenant file is invalid; the text names the file and the key."""


class KeyFormatError(ConfigurationError):
    """A key that cannot be used or registered; the text never repeats key material."""


class JobError(DocumenthorError):
    """A request about a job that cannot be met."""


class JobNotFoundError(JobError):
    """No such job, or a job of another tenant: the two are told apart by nobody."""


class JobConflictError(JobError):
    """The same token was used before, for a different request."""


class IdempotencyKeyError(JobError):
    """The same Idempotency-Key was used before, for a different request."""


class JobInFlightError(JobError):
    """Another request with the same Idempotency-Key is being met; asking again soon helps."""


class JobStateError(JobError):
    """The job is in no state in which this can be done."""


class JobCancelledError(JobError):
    """The job was cancelled, so no more work on it begins."""


class WindowClosedError(JobError):
    """The job's time is over, so no more work on it begins."""


class TriggerError(JobError):
    """The job is recorded, but its run could not be started; asking again may help."""


class TokenError(DocumenthorError):
    """A token that was not accepted; the text is for logs, never for the caller, and never holds it."""


class MalformedTokenError(TokenError):
    """Not a token of the one shape that we take."""


class SignatureError(TokenError):
    """The token names no key of ours, or was not signed with it."""


class ClaimError(TokenError):
    """A claim is missing or wrong. `claim` is its name; its value is not repeated."""

    def __init__(self, claim: str, expectation: str) -> None:
        super().__init__(f"claim {claim!r} {expectation}")
        self.claim = claim


class PolicyError(TokenError):
    """A token that holds, from a workflow that its tenant's policy does not let in.

    `claims` has, for every caller that the policy knows, the first claim that differs.
    """

    def __init__(self, tenant: str, claims: tuple[str, ...]) -> None:
        super().__init__(f"no caller in the trust policy of {tenant} fits: {', '.join(claims)} differ")
        self.claims = claims


class KeySetError(TokenError):
    """An issuer's key set cannot be fetched or read; the text names the address."""


class ForgeError(DocumenthorError):
    """The forge refused a call or could not be reached."""


class UnknownRepositoryError(ForgeError):
    """The forge has no such repository, or it lies outside the forge."""


class HeadMovedError(ForgeError):
    """A branch moved since it was read; nothing was written, so decide again."""


class NotAFileError(ForgeError):
    """A path that does not lead to a regular file: a symlink, a folder or a submodule is in the way."""


class WriteRefusedError(ForgeError):
    """Writing would hurt somebody's work, so nothing was written. `reason` is a typed word."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class RecordError(ForgeError):
    """A pull request's record cannot be read; the text names the file and what to do."""


class ForbiddenError(ForgeError):
    """The credential lacks a permission. `permission` names it where the forge does, else it is empty."""

    def __init__(self, message: str, permission: str = "") -> None:
        super().__init__(message)
        self.permission = permission


class CredentialRefusedError(ForbiddenError):
    """The forge does not accept the credential at all: it ended, was revoked, or is not known yet."""


class RateLimitedError(ForgeError):
    """Asking again before `until` would be refused, or would spend what others wait for."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class RefusedError(ForgeError):
    """The forge understood the call and refused it.

    `status` is the HTTP status, `code` the forge's own word for the reason where it has one.
    """

    def __init__(self, message: str, status: int, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class UnavailableError(ForgeError):
    """The forge gave no answer or a broken one: whether a write took place has to be read back."""


class GateError(DocumenthorError):
    """A bundle that must not be published. `gate` names the check that did not hold."""

    def __init__(self, gate: str, finding: str) -> None:
        super().__init__(f"{gate}: {finding}")
        self.gate = gate
        self.finding = finding


class ApiError(DocumenthorError):
    """The API refused a call or gave no answer. `status` is the HTTP status, 0 for none."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class WebhookError(DocumenthorError):
    """A webhook cannot be set up, changed or sent as asked."""


class AddressRefusedError(WebhookError):
    """An address that no message is sent to; the text says which rule it breaks."""


class NoticeError(DocumenthorError):
    """People could not be told of a job."""


class PageError(DocumenthorError):
    """A page that is not shown or a button that did nothing. `status` is the HTTP status of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class GeneratorError(DocumenthorError):
    """A generator step that failed. `stage` is `fetch`, `generate` or `pod`, `reason` a typed word.

    A `final` one would end the same way if it were tried again.
    """

    def __init__(self, stage: str, reason: str, message: str, *, final: bool = False) -> None:
        super().__init__(f"{stage} ended with {reason}: {message}")
        self.stage = stage
        self.reason = reason
        self.final = final
