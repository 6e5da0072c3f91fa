"""YAML and JSON files as plain values that remember their lines.

Loading is safe and bounded: no tags, no anchors, no duplicate keys, limits on size, depth and
number of values. Scalars follow the YAML 1.2 core schema, so `no` and `2025-05-22` stay text.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from rsp_policy.engine.errors import InvalidFileError, Problem

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Pointer: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_VALUES = 200_000


@dataclass(frozen=True, slots=True)
class Document:
    """The value of one file, with the line on which each part of it stands."""

    name: str
    value: Value
    lines: Mapping[Pointer, int]

    def problem(self, place: Pointer, message: str) -> Problem:
        """A problem at a place in this file, on the line of the nearest part that exists."""
        line = None
        for end in range(len(place), -1, -1):
            line = self.lines.get(place[:end])
            if line is not None:
                break
        return Problem(self.name, line, dotted(place), message)


def dotted(place: Pointer) -> str:
    """A place as text.

    >>> dotted(("history", 0, "terms"))
    'history[0].terms'
    """
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def mapping(value: Value) -> Mapping[str, Value]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Value) -> Sequence[Value]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


def texts(value: Value) -> tuple[str, ...]:
    """The items of a list as text."""
    return tuple(str(item) for item in items(value))


def mappings(value: Value) -> Sequence[Mapping[str, Value]]:
    """The mappings in a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def written(value: object) -> str:
    """A value as it is printed: `true`, `4`, `chemical, biological`; empty for an empty list.

    >>> written(True), written(4.0), written(["chemical", "biological"])
    ('true', '4', 'chemical, biological')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(written, value))
    return str(value)


def read(path: str | Path) -> Document:
    """Read and parse a YAML or JSON file; `-` is standard input.

    Raises:
        InvalidFileError: If it is missing, too large, empty, not text, or not safe YAML.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    return parse(_text(path, name), name)


def parse(text: str, name: str) -> Document:
    """Parse YAML or JSON text.

    >>> parse("a: {b: no}", "x.yaml").value
    {'a': {'b': 'no'}}

    Raises:
        InvalidFileError: If it is empty or not safe YAML.
    """
    from .events import value_and_lines

    value, lines = value_and_lines(text, name)
    if value is None:
        raise invalid(name, "the file is empty; a mapping is wanted")
    return Document(name, value, lines)


def _text(path: str | Path, name: str) -> str:
    try:
        if name == "<stdin>":
            if sys.stdin is None:  # as Python leaves it where it was closed from the start
                raise invalid(name, "standard input is closed")
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            file = Path(path)
            if file.is_dir():
                raise invalid(name, "is a directory; a YAML or JSON file is wanted")
            with file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise invalid(name, "no such file") from None
    except OSError as error:
        raise invalid(name, f"cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise invalid(name, f"larger than {MAX_BYTES // 1_000_000} MB, the most that is read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise invalid(name, "is not text in UTF-8") from None
    if "\0" in text:
        raise invalid(name, "is a binary file; YAML or JSON text is wanted")
    return text


def invalid(name: str, message: str, line: int | None = None) -> InvalidFileError:
    """The error that one thing is wrong with a file as a whole."""
    return InvalidFileError([Problem(name, line, "", message)])
