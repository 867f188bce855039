"""The gate against publishing secrets, by Yelp's detect-secrets.

Only its detectors of secrets with a shape of their own are used: those that go by entropy or by the
word before a value take commit hashes and documented defaults for secrets.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import TYPE_CHECKING

from detect_secrets.plugins import (
    aws,
    azure_storage_key,
    basic_auth,
    cloudant,
    discord,
    github_token,
    gitlab_token,
    ibm_cloud_iam,
    ibm_cos_hmac,
    jwt,
    mailchimp,
    npm,
    openai,
    private_key,
    pypi_token,
    sendgrid,
    slack,
    softlayer,
    square_oauth,
    stripe,
    telegram_token,
    twilio,
)
from detect_secrets.plugins.base import RegexBasedDetector

from docgen.contract.gates.scene import finding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from docgen.contract.finding import Finding
    from docgen.contract.gates.scene import Scene


_HOST = re.compile(r"[\w.-]*")
# Detectors stop where they have seen enough: what follows without a gap belongs to the secret.
_REST = re.compile(r"(?:[\w.~+/=-]*[\w~+/=-])?")
# Names that RFC 2606 and RFC 6761 keep from ever being anybody's.
_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$")


class FineGrainedTokenDetector(RegexBasedDetector):
    """GitHub's fine-grained personal access tokens, which detect-secrets does not know yet."""

    secret_type = "GitHub fine-grained token"  # noqa: S105 - the name of a kind of secret
    denylist = (re.compile(r"github_pat_[A-Za-z0-9_]{20,}"),)


class PublicBasicAuthDetector(basic_auth.BasicAuthDetector):
    """Credentials in an address that others can reach; `user:pass@localhost` is what examples say."""

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        """Yield the passwords."""
        for pattern in self.denylist:
            for match in pattern.finditer(string):
                if _is_public(_HOST.match(string, match.end())):
                    yield match[1]


def _is_public(host: re.Match[str] | None) -> bool:
    name = host[0].casefold().rstrip(".") if host else ""
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        return "." in name and not _RESERVED.search(name)


_DETECTORS = (
    FineGrainedTokenDetector,
    aws.AWSKeyDetector,
    azure_storage_key.AzureStorageKeyDetector,
    PublicBasicAuthDetector,
    cloudant.CloudantDetector,
    discord.DiscordBotTokenDetector,
    github_token.GitHubTokenDetector,
    gitlab_token.GitLabTokenDetector,
    ibm_cloud_iam.IbmCloudIamDetector,
    ibm_cos_hmac.IbmCosHmacDetector,
    jwt.JwtTokenDetector,
    mailchimp.MailchimpDetector,
    npm.NpmDetector,
    openai.OpenAIDetector,
    private_key.PrivateKeyDetector,
    pypi_token.PypiTokenDetector,
    sendgrid.SendGridDetector,
    slack.SlackDetector,
    softlayer.SoftlayerDetector,
    square_oauth.SquareOAuthDetector,
    stripe.StripeDetector,
    telegram_token.TelegramBotTokenDetector,
    twilio.TwilioKeyDetector,
)


def without_secrets(scene: Scene) -> Iterator[Finding]:
    """No line holds anything shaped like a credential. The finding never repeats it."""
    for number, kind, _ in secrets(scene.block.body):
        yield finding("secrets", scene, number, kind, "take it out of the source and revoke it")


def secrets(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of everything shaped like a credential."""
    # Looking at all of it first is quick, and almost always there is nothing.
    suspected = [one for one in _detectors() if next(iter(one.analyze_string(text)), None) is not None]
    for number, line in enumerate(text.split("\n") if suspected else (), start=1):
        for detector in suspected:
            if next(iter(detector.analyze_string(line)), None) is not None:
                found = (match for form in detector.denylist for match in form.finditer(line))
                yield from ((number, detector.secret_type, _whole(match)) for match in found)


def _whole(match: re.Match[str]) -> str:
    rest = _REST.match(match.string, match.end())
    return match[0] + (rest[0] if rest else "")


@cache
def _detectors() -> tuple[RegexBasedDetector, ...]:
    return tuple(detector() for detector in _DETECTORS)
