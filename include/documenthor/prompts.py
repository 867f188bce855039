"""The prompts of a repository: those that ship, with what a tenant or a repository has in their place.

prompts/component.txt                   for everybody
prompts/ORGANISATION/component.txt      for all repositories of a tenant
prompts/ORGANISATION/NAME/component.txt for one repository of it
"""

from __future__ import annotations

from pathlib import Path

from documenthor.errors import ConfigurationError

PROMPTS = Path(__file__).resolve().parents[1] / "prompts"


def load_prompts(folder: Path, organisation: str, repository: str) -> dict[str, str]:
    """The text of every prompt by its name; raises `ConfigurationError` for a file that replaces none."""
    found = _read(folder)
    if not found:
        raise ConfigurationError(f"{folder} holds no prompts; set DOCUMENTHOR_PROMPTS to a folder that does")
    for parts in ((organisation,), (organisation, repository)):
        # A name that is no plain folder name would lead somewhere else.
        if all(part not in {"", ".", ".."} and "/" not in part for part in parts):
            own = _read(folder.joinpath(*parts))
            _check(folder.joinpath(*parts), own, found)
            found |= own
    return found


def _read(folder: Path) -> dict[str, str]:
    try:
        return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"a prompt in {folder} cannot be read as text; repair it") from error


def _check(folder: Path, own: dict[str, str], known: dict[str, str]) -> None:
    unknown = sorted(own.keys() - known.keys())
    if unknown:
        names = ", ".join(known)
        raise ConfigurationError(f"{folder / unknown[0]}.txt replaces no prompt; they are called {names}")
