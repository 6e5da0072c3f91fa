"""YAML and JSON files as plain values that remember their lines.

Loading is safe and bounded: no tags, no anchors, no duplicate keys, limits on size, depth and
number of values. Scalars follow the YAML 1.2 core schema, so `no` and `2025-05-22` stay text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from .errors import InvalidFileError, Problem

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Place: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_VALUES = 200_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Document:
    """The value of one file, with the line on which each part of it stands."""

    name: str
    value: Value
    lines: Mapping[Place, int]

    def problem(self, place: Place, message: str) -> Problem:
        """A problem at a place in this file, on the line of the nearest part that exists."""
        line = None
        for end in range(len(place), -1, -1):
            line = self.lines.get(place[:end])
            if line is not None:
                break
        return Problem(self.name, line, dotted(place), message)


def dotted(place: Place) -> str:
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
    builder = _Builder(name)
    try:
        value = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = " ".join(filter(None, (error.context, error.problem)))
        raise _invalid(name, f"not YAML: {detail}", mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise _invalid(name, f"not YAML: {error}") from None
    if builder.problems:
        raise InvalidFileError(builder.problems)
    if value is None:
        raise _invalid(name, "the file is empty; a mapping is wanted")
    return Document(name, value, builder.lines)


def _text(path: str | Path, name: str) -> str:
    try:
        if name == "<stdin>":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            file = Path(path)
            if file.is_dir():
                raise _invalid(name, "is a directory; a YAML or JSON file is wanted")
            with file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _invalid(name, "no such file") from None
    except OSError as error:
        raise _invalid(name, f"cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise _invalid(name, f"larger than {MAX_BYTES // 1_000_000} MB, the most that is read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _invalid(name, "is not text in UTF-8") from None
    if "\0" in text:
        raise _invalid(name, "is a binary file; YAML or JSON text is wanted")
    return text


def _invalid(name: str, message: str, line: int | None = None) -> InvalidFileError:
    return InvalidFileError([Problem(name, line, "", message)])


class _Builder:
    """Builds values from the event stream, so that limits act before anything is built."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> Value:
        value: Value = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(event, "holds several documents; one is wanted")
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Value:
        anchor = getattr(event, "anchor", None)
        if anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise self._stop(event, f"`{sign}{anchor}`: anchors and aliases are not allowed")
        if len(place) > MAX_DEPTH:
            raise self._stop(event, f"nested deeper than {MAX_DEPTH} levels")
        if len(self.lines) >= MAX_VALUES:
            raise self._stop(event, f"holds more than {MAX_VALUES} values")
        self.lines[place] = _line(event)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise self._stop(event, f"tag `{tag}`: tags are not allowed")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> Value:
        items: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, (*place, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> Value:
        mapping: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._stop(event, "a key must be plain text")
            key = str(event.value)
            line = _line(event)
            if key in mapping:
                self.problems.append(
                    Problem(self.name, line, dotted((*place, key)), f"the key `{key}` stands twice")
                )
            mapping[key] = self._value(next(events), events, (*place, key))
            self.lines[(*place, key)] = line
        return mapping

    def _stop(self, event: yaml.Event, message: str) -> InvalidFileError:
        return _invalid(self.name, message, _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(text: str) -> Value:
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text):
        return True
    if _FALSE.fullmatch(text):
        return False
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and len(text) < 40:
        return float(text)
    return text
