"""Sets whose members stand under path conditions: what is in one, and how two combine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import NEVER, PathCondition, PathConditions
from rsp_policy.engine.ir.constants import FALSE, TRUE, Object
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.symbolic.combinations import Operation, Result
from rsp_policy.engine.symbolic.equality import equal
from rsp_policy.engine.symbolic.guarded_unions import (
    Alternative,
    FactArray,
    SymbolicObject,
    SymbolicSet,
    always,
    elements_of,
    is_constant,
    members_of,
    pairs_of,
    settled,
)

Keep: TypeAlias = Callable[[PathConditions, PathCondition, PathCondition], PathCondition]
"""Under which path condition a member stays, by the path conditions that it has in two sets."""


def boolean(pc: PathCondition) -> list[tuple[PathCondition, Alternative]]:
    """True where a path condition holds, and false elsewhere."""
    return [(pc, TRUE), (pc ^ 1, FALSE)]


def contained(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """Whether a value is a member of a set, or a value in another collection."""
    item, source = operands
    pairs: list[tuple[PathCondition, Alternative]]
    if isinstance(source, FactArray):
        pairs = [(own, name) for name, own in source.members]
    elif isinstance(source, frozenset | SymbolicSet):
        if is_constant(item) and isinstance(source, SymbolicSet):
            return boolean(source.members.get(item, NEVER))
        pairs = [(own, name) for name, own in members_of(source)]
    elif isinstance(source, Object | SymbolicObject):
        pairs = [pair for _, value in pairs_of(source) for pair in value]
    else:
        pairs = [pair for value in elements_of(source) for pair in value]
    found = [pcs.both(own, equal(pcs, item, name, where)) for own, name in pairs]
    return boolean(pcs.any(found))


def combined(keep: Keep) -> Operation:
    """An operation on two sets, member by member."""

    def operate(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
        left, right = operands
        if not (isinstance(left, _SETS) and isinstance(right, _SETS)):
            return None
        a, b = dict(members_of(left)), dict(members_of(right))
        result = {item: keep(pcs, a.get(item, NEVER), b.get(item, NEVER)) for item in {**a, **b}}
        return always(settled(SymbolicSet({i: own for i, own in result.items() if own != NEVER})))

    return operate


_SETS = (frozenset, SymbolicSet)
