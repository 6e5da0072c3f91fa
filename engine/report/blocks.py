"""Reports as headings, paragraphs and tables, rendered as plain text or as Markdown.

Whatever stands in a block is text and nothing else: where it is rendered, it is escaped for where
it goes. What is to be code or to stand out says so as a span.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .escaping import markdown, markdown_code, markdown_start, visible

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Code:
    """Words to be typed or copied as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed."""

    text: str


Span: TypeAlias = str | Code | Strong | Emphasis
Line: TypeAlias = str | tuple[Span, ...]
"""Text, or text in which some spans are marked."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the report."""

    text: Line
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; continuation lines stand under `indent` spaces."""

    text: Line
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts."""

    items: tuple[Line, ...]


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
        case Heading(line, level):
            text = _wrapped(_plain_line(line), "", "")
            if level > 2:
                return text
            longest = max(map(len, text.splitlines()), default=0)
            return f"{text}\n{('=' if level == 1 else '-') * min(longest, WIDTH)}"
        case Text(line, indent):
            return _wrapped(_plain_line(line), "", " " * indent)
        case Items(items):
            return "\n".join(_wrapped(_plain_line(item), "  ", "      ") for item in items)
        case Table(columns, rows):
            if not rows:
                return ""
            return _table(
                [visible(name) for name in columns],
                [[visible(cell) for cell in row] for row in rows],
            )


def _plain_line(line: Line) -> str:
    """A line as plain text: code in backticks, and nothing else marked."""
    if isinstance(line, str):
        return visible(line)
    return "".join(
        f"`{visible(span.text)}`" if isinstance(span, Code) else visible(_text(span))
        for span in line
    )


def _text(span: Span) -> str:
    return span if isinstance(span, str) else span.text


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
        case Heading(line, level):
            return f"{'#' * level} {_markdown_line(line)}"
        case Text(line, _):
            return _markdown_line(line)
        case Items(items):
            return "\n".join(f"- {_markdown_line(item)}" for item in items)
        case Table(columns, rows):
            if not rows:
                return ""
            escaped = [[_cell(cell) for cell in row] for row in rows]
            return _tabulated(escaped, [_cell(name) for name in columns], "github")


def _markdown_line(line: Line) -> str:
    """A line as Markdown, which nothing in it turns into anything but a line."""
    spans: list[Span] = []
    for span in (line,) if isinstance(line, str) else line:
        if spans and isinstance(span, str) and isinstance(spans[-1], str):
            spans[-1] += span
        elif _text(span).strip():
            spans.append(span)
    text = "".join(map(_markdown_span, spans)).strip()
    return markdown_start(text) if spans and isinstance(spans[0], str) else text


def _markdown_span(span: Span) -> str:
    match span:
        case Code(text):
            return markdown_code(text)
        case Strong(text):
            return f"**{markdown(text.strip())}**"
        case Emphasis(text):
            return f"*{markdown(text.strip())}*"
        case _:
            return markdown(span)


def _cell(text: str) -> str:
    return markdown(text).replace("|", "\\|")
