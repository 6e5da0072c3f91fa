"""Variables: what facts are made of, and what a formula can say of one.

A literal says that a variable takes one of some values, or that it lies below a cut. The values of
a choice have codes in bits, by which decision diagrams tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from rsp_policy.engine.ir.constants import Constant

Cut: TypeAlias = tuple[float, bool]
"""A place on a line between what is below it and what is not: a number, and whether it is below."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A variable with few values: a boolean, an enumeration, or membership in a set fact.

    Attributes:
        fact: The path of the fact.
        member: The member whose presence is asked for, where the fact is a set.
        values: What it can be; booleans for a member.
        usual: The number of the value that it has by default.
    """

    fact: str
    member: str | None
    values: tuple[Constant, ...]
    usual: int = 0

    def __str__(self) -> str:
        return self.fact if self.member is None else f"{self.fact} has {self.member}"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A variable on a line: a number, an integer or a date; dates are compared as days."""

    fact: str
    minimum: float
    maximum: float
    whole: bool

    def __str__(self) -> str:
        return self.fact


Variable: TypeAlias = Choice | Ordered


@dataclass(frozen=True, slots=True)
class OneOf:
    """A literal: the variable takes one of the values whose bits are set."""

    variable: int
    mask: int


@dataclass(frozen=True, slots=True)
class Below:
    """A literal: the variable is less than `cut`, or, with `included`, at most `cut`."""

    variable: int
    cut: float
    included: bool


@cache
def codes(count: int, width: int) -> list[tuple[tuple[int, bool], ...]]:
    """Codes of `count` values over `width` bits, as (bit, value) pairs; together they use up all.

    The first is all zeros. The last values leave out bits where there are codes to spare.

    >>> codes(3, 2)
    [((0, False), (1, False)), ((0, False), (1, True)), ((0, True),)]
    """
    if count == 1:
        return [()]
    half = 1 << (width - 1)
    low = [((0, False), *_shifted(code)) for code in codes(min(count, half), width - 1)]
    high_count = count - half
    high_width = max(0, (high_count - 1).bit_length())
    high = [
        ((0, True), *_shifted(code, width - 1 - high_width))
        for code in codes(high_count, high_width)
    ]
    return low + high


def _shifted(code: tuple[tuple[int, bool], ...], by: int = 0) -> tuple[tuple[int, bool], ...]:
    return tuple((bit + 1 + by, wanted) for bit, wanted in code)
