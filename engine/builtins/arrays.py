"""Arrays joined, cut, turned and flattened."""

from __future__ import annotations

from rsp_policy.engine.ir.constants import Constant

from .operands import array, integer
from .registry import builtin


@builtin("array.concat")
def concat(left: Constant, right: Constant) -> Constant:
    """Two arrays as one."""
    return array(left) + array(right, 2)


@builtin("array.slice")
def cut(value: Constant, start: Constant, stop: Constant) -> Constant:
    """The elements from one index to before another, both clamped to the array."""
    whole, first, end = array(value), integer(start, 2), integer(stop, 3)
    return whole[max(first, 0) : max(end, 0)]


@builtin("array.reverse")
def reverse(value: Constant) -> Constant:
    """An array from its end."""
    return array(value)[::-1]


@builtin("array.flatten")
def flatten(value: Constant) -> Constant:
    """An array with the elements of the arrays in it in their place, one level deep."""
    found: list[Constant] = []
    for item in array(value):
        found.extend(item if isinstance(item, tuple) else (item,))
    return tuple(found)
