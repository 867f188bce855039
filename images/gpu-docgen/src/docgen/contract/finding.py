"""`Finding`: what a gate found wrong with a bundle."""

from __future__ import annotations

from pydantic import Field

from docgen.contract.base import Contract


class Finding(Contract):
    """`what` does not hold by the gate `gate`, and what to do about it.

    `path` and `block` are empty where the bundle as a whole is meant. `line` counts the lines of the
    block's body from 1; 0 is the block as a whole.
    """

    gate: str = Field(pattern=r"^[a-z][a-z ]{0,31}$")
    path: str = Field(default="", max_length=300)
    block: str = Field(default="", max_length=64)
    line: int = Field(default=0, ge=0)
    what: str = Field(max_length=500)
    advice: str = Field(default="", max_length=300)

    def __str__(self) -> str:
        """One line that a terminal can show: where, what, what to do."""
        parts = (self.path, f"block {self.block}" if self.block else "", f"line {self.line}")
        where = ", ".join(part for part in parts[: 3 if self.line else 2] if part)
        said = f"{where}: {self.what}" if where else self.what
        line = " ".join(f"{said}; {self.advice}".split() if self.advice else said.split())
        return "".join(char if char.isprintable() else "?" for char in line)
