"""Sets of characters as ranges, by the names that RE2 gives to some."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

Ranges: TypeAlias = "tuple[tuple[int, int], ...]"


def _ranges(*pairs: str) -> Ranges:
    return tuple((ord(pair[0]), ord(pair[-1])) for pair in pairs)


_DIGIT, _LOWER, _UPPER = "09", "az", "AZ"
PERL = {
    "d": _ranges(_DIGIT),
    "w": _ranges(_DIGIT, _LOWER, _UPPER, "_"),
    "s": _ranges("\t\n", "\f\r", " "),
}
"""The sets that a letter after a backslash names, and a capital letter the others."""

POSIX = {
    "alnum": _ranges(_DIGIT, _LOWER, _UPPER),
    "alpha": _ranges(_LOWER, _UPPER),
    "ascii": _ranges("\x00\x7f"),
    "blank": _ranges("\t", " "),
    "cntrl": _ranges("\x00\x1f", "\x7f"),
    "digit": _ranges(_DIGIT),
    "graph": _ranges("!~"),
    "lower": _ranges(_LOWER),
    "print": _ranges(" ~"),
    "punct": _ranges("!/", ":@", "[`", "{~"),
    "space": _ranges("\t\r", " "),
    "upper": _ranges(_UPPER),
    "word": _ranges(_DIGIT, _LOWER, _UPPER, "_"),
    "xdigit": _ranges(_DIGIT, "af", "AF"),
}
"""The sets that a name between `[:` and `:]` names."""


def complement(ranges: Ranges) -> Ranges:
    """The characters that are in none of the ranges."""
    found, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, (start, sys.maxunicode)) if start <= sys.maxunicode else tuple(found)


@cache
def category(name: str) -> Ranges | None:
    """The characters of a general category such as `L` or `Lu`; None if there is none."""
    codes = (
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)).startswith(name)
    )
    return _joined(codes) or None if len(name) <= 2 else None


def _joined(codes: Iterable[int]) -> Ranges:
    found: list[tuple[int, int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return tuple(found)
