"""Rego values as Python constants that hash and compare as Rego's do.

A string is a `str`, a number an `int` or a `float` (1 and 1.0 are one value), null is `None`, an
array a `tuple`, a set a `frozenset`, an object an `Object`. Booleans are the members of `Truth`,
because Python takes `True` for the number 1.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cmp_to_key
from typing import TypeAlias

from rsp_policy.engine.files.documents import Value

_RANKS = {"null": 0, "boolean": 1, "number": 2, "string": 3, "array": 4, "object": 5, "set": 6}


class Truth(Enum):
    """A Rego boolean."""

    FALSE = False
    TRUE = True

    __hash__ = object.__hash__


TRUE, FALSE = Truth.TRUE, Truth.FALSE


class Object(Mapping["Constant", "Constant"]):
    """A Rego object: an immutable mapping with any constants as keys."""

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[Constant, Constant] | Iterable[tuple[Constant, Constant]]):
        self._items = dict(items)
        self._hash: int | None = None

    def __getitem__(self, key: Constant) -> Constant:
        return self._items[key]

    def __iter__(self) -> Iterator[Constant]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Object) and self._items == other._items

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(("object", frozenset(self._items.items())))
        return self._hash

    def __repr__(self) -> str:
        return f"Object({self._items!r})"


Constant: TypeAlias = (
    "str | int | float | Truth | tuple[Constant, ...] | frozenset[Constant] | Object | None"
)


def truth(value: bool) -> Truth:
    """A Python boolean as a Rego one."""
    return TRUE if value else FALSE


def type_name(value: Constant) -> str:
    """The name of a value's type, as Rego's `type_name` gives it."""
    if isinstance(value, str):
        return "string"
    if isinstance(value, Truth):
        return "boolean"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, tuple):
        return "array"
    return "set" if isinstance(value, frozenset) else "object"


def compare(left: Constant, right: Constant) -> int:
    """-1, 0 or 1 by Rego's order: types first, then values; collections element by element."""
    if left is right:
        return 0
    ranks = _RANKS[type_name(left)], _RANKS[type_name(right)]
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if isinstance(left, str) and isinstance(right, str):
        a, b = left.encode(errors="surrogatepass"), right.encode(errors="surrogatepass")
        return (a > b) - (a < b)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return (left > right) - (left < right)
    if isinstance(left, Truth) and isinstance(right, Truth):
        return int(left.value) - int(right.value)
    if isinstance(left, Object) and isinstance(right, Object):
        return _compare_objects(left, right)
    return _compare_all(elements(left), elements(right))


def _compare_objects(left: Object, right: Object) -> int:
    keys = ordered(left), ordered(right)
    for a, b in zip(*keys, strict=False):
        if (found := compare(a, b)) or (found := compare(left[a], right[b])):
            return found
    return (len(left) > len(right)) - (len(left) < len(right))


def _compare_all(left: tuple[Constant, ...], right: tuple[Constant, ...]) -> int:
    for a, b in zip(left, right, strict=False):
        if found := compare(a, b):
            return found
    return (len(left) > len(right)) - (len(left) < len(right))


_key = cmp_to_key(compare)


def ordered(values: Iterable[Constant]) -> tuple[Constant, ...]:
    """Values in Rego's order."""
    listed = list(values)
    # Python compares texts of ASCII as Rego does, and much faster
    words = [value for value in listed if isinstance(value, str) and value.isascii()]
    if len(words) == len(listed):
        return tuple(sorted(words))
    return tuple(sorted(listed, key=_key))


def elements(value: Constant) -> tuple[Constant, ...]:
    """The elements of an array, or the members of a set in order; empty for anything else."""
    if isinstance(value, tuple):
        return value
    return ordered(value) if isinstance(value, frozenset) else ()


def constant(value: Value) -> Constant:
    """A JSON value as a Rego constant."""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, list):
        return tuple(map(constant, value))
    if isinstance(value, dict):
        items: dict[Constant, Constant] = {key: constant(item) for key, item in value.items()}
        return Object(items)
    return value


def plain(value: Constant) -> Value:
    """A Rego constant as JSON: sets as sorted lists, keys of objects as JSON text unless strings.

    >>> plain(constant({"a": [True, None, 1.5]}))
    {'a': [True, None, 1.5]}
    """
    if isinstance(value, Truth):
        return bool(value.value)
    if isinstance(value, Object):
        return {
            key if isinstance(key, str) else dump(key): plain(value[key]) for key in ordered(value)
        }
    if isinstance(value, tuple | frozenset):
        return [plain(item) for item in elements(value)]
    if isinstance(value, float) and value.is_integer() and math.fabs(value) < 2**53:
        return int(value)
    return value


def dump(value: Constant) -> str:
    """A Rego constant as compact JSON text, as `json.marshal` gives it."""
    text = json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return mended(text)


def mended(text: str) -> str:
    """A JSON text with the characters escaped that could end a script or a line of one."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
