"""Matching, finding, splitting and replacing by regular expressions."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice

from rsp_policy.engine.builtins.operands import fitting, integer, string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import FALSE, Constant, truth

from .patterns import compiled, matches

_REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


@builtin("regex.match")
def match(expression: Constant, text: Constant) -> Constant:
    """Whether a string has a match in it."""
    return truth(any(matches(compiled(string(expression)), _encoded(string(text, 2)))))


@builtin("regex.is_valid")
def is_valid(expression: Constant) -> Constant:
    """Whether a value is a regular expression."""
    try:
        return truth(isinstance(expression, str) and bool(compiled(expression)))
    except BuiltinError:
        return FALSE


@builtin("regex.find_n")
def find(expression: Constant, text: Constant, most: Constant) -> Constant:
    """The first matches in a string, or all where the number is negative."""
    found = _first(expression, text, most)
    return tuple(_decoded(item[0]) for item in found)


@builtin("regex.find_all_string_submatch_n")
def find_groups(expression: Constant, text: Constant, most: Constant) -> Constant:
    """The first matches in a string, each with what its groups match."""
    found = _first(expression, text, most)
    return tuple(tuple(map(_decoded, (item[0], *item.groups(b"")))) for item in found)


def _first(expression: Constant, text: Constant, most: Constant) -> list[re.Match[bytes]]:
    pattern, whole = compiled(string(expression)), _encoded(string(text, 2))
    limit = integer(most, 3)
    return list(islice(matches(pattern, whole), limit if limit >= 0 else None))


@builtin("regex.split")
def split(expression: Constant, text: Constant) -> Constant:
    """The parts of a string between matches."""
    pattern, whole = compiled(string(expression)), _encoded(string(text, 2))
    if not whole:
        return ("",) if expression else ()
    parts, start, last = [], 0, 0
    for item in matches(pattern, whole):
        # An empty match separates nothing at the start, nor at the end.
        if item.end():
            parts.append(whole[start : item.start()])
        start, last = item.end(), item.start()
    if last != len(whole):
        parts.append(whole[start:])
    return tuple(map(_decoded, parts))


@builtin("regex.replace")
def replace(text: Constant, expression: Constant, template: Constant) -> Constant:
    """A string with each match replaced; `$1` and `${name}` stand for groups."""
    whole, pattern = _encoded(string(text)), compiled(string(expression, 2))
    instead = string(template, 3)
    parts, start = [], 0
    length = len(whole)
    for item in matches(pattern, whole):
        new = _REFERENCE.sub(partial(_referred, item), instead)
        length = fitting(length + len(new))
        parts += [_decoded(whole[start : item.start()]), new]
        start = item.end()
    return "".join(parts) + _decoded(whole[start:])


def _referred(item: re.Match[bytes], reference: re.Match[str]) -> str:
    if reference[1]:
        return "$"
    name = reference[2] or reference[3]
    try:
        return _decoded(item[int(name) if _INDEX.fullmatch(name) else name] or b"")
    except IndexError:
        return ""


def _encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _decoded(text: bytes) -> str:
    return text.decode(errors="surrogatepass")


@builtin("regex.template_match")
def template_match(
    template: Constant, text: Constant, opening: Constant, closing: Constant
) -> Constant:
    """Whether a string is as a template says, which has expressions between delimiters."""
    start, end = string(opening, 3), string(closing, 4)
    if len(start) != 1 or len(end) != 1:
        raise BuiltinError("delimiters must be one character each")
    return match(_template(string(template), start, end), text)


def _template(template: str, start: str, end: str) -> str:
    found, depth, since = [], 0, 0
    for position, character in enumerate(template):
        if character == start:
            if not depth:
                found.append(re.escape(template[since:position]))
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
    return f"^{''.join(found)}{re.escape(template[since:])}$"
