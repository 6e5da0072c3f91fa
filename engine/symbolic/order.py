"""The order of symbolic values: lines of facts against constants, counts against numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.builtins.arithmetic import exact
from rsp_policy.engine.errors import UnliftableError
from rsp_policy.engine.ir.constants import Constant, compare
from rsp_policy.engine.ir.statements import Where

from .combinations import DATES, combinations, refusal
from .guarded_unions import Alternative, Count, Line, is_constant
from .unfolding import MAX_COUNTED, at_least

Wanted: TypeAlias = Callable[[int], bool]
"""Which orders are asked for: of -1, 0 and 1, as `compare` gives them."""


def compared(
    guards: Guards, left: Alternative, right: Alternative, where: Where, wanted: Wanted
) -> Guard:
    """The guard under which the order of two alternatives is a wanted one.

    Raises:
        UnliftableError: If that has no exact form.
    """
    if isinstance(right, Line) and not isinstance(left, Line):
        return compared(guards, right, left, where, lambda sign: wanted(-sign))
    if isinstance(left, Line) and is_constant(right):
        if isinstance(right, str) != left.date or not isinstance(right, str | int | float):
            sign = compare("" if left.date else 0, right)
            return ALWAYS if wanted(sign) else NEVER
        under = _under(guards, left, right, where, included=False)
        over = _under(guards, left, right, where, included=True) ^ 1
        return _signed(guards, under, over, wanted)
    if isinstance(left, Count) and isinstance(right, int | float):
        if len(left.guards) > MAX_COUNTED:
            raise refusal(left, "count", where)
        floor = int(right // 1)
        over = at_least(guards, left.guards, floor + 1)
        under = at_least(guards, left.guards, floor if floor == right else floor + 1) ^ 1
        return _signed(guards, under, over, wanted)
    cases = list(combinations(guards, "comparison", [left, right], where))
    return guards.any(own for own, (one, two) in cases if wanted(compare(one, two)))


def line_equals(guards: Guards, line: Line, other: Alternative, where: Where) -> Guard:
    """The guard under which a number or date of a fact is another value.

    Raises:
        UnliftableError: If that has no exact form.
    """
    if isinstance(other, Line) and other == line:
        return ALWAYS
    if not is_constant(other):
        cases = list(combinations(guards, "comparison", [line, other], where))
        return guards.any(own for own, (one, two) in cases if compare(one, two) == 0)
    if isinstance(other, str) != line.date or not isinstance(other, str | int | float):
        return NEVER
    at_most = _under(guards, line, other, where, included=True)
    under = _under(guards, line, other, where, included=False)
    return guards.both(at_most, under ^ 1)


def _under(guards: Guards, line: Line, other: Constant, where: Where, *, included: bool) -> Guard:
    """The guard under which a number of a fact is less than a constant, or at most it."""
    if line.date:
        if not isinstance(other, str):
            raise UnliftableError(where, "comparison", DATES)
        try:
            bound: float = datetime.date.fromisoformat(other).toordinal()
        except ValueError:
            raise UnliftableError(where, "comparison", f"`{other}` is no date; {DATES}") from None
        return guards.below(line.variable, bound, included=included)
    if not isinstance(other, int | float):
        raise refusal(line, "comparison", where)
    if line.factor == 0:
        return ALWAYS if line.offset < other or (included and line.offset == other) else NEVER
    bound = float((exact(other) - exact(line.offset)) / exact(line.factor))
    if line.factor > 0:
        return guards.below(line.variable, bound, included=included)
    return guards.below(line.variable, bound, included=not included) ^ 1


def _signed(guards: Guards, under: Guard, over: Guard, wanted: Wanted) -> Guard:
    found = []
    if wanted(-1):
        found.append(under)
    if wanted(1):
        found.append(over)
    if wanted(0):
        found.append(guards.both(under ^ 1, over ^ 1))
    return guards.any(found)
