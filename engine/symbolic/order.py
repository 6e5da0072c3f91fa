"""The order of symbolic values: lines of facts against constants, counts against numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.builtins.arithmetic import exact
from rsp_policy.engine.errors import UnliftableError
from rsp_policy.engine.ir.constants import Constant, compare
from rsp_policy.engine.ir.statements import Where

from .combinations import DATES, combinations, refusal
from .guarded_unions import AffineTerm, Alternative, Count, is_constant
from .unfolding import MAX_COUNTED, at_least

Wanted: TypeAlias = Callable[[int], bool]
"""Which orders are asked for: of -1, 0 and 1, as `compare` gives them."""


def compared(
    pcs: PathConditions, left: Alternative, right: Alternative, where: Where, wanted: Wanted
) -> PathCondition:
    """The path condition under which the order of two alternatives is a wanted one.

    Raises:
        UnliftableError: If that has no exact form.
    """
    if isinstance(right, AffineTerm) and not isinstance(left, AffineTerm):
        return compared(pcs, right, left, where, lambda sign: wanted(-sign))
    if isinstance(left, AffineTerm) and is_constant(right):
        if isinstance(right, str) != left.date or not isinstance(right, str | int | float):
            sign = compare("" if left.date else 0, right)
            return ALWAYS if wanted(sign) else NEVER
        under = _under(pcs, left, right, where, included=False)
        over = _under(pcs, left, right, where, included=True) ^ 1
        return _signed(pcs, under, over, wanted)
    if isinstance(left, Count) and isinstance(right, int | float):
        if len(left.pcs) > MAX_COUNTED:
            raise refusal(left, "count", where)
        floor = int(right // 1)
        over = at_least(pcs, left.pcs, floor + 1)
        under = at_least(pcs, left.pcs, floor if floor == right else floor + 1) ^ 1
        return _signed(pcs, under, over, wanted)
    combined = list(combinations(pcs, "comparison", [left, right], where))
    return pcs.any(own for own, (one, two) in combined if wanted(compare(one, two)))


def line_equals(
    pcs: PathConditions, line: AffineTerm, other: Alternative, where: Where
) -> PathCondition:
    """The path condition under which a number or date of a fact is another value.

    Raises:
        UnliftableError: If that has no exact form.
    """
    if isinstance(other, AffineTerm) and other == line:
        return ALWAYS
    if not is_constant(other):
        combined = list(combinations(pcs, "comparison", [line, other], where))
        return pcs.any(own for own, (one, two) in combined if compare(one, two) == 0)
    if isinstance(other, str) != line.date or not isinstance(other, str | int | float):
        return NEVER
    at_most = _under(pcs, line, other, where, included=True)
    under = _under(pcs, line, other, where, included=False)
    return pcs.both(at_most, under ^ 1)


def _under(
    pcs: PathConditions, line: AffineTerm, other: Constant, where: Where, *, included: bool
) -> PathCondition:
    """The path condition under which a number of a fact is less than a constant, or at most it."""
    if line.date:
        if not isinstance(other, str):
            raise UnliftableError(where, "comparison", DATES)
        try:
            bound: float = datetime.date.fromisoformat(other).toordinal()
        except ValueError:
            raise UnliftableError(where, "comparison", f"`{other}` is no date; {DATES}") from None
        return pcs.below(line.variable, bound, included=included)
    if not isinstance(other, int | float):
        raise refusal(line, "comparison", where)
    if line.factor == 0:
        return ALWAYS if line.offset < other or (included and line.offset == other) else NEVER
    bound = float((exact(other) - exact(line.offset)) / exact(line.factor))
    if line.factor > 0:
        return pcs.below(line.variable, bound, included=included)
    return pcs.below(line.variable, bound, included=not included) ^ 1


def _signed(
    pcs: PathConditions, under: PathCondition, over: PathCondition, wanted: Wanted
) -> PathCondition:
    found = []
    if wanted(-1):
        found.append(under)
    if wanted(1):
        found.append(over)
    if wanted(0):
        found.append(pcs.both(under ^ 1, over ^ 1))
    return pcs.any(found)
