"""YAML text as plain values with their lines, built from the parser's event stream.

This stands apart from `documents` so that nothing loads the YAML library before a file is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from rsp_policy.engine.errors import InvalidFileError, Problem

from .documents import MAX_DEPTH, MAX_VALUES, Pointer, Value, dotted, invalid

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_BRACKETS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|(?:^|(?<=\s))#[^\n]*|(?P<bracket>[\[\]{}])')
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


def value_and_lines(text: str, name: str) -> tuple[Value, dict[Pointer, int]]:
    """The value of a text, and the line on which each part of it stands.

    Raises:
        InvalidFileError: If it is not safe YAML.
    """
    builder = _Builder(name)
    try:
        value = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        if mark and _flow_depth("\n".join(text.splitlines()[: mark.line + 1])) > MAX_DEPTH:
            raise invalid(name, f"nested deeper than {MAX_DEPTH} levels", line) from None
        detail = " ".join(filter(None, (error.context, error.problem)))
        raise invalid(name, f"not YAML: {detail}", line) from None
    except yaml.YAMLError as error:
        raise invalid(name, f"not YAML: {error}") from None
    if builder.problems:
        raise InvalidFileError(builder.problems)
    return value, builder.lines


class _Builder:
    """Builds values from the event stream, so that limits act before anything is built."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Pointer, int] = {}
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

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Pointer) -> Value:
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

    def _sequence(self, events: Iterator[yaml.Event], place: Pointer) -> Value:
        items: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, (*place, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], place: Pointer) -> Value:
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
        return invalid(self.name, message, _line(event))


def _flow_depth(text: str) -> int:
    """How deep brackets nest in a text that the parser has given up on.

    The parser looks ahead and has a limit of its own, which it may reach before `_Builder` sees the
    first bracket; what a user is told must not depend on which of the two is lower.
    """
    deepest = depth = 0
    for match in _BRACKETS.finditer(text):
        if bracket := match.group("bracket"):
            depth += 1 if bracket in "[{" else -1
            deepest = max(deepest, depth)
    return deepest


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
