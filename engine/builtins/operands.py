"""Operands checked against the types that a builtin takes, with errors in OPA's words."""

from __future__ import annotations

from typing import NoReturn

from rsp_policy.engine.ir.constants import Constant, Object, elements, type_name

from .registry import BuiltinError

_MOST_CHARACTERS = 10_000_000
_MOST_BITS = 8192
MOST_ELEMENTS = 100_000
"""The longest array that a builtin makes out of numbers."""


def mistyped(value: Constant, position: int, *types: str) -> NoReturn:
    """Raises the error for an operand that has none of the types."""
    wanted = types[0] if len(types) == 1 else "one of {" + ", ".join(types) + "}"
    refuse(position, f"{wanted} but got {type_name(value)}")


def refuse(position: int, wanted: str) -> NoReturn:
    """Raises a type error that says what an operand must be."""
    raise BuiltinError(f"operand {position} must be {wanted}", "eval_type_error")


def string(value: Constant, position: int = 1) -> str:
    """An operand that is a string."""
    return value if isinstance(value, str) else mistyped(value, position, "string")


def number(value: Constant, position: int = 1) -> int | float:
    """An operand that is a number."""
    return value if isinstance(value, int | float) else mistyped(value, position, "number")


def integer(value: Constant, position: int = 1) -> int:
    """An operand that is a whole number."""
    if isinstance(value, int):
        return value
    found = number(value, position)
    if not float(found).is_integer():
        refuse(position, "integer number but got floating-point number")
    return int(found)


def array(value: Constant, position: int = 1) -> tuple[Constant, ...]:
    """An operand that is an array."""
    return value if isinstance(value, tuple) else mistyped(value, position, "array")


def members(value: Constant, position: int = 1) -> frozenset[Constant]:
    """An operand that is a set."""
    return value if isinstance(value, frozenset) else mistyped(value, position, "set")


def mapping(value: Constant, position: int = 1) -> Object:
    """An operand that is an object."""
    return value if isinstance(value, Object) else mistyped(value, position, "object")


def listed(
    value: Constant, position: int = 1, types: tuple[str, ...] = ("set", "array")
) -> tuple[Constant, ...]:
    """The elements of an operand that is an array, or in order those of one that is a set."""
    if not isinstance(value, tuple | frozenset):
        mistyped(value, position, *types)
    return elements(value)


def strings(
    value: Constant, position: int = 1, types: tuple[str, ...] = ("set", "array")
) -> tuple[str, ...]:
    """The elements of an operand that is an array or a set of strings."""
    found = listed(value, position, types)
    return tuple(_element(item, value, position, "string") for item in found)  # type: ignore[misc]


def numbers(value: Constant, position: int = 1) -> tuple[int | float, ...]:
    """The elements of an operand that is an array or a set of numbers."""
    found = listed(value, position)
    return tuple(_element(item, value, position, "number") for item in found)  # type: ignore[misc]


def _element(item: Constant, whole: Constant, position: int, wanted: str) -> Constant:
    if type_name(item) == wanted:
        return item
    kind = type_name(whole)
    return refuse(position, f"{kind} of {wanted}s but got {kind} containing {type_name(item)}")


def bounded(value: int) -> int:
    """A whole number, unless it is too long to compute with.

    Raises:
        BuiltinError: If it is.
    """
    if value.bit_length() > _MOST_BITS:
        raise BuiltinError(f"a number has over {_MOST_BITS} bits")
    return value


def fitting(characters: int) -> int:
    """The length of a string that is about to be made, unless it is too long.

    Raises:
        BuiltinError: If it is.
    """
    if characters > _MOST_CHARACTERS:
        raise BuiltinError(f"a string has over {_MOST_CHARACTERS} characters")
    return characters
