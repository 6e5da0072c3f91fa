"""Whole numbers: their bits, and ranges of them."""

from __future__ import annotations

from rsp_policy.engine.ir.constants import Constant

from .operands import MOST_ELEMENTS, bounded, integer, refuse
from .registry import BuiltinError, builtin

_MOST_SHIFT = 8192


@builtin("bits.and")
def bits_and(left: Constant, right: Constant) -> Constant:
    """The bits that both numbers have."""
    return integer(left) & integer(right, 2)


@builtin("bits.or")
def bits_or(left: Constant, right: Constant) -> Constant:
    """The bits that either number has."""
    return integer(left) | integer(right, 2)


@builtin("bits.xor")
def bits_xor(left: Constant, right: Constant) -> Constant:
    """The bits that one of two numbers has."""
    return integer(left) ^ integer(right, 2)


@builtin("bits.negate")
def bits_negate(value: Constant) -> Constant:
    """The bits that a number lacks."""
    return ~integer(value)


@builtin("bits.lsh")
def bits_lsh(value: Constant, places: Constant) -> Constant:
    """A number with its bits moved up."""
    shifted, by = integer(value), _places(places)
    if by > _MOST_SHIFT:
        raise BuiltinError(f"shift by more than {_MOST_SHIFT} bits")
    return bounded(shifted << by)


@builtin("bits.rsh")
def bits_rsh(value: Constant, places: Constant) -> Constant:
    """A number with its bits moved down."""
    return integer(value) >> _places(places)


def _places(value: Constant) -> int:
    found = integer(value, 2)
    if found < 0:
        refuse(2, "an unsigned integer number but got a negative integer")
    return found


@builtin("numbers.range")
def numbers_range(first: Constant, last: Constant) -> Constant:
    """The whole numbers from one to another, both included, up or down."""
    return _range(integer(first), integer(last, 2), 1)


@builtin("numbers.range_step")
def numbers_range_step(first: Constant, last: Constant, step: Constant) -> Constant:
    """The whole numbers from one towards another in steps."""
    start, end, by = integer(first), integer(last, 2), integer(step, 3)
    if by <= 0:
        raise BuiltinError("step must be a positive integer")
    return _range(start, end, by)


def _range(first: int, last: int, step: int) -> Constant:
    if abs(last - first) // step >= MOST_ELEMENTS:
        raise BuiltinError(f"a range has over {MOST_ELEMENTS} elements")
    if first <= last:
        return tuple(range(first, last + 1, step))
    return tuple(range(first, last - 1, -step))
