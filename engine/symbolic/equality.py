"""When symbolic values are equal: alternative by alternative, collections part by part."""

from __future__ import annotations

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.ir.constants import Object
from rsp_policy.engine.ir.statements import Where

from .combinations import refusal
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    Count,
    Deferred,
    FactArray,
    Line,
    Symbolic,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    defined,
    elements_of,
    entries_of,
    is_constant,
    members_of,
)
from .order import compared, line_equals


def equal(guards: Guards, left: Alternative, right: Alternative, where: Where) -> Guard:
    """The guard under which two alternatives are equal.

    Raises:
        UnliftableError: If that has no exact form.
    """
    if left is right and not isinstance(left, Unordered):
        return ALWAYS
    if is_constant(left) and is_constant(right):
        return ALWAYS if left == right else NEVER
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Line):
            return line_equals(guards, one, other, where)
        if isinstance(one, Count):
            return compared(guards, one, other, where, lambda sign: sign == 0)
        if isinstance(one, Deferred):
            if one == other:
                return ALWAYS
            if is_constant(other) and not isinstance(other, str):
                return NEVER
            raise refusal(one, "==", where)
        if isinstance(one, FactArray | Unordered):
            if is_constant(other) and not isinstance(other, tuple):
                return NEVER
            raise refusal(one, "==", where)
    return _same_parts(guards, left, right, where)


def _same_parts(guards: Guards, left: Alternative, right: Alternative, where: Where) -> Guard:
    if isinstance(left, frozenset | SymbolicSet) and isinstance(right, frozenset | SymbolicSet):
        a, b = dict(members_of(left)), dict(members_of(right))
        return guards.all(_iff(guards, a.get(key, NEVER), b.get(key, NEVER)) for key in {**a, **b})
    if isinstance(left, Object | SymbolicObject) and isinstance(right, Object | SymbolicObject):
        one, other = dict(entries_of(left)), dict(entries_of(right))
        return guards.all(
            _equal_values(guards, one.get(key, UNDEFINED), other.get(key, UNDEFINED), where)
            for key in {**one, **other}
        )
    if isinstance(left, tuple | SymbolicArray) and isinstance(right, tuple | SymbolicArray):
        first, second = list(elements_of(left)), list(elements_of(right))
        if len(first) != len(second):
            return NEVER
        pairs = zip(first, second, strict=True)
        return guards.all(_equal_values(guards, a, b, where) for a, b in pairs)
    return NEVER


def _equal_values(guards: Guards, left: Symbolic, right: Symbolic, where: Where) -> Guard:
    missing = guards.both(defined(guards, left) ^ 1, defined(guards, right) ^ 1)
    found = [missing]
    for a_guard, a in left:
        for b_guard, b in right:
            held = guards.both(a_guard, b_guard)
            if held != NEVER:
                found.append(guards.both(held, equal(guards, a, b, where)))
    return guards.any(found)


def _iff(guards: Guards, left: Guard, right: Guard) -> Guard:
    if left == right:
        return ALWAYS
    return guards.either(guards.both(left, right), guards.both(left ^ 1, right ^ 1))
