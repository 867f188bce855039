"""GitHub as a forge: discovery, and publishing that happens exactly once."""

from documenthor.forge.github.credentials import App, Credential, GitHubConnection, Token
from documenthor.forge.github.forge import GitHubForge

__all__ = ["App", "Credential", "GitHubConnection", "GitHubForge", "Token"]
