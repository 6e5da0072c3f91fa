"""When symbolic values are equal: alternative by alternative, collections part by part."""

from __future__ import annotations

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.ir.constants import Object
from rsp_policy.engine.ir.statements import Where

from .combinations import refusal
from .guarded_unions import (
    UNDEFINED,
    AffineTerm,
    Alternative,
    Count,
    Deferred,
    FactArray,
    GuardedUnion,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    defined,
    elements_of,
    is_constant,
    members_of,
    pairs_of,
)
from .order import compared, line_equals


def equal(
    pcs: PathConditions, left: Alternative, right: Alternative, where: Where
) -> PathCondition:
    """The path condition under which two alternatives are equal.

    Raises:
        UnliftableError: If that has no exact form.
    """
    if left is right and not isinstance(left, Unordered):
        return ALWAYS
    if is_constant(left) and is_constant(right):
        return ALWAYS if left == right else NEVER
    for one, other in ((left, right), (right, left)):
        if isinstance(one, AffineTerm):
            return line_equals(pcs, one, other, where)
        if isinstance(one, Count):
            return compared(pcs, one, other, where, lambda sign: sign == 0)
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
    return _same_parts(pcs, left, right, where)


def _same_parts(
    pcs: PathConditions, left: Alternative, right: Alternative, where: Where
) -> PathCondition:
    if isinstance(left, frozenset | SymbolicSet) and isinstance(right, frozenset | SymbolicSet):
        a, b = dict(members_of(left)), dict(members_of(right))
        return pcs.all(_iff(pcs, a.get(key, NEVER), b.get(key, NEVER)) for key in {**a, **b})
    if isinstance(left, Object | SymbolicObject) and isinstance(right, Object | SymbolicObject):
        one, other = dict(pairs_of(left)), dict(pairs_of(right))
        return pcs.all(
            _equal_values(pcs, one.get(key, UNDEFINED), other.get(key, UNDEFINED), where)
            for key in {**one, **other}
        )
    if isinstance(left, tuple | SymbolicArray) and isinstance(right, tuple | SymbolicArray):
        first, second = list(elements_of(left)), list(elements_of(right))
        if len(first) != len(second):
            return NEVER
        pairs = zip(first, second, strict=True)
        return pcs.all(_equal_values(pcs, a, b, where) for a, b in pairs)
    return NEVER


def _equal_values(
    pcs: PathConditions, left: GuardedUnion, right: GuardedUnion, where: Where
) -> PathCondition:
    missing = pcs.both(defined(pcs, left) ^ 1, defined(pcs, right) ^ 1)
    found = [missing]
    for a_pc, a in left:
        for b_pc, b in right:
            held = pcs.both(a_pc, b_pc)
            if held != NEVER:
                found.append(pcs.both(held, equal(pcs, a, b, where)))
    return pcs.any(found)


def _iff(pcs: PathConditions, left: PathCondition, right: PathCondition) -> PathCondition:
    if left == right:
        return ALWAYS
    return pcs.either(pcs.both(left, right), pcs.both(left ^ 1, right ^ 1))
