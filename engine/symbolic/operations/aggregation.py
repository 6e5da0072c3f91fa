"""What collections come to: how many members, the greatest, the least, and the sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.builtins.arithmetic import plus
from rsp_policy.engine.ir.constants import Constant, ordered
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.symbolic.affine import is_number
from rsp_policy.engine.symbolic.combinations import Operation, Result, refusal
from rsp_policy.engine.symbolic.guarded_unions import (
    Alternative,
    Count,
    Deferred,
    FactArray,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    always,
    defined,
)
from rsp_policy.engine.symbolic.unfolding import MAX_ALTERNATIVES


def count(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """The number of elements of a collection."""
    source = operands[0]
    counted: Iterable[PathCondition]
    match source:
        case SymbolicSet():
            if sum(isinstance(item, Deferred) for item in source.members) > 1:
                # two texts that quote facts may turn out to be one
                raise refusal(Deferred("", ()), "count", where)
            counted = source.members.values()
        case FactArray():
            counted = [own for _, own in source.members]
        case SymbolicObject():
            counted = [defined(pcs, value) for value in source.pairs.values()]
        case SymbolicArray():
            return always(len(source.elements))
        case _:
            return None
    return always(Count(tuple(counted)))


def extreme(sign: int) -> Operation:
    """The greatest or least member of a set whose members are constants."""

    def found(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
        pairs = _weighed(operands[0])
        if pairs is None:
            return None
        owned = dict(pairs)
        ranked = ordered(owned)
        best: list[tuple[PathCondition, Alternative]] = []
        none_better = ALWAYS
        for item in ranked if sign < 0 else ranked[::-1]:
            best.append((pcs.both(owned[item], none_better), item))
            none_better = pcs.both(none_better, owned[item] ^ 1)
        return best

    return found


def total(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """A sum over a set of constants, by the sums that its first members can have."""
    pairs = _weighed(operands[0])
    if pairs is None or not all(is_number(item) for item, _ in pairs):
        return None
    sums: dict[Constant, PathCondition] = {0: ALWAYS}
    owned = dict(pairs)
    for item in ordered(owned):
        own = owned[item]
        longer: dict[Constant, PathCondition] = {}
        for before, held in sums.items():
            for value, pc in ((before, own ^ 1), (plus(before, item), own)):
                reached = pcs.both(held, pc)
                if reached != NEVER:
                    longer[value] = pcs.either(longer.get(value, NEVER), reached)
        sums = longer
        if len(sums) > MAX_ALTERNATIVES:
            raise refusal(operands[0], "sum", where)
    return [(own, value) for value, own in sums.items()]


def _weighed(source: Alternative) -> list[tuple[Constant, PathCondition]] | None:
    """The members of a set or fact with their path conditions, if all of them are constants."""
    if isinstance(source, FactArray):
        return list(source.members)
    if not isinstance(source, SymbolicSet):
        return None
    pairs = [(item, own) for item, own in source.members.items() if not isinstance(item, Deferred)]
    return pairs if len(pairs) == len(source.members) else None
