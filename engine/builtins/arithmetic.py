"""Arithmetic, and subtraction of sets, which shares its sign.

OPA computes with 64 bits of mantissa where a float has 53, so that both 0.1 + 0.2 is 0.3 there and
2 / 3 * 3 is 2. Here a result is computed on floats and on the exact fractions that their decimal
texts name, and where the two differ the one with the shorter text stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from rsp_policy.engine.ir.constants import Constant

from .operands import bounded, members, mistyped, number
from .registry import BuiltinError, builtin

_WHOLE = 2**63


def exact(value: int | float) -> Fraction:
    """A number as the fraction that its shortest decimal text names.

    Raises:
        BuiltinError: If it is infinite.
    """
    if isinstance(value, int):
        return Fraction(bounded(value))
    if not math.isfinite(value):
        raise BuiltinError("a number is too large")
    return Fraction(repr(value))


def rounded(value: Fraction, whole: bool = False) -> int | float:
    """A fraction as a number: whole where it is, unless so large that only a float names it well.

    Raises:
        BuiltinError: If it is too large.
    """
    if value.denominator == 1 and (whole or abs(value) < _WHOLE):
        return bounded(value.numerator)
    try:
        return float(value)
    except OverflowError:
        raise BuiltinError("a number is too large") from None


def _shorter(value: Fraction, on_floats: Callable[[], float]) -> int | float:
    found = rounded(value)
    try:
        other = rounded(exact(on_floats()))
    except (OverflowError, ZeroDivisionError):
        return found
    return min(found, other, key=lambda number: len(str(number)))


@builtin("plus")
def plus(left: Constant, right: Constant) -> Constant:
    """The sum of two numbers."""
    a, b = number(left), number(right, 2)
    if isinstance(a, int) and isinstance(b, int):
        return bounded(a + b)
    return _shorter(exact(a) + exact(b), lambda: a + b)


@builtin("minus")
def minus(left: Constant, right: Constant) -> Constant:
    """The difference of two numbers or of two sets."""
    if isinstance(left, frozenset):
        return left - members(right, 2)
    if not isinstance(left, int | float):
        mistyped(left, 1, "number", "set")
    right = number(right, 2)
    if isinstance(left, int) and isinstance(right, int):
        return bounded(left - right)
    a, b = left, right
    return _shorter(exact(a) - exact(b), lambda: a - b)


@builtin("mul")
def mul(left: Constant, right: Constant) -> Constant:
    """The product of two numbers."""
    a, b = number(left), number(right, 2)
    if isinstance(a, int) and isinstance(b, int):
        return bounded(bounded(a) * bounded(b))
    return _shorter(exact(a) * exact(b), lambda: a * b)


@builtin("div")
def div(left: Constant, right: Constant) -> Constant:
    """The quotient of two numbers."""
    a, b = number(left), number(right, 2)
    if b == 0:
        raise BuiltinError("divide by zero")
    if isinstance(a, int) and isinstance(b, int):
        return rounded(exact(a) / exact(b), whole=True)
    return _shorter(exact(a) / exact(b), lambda: a / b)


@builtin("rem")
def rem(left: Constant, right: Constant) -> Constant:
    """The remainder of two whole numbers, with the sign of the first."""
    a, b = exact(number(left)), exact(number(right, 2))
    if a.denominator != 1 or b.denominator != 1:
        raise BuiltinError("modulo on floating-point number")
    if b == 0:
        raise BuiltinError("modulo by zero")
    size = abs(a.numerator) % abs(b.numerator)
    return size if a >= 0 else -size


@builtin("abs")
def magnitude(value: Constant) -> Constant:
    """The size of a number without its sign."""
    return abs(number(value))


@builtin("round")
def nearest(value: Constant) -> Constant:
    """The nearest whole number, halves away from zero."""
    found = exact(number(value))
    size = math.floor(abs(found) + Fraction(1, 2))
    return size if found >= 0 else -size


@builtin("ceil")
def ceil(value: Constant) -> Constant:
    """The least whole number that is not below a number."""
    return math.ceil(exact(number(value)))


@builtin("floor")
def floor(value: Constant) -> Constant:
    """The greatest whole number that is not above a number."""
    return math.floor(exact(number(value)))
