"""Builtins that reduce or order a collection."""

from __future__ import annotations

from functools import reduce

from rsp_policy.engine.ir.constants import Constant, Object, ordered

from .arithmetic import mul, plus
from .operands import listed, mistyped, numbers
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
    start: Constant = 0
    return reduce(plus, numbers(values), start)


@builtin("product")
def product(values: Constant) -> Constant:
    """The product of an array or a set of numbers."""
    start: Constant = 1
    return reduce(mul, numbers(values), start)


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
