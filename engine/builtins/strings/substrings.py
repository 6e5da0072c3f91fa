"""Strings: parts of them, places in them, and strings made of others."""

from __future__ import annotations

from rsp_policy.engine.builtins.arithmetic import exact
from rsp_policy.engine.builtins.operands import fitting, integer, number, refuse, string, strings
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant, truth

_BASES = {2: "b", 8: "o", 10: "d", 16: "x"}


@builtin("concat")
def concat(separator: Constant, parts: Constant) -> Constant:
    """The strings of an array or a set with a separator between them."""
    between, found = string(separator), strings(parts, 2)
    fitting(sum(map(len, found)) + len(between) * len(found))
    return between.join(found)


@builtin("contains")
def contains(text: Constant, part: Constant) -> Constant:
    """Whether a string has another in it."""
    return truth(string(part, 2) in string(text))


@builtin("startswith")
def starts(text: Constant, part: Constant) -> Constant:
    """Whether a string starts with another."""
    return truth(string(text).startswith(string(part, 2)))


@builtin("endswith")
def ends(text: Constant, part: Constant) -> Constant:
    """Whether a string ends with another."""
    return truth(string(text).endswith(string(part, 2)))


@builtin("strings.any_prefix_match")
def any_prefix(texts: Constant, prefixes: Constant) -> Constant:
    """Whether one of some strings starts with one of others."""
    wanted = _alternatives(prefixes, 2)
    return truth(any(text.startswith(wanted) for text in _alternatives(texts, 1)))


@builtin("strings.any_suffix_match")
def any_suffix(texts: Constant, suffixes: Constant) -> Constant:
    """Whether one of some strings ends with one of others."""
    wanted = _alternatives(suffixes, 2)
    return truth(any(text.endswith(wanted) for text in _alternatives(texts, 1)))


def _alternatives(value: Constant, position: int) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return strings(value, position, ("string", "set", "array"))


@builtin("indexof")
def index_of(text: Constant, part: Constant) -> Constant:
    """Where a string first has another in it, or -1."""
    return string(text).find(_sought(part))


@builtin("indexof_n")
def indexes_of(text: Constant, part: Constant) -> Constant:
    """Everywhere that a string has another in it, overlaps included."""
    whole, sought = string(text), _sought(part)
    found = []
    start = whole.find(sought)
    while start >= 0:
        found.append(start)
        start = whole.find(sought, start + 1)
    return tuple(found)


def _sought(value: Constant) -> str:
    if not (found := string(value, 2)):
        raise BuiltinError("empty search character")
    return found


@builtin("strings.count")
def count(text: Constant, part: Constant) -> Constant:
    """How often a string has another in it, overlaps left out."""
    return string(text).count(string(part, 2))


@builtin("substring")
def substring(text: Constant, start: Constant, length: Constant) -> Constant:
    """The part of a string from an index, of a length; the rest where the length is negative."""
    whole, first, size = string(text), integer(start, 2), integer(length, 3)
    if first < 0:
        raise BuiltinError("negative offset")
    return whole[first:] if size < 0 else whole[first : first + size]


@builtin("split")
def split(text: Constant, separator: Constant) -> Constant:
    """The parts of a string between separators; its characters where the separator is empty."""
    whole, between = string(text), string(separator, 2)
    return tuple(whole.split(between)) if between else tuple(whole)


@builtin("strings.reverse")
def reverse(text: Constant) -> Constant:
    """A string from its end."""
    return string(text)[::-1]


@builtin("format_int")
def format_int(value: Constant, base: Constant) -> Constant:
    """A number without its fraction in base 2, 8, 10 or 16."""
    whole, wanted = int(exact(number(value))), number(base, 2)
    if wanted not in _BASES:
        refuse(2, "one of {2, 8, 10, 16}")
    return format(whole, _BASES[int(wanted)])
