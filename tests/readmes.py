"""READMEs taken apart, so that what they say can be looked up and run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
READMES = (
    ROOT / "README.md",
    *sorted(
        file
        for folder in ("policies", "rules", "engine", "diff", "tests")
        for file in (ROOT / folder).rglob("README.md")
    ),
)

CUT = "..."
"""The line of an answer at which a part of it is left out."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of a README.

    Attributes:
        before: The line above it, blank lines left out.
    """

    readme: Path
    language: str
    text: str
    before: str

    def __str__(self) -> str:
        return f"{self.readme.relative_to(ROOT)}: {self.text.partition(chr(10))[0]}"

    def rewrite(self, text: str) -> None:
        """Put another text in its place."""
        whole = self.readme.read_text(encoding="utf-8")
        fenced = f"```{self.language}\n{self.text}```"
        assert whole.count(fenced) == 1
        self.readme.write_text(
            whole.replace(fenced, f"```{self.language}\n{text}```"), encoding="utf-8"
        )


def blocks(language: str | None = None, readme: Path | None = None) -> Iterator[Block]:
    """The fenced blocks of one README or all, of one language or any."""
    for file in READMES if readme is None else (readme,):
        text = file.read_text(encoding="utf-8")
        for found in _FENCED.finditer(text):
            if language in (None, found.group(1)):
                before = text[: found.start()].rstrip().rpartition("\n")[2]
                yield Block(file, found.group(1), found.group(2), before)


def prose(readme: Path) -> str:
    """A README without its fenced blocks."""
    return _FENCED.sub("", readme.read_text(encoding="utf-8"))


def shown_again(shown: list[str], printed: list[str]) -> list[str]:
    """What an answer that is cut would show of what is printed now.

    Parts between cuts are found again by their first lines, and are as long as they were.
    """
    if CUT not in shown:
        return printed
    again: list[str] = []
    start, part = 0, list[str]()
    for number, line in enumerate([*shown, CUT]):
        if line != CUT:
            part.append(line)
            continue
        if part:
            first = start if not again else printed.index(part[0], start)
            start = first + len(part) if number < len(shown) else len(printed)
            again += printed[first:start]
        if number < len(shown):
            again.append(CUT)
        part = []
    return again
