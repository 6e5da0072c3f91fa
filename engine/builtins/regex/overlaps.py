"""Whether two simple patterns have a string in common, for `regex.globs_match`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rsp_policy.engine.builtins.operands import string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant, truth

_TOKEN = re.compile(
    r"(?:\\(?P<literal>.)|\[(?P<set>(?:\\.|[^\]\\])+)\]|(?P<plain>[^+*\[\]\\]))(?P<repeat>[+*]?)",
    re.S,
)
_MEMBER = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.S)
_LONGEST = 1_000

_Ranges: TypeAlias = "tuple[tuple[int, int], ...]"
_ANY: _Ranges = ((0, sys.maxunicode),)


@dataclass(frozen=True)
class _Step:
    """Some characters, of which one comes, or also none or several."""

    characters: _Ranges
    skips: bool
    repeats: bool


@builtin("regex.globs_match")
def globs_match(left: Constant, right: Constant) -> Constant:
    """Whether some string matches both of two patterns of characters, sets, dots, `*` and `+`."""
    a, b = _steps(string(left)), _steps(string(right, 2))
    seen = {(0, 0)}
    waiting = [(0, 0)]
    while waiting:
        i, j = waiting.pop()
        for state in _following(a, b, i, j):
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return truth((len(a), len(b)) in seen)


def _following(a: list[_Step], b: list[_Step], i: int, j: int) -> Iterator[tuple[int, int]]:
    if i < len(a) and a[i].skips:
        yield i + 1, j
    if j < len(b) and b[j].skips:
        yield i, j + 1
    if i < len(a) and j < len(b) and _share(a[i].characters, b[j].characters):
        for following in {i + 1, i + 1 - a[i].repeats}:
            for other in {j + 1, j + 1 - b[j].repeats}:
                yield following, other


def _share(left: _Ranges, right: _Ranges) -> bool:
    return any(low <= high2 and low2 <= high for low, high in left for low2, high2 in right)


def _steps(text: str) -> list[_Step]:
    if not text or len(text) > _LONGEST:
        raise BuiltinError("the input provided is invalid")
    steps, position = [], 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise BuiltinError(f"input:{text}, pos:{position + 1}: the input provided is invalid")
        steps.append(_Step(_characters(token), token["repeat"] == "*", bool(token["repeat"])))
        position = token.end()
    return steps


def _characters(token: re.Match[str]) -> _Ranges:
    if token["set"] is None:
        if token["plain"] == ".":
            return _ANY
        code = ord(token["literal"] or token["plain"])
        return ((code, code),)
    if token["set"].startswith("^"):
        raise BuiltinError("negated sets are not supported")
    pairs = (found.groups() for found in _MEMBER.finditer(token["set"]))
    return tuple((ord(low[-1]), ord((high or low)[-1])) for low, high in pairs)
