"""GitHub in a process: see README.md beside this file."""

from tests.fakes.github.auth import App, Installation
from tests.fakes.github.connection import connections
from tests.fakes.github.fake import FakeGitHub, Made
from tests.fakes.github.faults import Called, Fault
from tests.fakes.github.messages import Answer, Broken, Request
from tests.fakes.github.state import Account, Protection, Pull, Repository

__all__ = [
    "Account",
    "Answer",
    "App",
    "Broken",
    "Called",
    "FakeGitHub",
    "Fault",
    "Installation",
    "Made",
    "Protection",
    "Pull",
    "Repository",
    "Request",
    "connections",
]
