"""Reports as headings, paragraphs and tables, rendered as plain text or as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the report."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; continuation lines stand under `indent` spaces."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column names; the widest column takes the room that is left."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Text | Items | Table


def render(blocks: Iterable[Block], form: str) -> str:
    """Blocks as text of at most 80 columns (`table`) or as Markdown (`markdown`).

    >>> gates = Table(("gate", "verdict"), (("deploy", "open"),))
    >>> print(render([Heading("Gates"), gates], "table"))
    Gates
    -----
    <BLANKLINE>
    gate    verdict
    ------  -------
    deploy  open
    """
    one = _markdown if form == "markdown" else _plain
    parts = [one(block) for block in blocks]
    return "\n\n".join(part for part in parts if part)


def _plain(block: Block) -> str:
    match block:
        case Heading(text, level):
            if level > 2:
                return text
            return f"{text}\n{('=' if level == 1 else '-') * min(len(text), WIDTH)}"
        case Text(text, indent):
            return _wrapped(text, "", " " * indent)
        case Items(items):
            return "\n".join(_wrapped(item, "  ", "      ") for item in items)
        case Table(columns, rows):
            if not rows:
                return ""
            return _table(columns, rows)


def _wrapped(text: str, first: str, then: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = _widths(columns, rows)
    wrapped = [
        [_fill(cell, width) for cell, width in zip(row, widths, strict=True)] for row in rows
    ]
    bare = not any(columns)
    form, headers = ("plain", ()) if bare else ("simple", columns)
    text = _tabulated(wrapped, headers, form)
    return "\n".join(line.rstrip() for line in text.splitlines())


def _tabulated(rows: Sequence[Sequence[str]], headers: Sequence[str], form: str) -> str:
    import tabulate

    tabulate.MIN_PADDING = 0  # else it widens columns beyond their longest cell
    return tabulate.tabulate(rows, headers=headers, tablefmt=form, disable_numparse=True)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Column widths that fit the page: the widest columns give up room first."""
    cells = [[name, *(row[index] for row in rows)] for index, name in enumerate(columns)]
    widths = [max(map(len, column)) for column in cells]
    least = [
        max(len(word) for cell in column for word in (cell.split() or [""])) for column in cells
    ]
    room = WIDTH - 2 * (len(columns) - 1)
    while sum(widths) > room:
        slack = [width - low for width, low in zip(widths, least, strict=True)]
        if max(slack) <= 0:
            widest = widths.index(max(widths))
            widths[widest] -= sum(widths) - room
            break
        widths[max(range(len(widths)), key=lambda index: widths[index] * (slack[index] > 0))] -= 1
    return widths


def _fill(cell: str, width: int) -> str:
    return textwrap.fill(cell, max(width, 8), break_long_words=True, break_on_hyphens=False)


def _markdown(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {text}"
        case Text(text, _):
            return text
        case Items(items):
            return "\n".join(f"- {item}" for item in items)
        case Table(columns, rows):
            if not rows:
                return ""
            escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
            return _tabulated(escaped, columns, "github")
