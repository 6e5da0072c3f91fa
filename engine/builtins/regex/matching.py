"""Matching, finding, splitting and replacing by regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rsp_policy.engine.builtins.operands import fitting, integer, string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import FALSE, Constant, truth

from .patterns import translated

_REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})")


_LONGEST = 20_000


@dataclass(frozen=True)
class _Pattern:
    """A compiled pattern and its groups by their names."""

    compiled: re.Pattern[str]
    names: dict[str, int]


@lru_cache(maxsize=512)
def _pattern(text: str) -> _Pattern:
    if len(text) > _LONGEST:
        raise BuiltinError(f"a regular expression has over {_LONGEST} characters")
    try:
        found, names = translated(text)
        return _Pattern(re.compile(found), names)
    except (re.error, RecursionError, OverflowError) as error:
        raise BuiltinError(f"error parsing regexp: {error}") from None


@builtin("regex.match")
def match(expression: Constant, text: Constant) -> Constant:
    """Whether a string has a match in it."""
    return truth(_pattern(string(expression)).compiled.search(string(text, 2)) is not None)


@builtin("regex.is_valid")
def is_valid(expression: Constant) -> Constant:
    """Whether a value is a regular expression."""
    try:
        return truth(isinstance(expression, str) and bool(_pattern(expression)))
    except BuiltinError:
        return FALSE


@builtin("regex.find_n")
def find(expression: Constant, text: Constant, most: Constant) -> Constant:
    """The first matches in a string, or all where the number is negative."""
    found = _first(expression, text, most)
    return tuple(item[0] for item in found)


@builtin("regex.find_all_string_submatch_n")
def find_groups(expression: Constant, text: Constant, most: Constant) -> Constant:
    """The first matches in a string, each with what its groups match."""
    found = _first(expression, text, most)
    return tuple((item[0], *(group or "" for group in item.groups())) for item in found)


def _first(expression: Constant, text: Constant, most: Constant) -> list[re.Match[str]]:
    found, whole, limit = _pattern(string(expression)), string(text, 2), integer(most, 3)
    matches = _matches(found, whole)
    return list(matches) if limit < 0 else [item for _, item in zip(range(limit), matches)]  # noqa: B905


def _matches(expression: _Pattern, text: str) -> Iterator[re.Match[str]]:
    """The matches that Go finds: none that is empty right after another."""
    end = -1
    for found in expression.compiled.finditer(text):
        if found.end() > found.start() or found.start() != end:
            yield found
        end = found.end()


@builtin("regex.split")
def split(expression: Constant, text: Constant) -> Constant:
    """The parts of a string between matches."""
    found, whole = _pattern(string(expression)), string(text, 2)
    if not whole:
        return ("",) if expression else ()
    parts, start, last = [], 0, 0
    for item in _matches(found, whole):
        # An empty match separates nothing at the start, nor at the end.
        if item.end():
            parts.append(whole[start : item.start()])
        start, last = item.end(), item.start()
    return tuple(parts) if last == len(whole) else (*parts, whole[start:])


@builtin("regex.replace")
def replace(text: Constant, expression: Constant, template: Constant) -> Constant:
    """A string with each match replaced; `$1` and `${name}` stand for groups."""
    whole, found, instead = string(text), _pattern(string(expression, 2)), string(template, 3)
    parts, start = [], 0
    length = len(whole)
    for item in _matches(found, whole):
        new = _REFERENCE.sub(lambda reference, item=item: _group(found, item, reference), instead)  # type: ignore[misc]
        length = fitting(length + len(new))
        parts += [whole[start : item.start()], new]
        start = item.end()
    return "".join(parts) + whole[start:]


def _group(expression: _Pattern, item: re.Match[str], reference: re.Match[str]) -> str:
    if reference[1]:
        return "$"
    name = reference[2] or reference[3]
    if name.isascii() and name.isdigit():
        index = int(name[:9])
        return (item[index] or "") if index <= expression.compiled.groups else ""
    return (item[expression.names[name]] or "") if name in expression.names else ""


@builtin("regex.template_match")
def template_match(
    template: Constant, text: Constant, opening: Constant, closing: Constant
) -> Constant:
    """Whether a string is as a template says, which has expressions between delimiters."""
    start, end = string(opening, 3), string(closing, 4)
    if len(start) != 1 or len(end) != 1:
        raise BuiltinError("delimiters must be one character each")
    whole = _template(string(template), start, end)
    return truth(_pattern(whole).compiled.search(string(text, 2)) is not None)


def _template(template: str, start: str, end: str) -> str:
    found, depth, since = [], 0, 0
    for position, character in enumerate(template):
        if character == start:
            if not depth:
                found.append(_literal(template[since:position]))
                since = position + 1
            depth += 1
        elif character == end:
            depth -= 1
            if not depth:
                found.append(f"({template[since:position]})")
                since = position + 1
            if depth < 0:
                break
    if depth:
        raise BuiltinError("unbalanced braces in template")
    return f"^{''.join(found)}{_literal(template[since:])}$"


def _literal(text: str) -> str:
    return "".join(f"\\x{{{ord(character):x}}}" for character in text)
