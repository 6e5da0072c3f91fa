"""Arithmetic on a number of a fact: a line stays one under a constant factor and offset."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeGuard

from rsp_policy.engine.bdd.path_conditions import ALWAYS, PathConditions
from rsp_policy.engine.builtins.arithmetic import exact, rounded
from rsp_policy.engine.ir.statements import Where

from .combinations import Operation, Result
from .guarded_unions import AffineTerm, Alternative


def affine(first: int, second: int) -> Operation:
    """A sum or a difference of a number of a fact and a constant."""

    def add(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
        left, right = operands
        if isinstance(left, AffineTerm) and not left.date and is_number(right):
            return _line(left, first, second * exact(right))
        if isinstance(right, AffineTerm) and not right.date and is_number(left):
            return _line(right, second, first * exact(left))
        return None

    return add


def times(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """A number of a fact times a constant."""
    for line, factor in (operands, operands[::-1]):
        if isinstance(line, AffineTerm) and not line.date and is_number(factor):
            return _line(line, exact(factor), 0)
    return None


def divided(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """A number of a fact divided by a constant."""
    line, by = operands
    if isinstance(line, AffineTerm) and not line.date and is_number(by) and by != 0:
        return _line(line, 1 / exact(by), 0)
    return None


def _line(line: AffineTerm, by: Fraction | int, shift: Fraction | int) -> Result:
    """A line times a factor, plus an offset, if numbers as they are written hold the result."""
    factor, offset = exact(line.factor) * by, exact(line.offset) * by + shift
    made = AffineTerm(line.variable, rounded(factor), rounded(offset))
    same = exact(made.factor) == factor and exact(made.offset) == offset
    return [(ALWAYS, made)] if same else None


def is_number(value: Alternative) -> TypeGuard[int | float]:
    """Whether an alternative is a constant number."""
    return isinstance(value, int | float)
