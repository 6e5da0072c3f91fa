"""Semantic versions."""

from __future__ import annotations

import re

from rsp_policy.engine.ir.constants import Constant, truth

from .operands import string
from .registry import BuiltinError, builtin
from .strings.notation import quoted

_NUMBER = r"(0|[1-9][0-9]{0,18})"
_LABELS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({_LABELS}))?(?:\+{_LABELS})?")


@builtin("semver.is_valid")
def is_valid(value: Constant) -> Constant:
    """Whether a value is a semantic version."""
    return truth(isinstance(value, str) and _VERSION.fullmatch(value) is not None)


@builtin("semver.compare")
def compare(left: Constant, right: Constant) -> Constant:
    """-1, 0 or 1 as a version comes before, with or after another."""
    a, b = _rank(string(left), 1), _rank(string(right, 2), 2)
    return (a > b) - (a < b)


def _rank(text: str, position: int) -> tuple[object, ...]:
    found = _VERSION.fullmatch(text)
    if found is None:
        name = quoted(text[:100])
        raise BuiltinError(f"operand {position}: string {name} is not a valid SemVer")
    numbers = tuple(map(int, found.group(1, 2, 3)))
    if found[4] is None:
        return (numbers, 1)
    return (numbers, 0, tuple(map(_label, found[4].split("."))))


def _label(text: str) -> tuple[int, int, str]:
    return (0, int(text[:4000]), "") if text.isdigit() else (1, 0, text)
