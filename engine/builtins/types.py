"""Questions about the type of a value, and numbers out of other values."""

from __future__ import annotations

import re

from rsp_policy.engine.ir.constants import TRUE, Constant, Object, Truth, truth, type_name

from .operands import mistyped
from .registry import BuiltinError, builtin

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:inf|infinity|nan)", re.IGNORECASE)


@builtin("is_string")
def is_string(value: Constant) -> Constant:
    """Whether a value is a string."""
    return truth(isinstance(value, str))


@builtin("is_number")
def is_number(value: Constant) -> Constant:
    """Whether a value is a number."""
    return truth(isinstance(value, int | float))


@builtin("is_boolean")
def is_boolean(value: Constant) -> Constant:
    """Whether a value is a boolean."""
    return truth(isinstance(value, Truth))


@builtin("is_array")
def is_array(value: Constant) -> Constant:
    """Whether a value is an array."""
    return truth(isinstance(value, tuple))


@builtin("is_set")
def is_set(value: Constant) -> Constant:
    """Whether a value is a set."""
    return truth(isinstance(value, frozenset))


@builtin("is_object")
def is_object(value: Constant) -> Constant:
    """Whether a value is an object."""
    return truth(isinstance(value, Object))


@builtin("is_null")
def is_null(value: Constant) -> Constant:
    """Whether a value is null."""
    return truth(value is None)


builtin("type_name")(type_name)


@builtin("to_number")
def to_number(value: Constant) -> Constant:
    """A number as it is, null as 0, a boolean as 0 or 1, and the number that a string names."""
    if value is None:
        return 0
    if isinstance(value, Truth):
        return int(value is TRUE)
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str):
        mistyped(value, 1, "null", "boolean", "number", "string")
    if _NOT_FINITE.fullmatch(value):
        raise BuiltinError("operand 1 must be valid number string", "eval_type_error")
    return parsed(value)


def parsed(text: str) -> int | float:
    """The number that a text names in decimal notation.

    Raises:
        BuiltinError: If it names none.
    """
    if not _NUMBER.fullmatch(text) or len(text) > 1000:
        raise BuiltinError(f"parsing {text[:50]!r}: invalid syntax")
    if text.lstrip("+-").isdigit():
        return int(text)
    found = float(text)
    if found in (float("inf"), float("-inf")):
        raise BuiltinError(f"parsing {text[:50]!r}: value out of range")
    return found
