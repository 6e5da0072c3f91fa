"""Objects and arrays put together and taken apart, key by key."""

from __future__ import annotations

from collections.abc import Sequence

from rsp_policy.engine.bdd.path_conditions import NEVER, PathCondition, PathConditions
from rsp_policy.engine.ir.constants import Object
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.symbolic.access import member
from rsp_policy.engine.symbolic.combinations import Result
from rsp_policy.engine.symbolic.guarded_unions import (
    UNDEFINED,
    Alternative,
    GuardedUnion,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    always,
    defined,
    elements_of,
    is_constant,
    merged,
    pairs_of,
    settled,
)

_OBJECTS = (Object, SymbolicObject)


def deep_union(pcs: PathConditions, left: GuardedUnion, right: GuardedUnion) -> GuardedUnion:
    """Two objects merged key by key, recursively; `right` stands where not both are objects."""
    found: list[tuple[PathCondition, Alternative]] = []
    for a_pc, a in left:
        for b_pc, b in right:
            held = pcs.both(a_pc, b_pc)
            if held != NEVER:
                found.append((held, _union(pcs, a, b)))
    return merged(pcs, found)


def _union(pcs: PathConditions, left: Alternative, right: Alternative) -> Alternative:
    if not (isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS)):
        return right
    pairs = dict(pairs_of(left))
    for key, value in pairs_of(right):
        before = pairs.get(key, UNDEFINED)
        both = deep_union(pcs, before, value)
        there = defined(pcs, value)
        missing = defined(pcs, before) ^ 1
        pairs[key] = merged(
            pcs,
            [
                *both,
                *((pcs.both(missing, own), item) for own, item in value),
                *((pcs.both(there ^ 1, own), item) for own, item in before),
            ],
        )
    return settled(SymbolicObject(pairs))


def object_union(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """Two objects merged, recursively."""
    left, right = operands
    if not (isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS)):
        return None
    return always(_union(pcs, left, right))


def object_get(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """What stands in an object under a key or at a path, or a default where nothing does."""
    source, path, default = operands
    if not isinstance(source, _OBJECTS) or not is_constant(path):
        return None
    found: GuardedUnion = always(source)
    for key in path if isinstance(path, tuple) else (path,):
        found = merged(
            pcs,
            [
                (pcs.both(own, held), item)
                for own, place in found
                for held, item in member(pcs, place, key, where)
            ],
        )
    return [*found, (defined(pcs, found) ^ 1, default)]


def object_keys(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """The keys of an object."""
    source = operands[0]
    if not isinstance(source, SymbolicObject):
        return None
    pairs = source.pairs.items()
    return always(settled(SymbolicSet({key: defined(pcs, value) for key, value in pairs})))


def array_concat(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """Two arrays one after the other."""
    if not all(isinstance(item, tuple | SymbolicArray) for item in operands):
        return None
    return always(SymbolicArray([value for item in operands for value in elements_of(item)]))
