"""Builtins that reduce or order a collection."""

from __future__ import annotations

from ..values import Constant, Object, ordered
from .arithmetic import exact, rounded
from .operands import bounded, listed, mistyped, numbers
from .registry import UndefinedError, builtin


@builtin("count")
def count(value: Constant) -> Constant:
    """How many elements a collection or characters a string has."""
    if not isinstance(value, str | tuple | frozenset | Object):
        mistyped(value, 1, "array", "object", "set", "string")
    return len(value)


@builtin("sum")
def total(values: Constant) -> Constant:
    """The sum of an array or a set of numbers."""
    found = numbers(values)
    if all(isinstance(item, int) for item in found):
        return bounded(sum(found))  # type: ignore[arg-type]
    return rounded(sum(map(exact, found), exact(0)))


@builtin("product")
def product(values: Constant) -> Constant:
    """The product of an array or a set of numbers."""
    found = numbers(values)
    result = exact(1)
    for item in found:
        result *= exact(item)
        # A bound at each step, because long products grow quadratically in time.
        bounded(result.numerator)
        bounded(result.denominator)
    return rounded(result, all(isinstance(item, int) for item in found))


@builtin("max")
def greatest(values: Constant) -> Constant:
    """The last element in Rego's order; undefined where there is none."""
    return _in_order(values)[-1]


@builtin("min")
def least(values: Constant) -> Constant:
    """The first element in Rego's order; undefined where there is none."""
    return _in_order(values)[0]


def _in_order(values: Constant) -> tuple[Constant, ...]:
    found = ordered(listed(values))
    if not found:
        raise UndefinedError("there is no element")
    return found


@builtin("sort")
def sort(values: Constant) -> Constant:
    """The elements of an array or a set as an array in Rego's order."""
    return ordered(listed(values))
