"""What ends the step, each with what to do about it.

ActionError
├── InputError       an input of the step that cannot be used
├── TokenError       no token could be had
├── RefusedError     the service understood the request and refused it
└── UnreachableError the service gave no answer that can be used, however often it was asked
"""

from __future__ import annotations


class ActionError(Exception):
    """Base of them; the text is one line for the log and holds no secret."""


class InputError(ActionError):
    """An input that cannot be used."""


class TokenError(ActionError):
    """No token could be had."""


class RefusedError(ActionError):
    """The service refused the request."""


class UnreachableError(ActionError):
    """No usable answer in time."""
