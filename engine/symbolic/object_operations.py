"""Objects and arrays put together and taken apart, key by key."""

from __future__ import annotations

from collections.abc import Sequence

from rsp_policy.engine.bdd.path_conditions import NEVER, Guard, Guards
from rsp_policy.engine.ir.constants import Object
from rsp_policy.engine.ir.statements import Where

from .access import member
from .combinations import Result
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    Symbolic,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    always,
    defined,
    elements_of,
    entries_of,
    is_constant,
    merged,
    settled,
)

_OBJECTS = (Object, SymbolicObject)


def deep_union(guards: Guards, left: Symbolic, right: Symbolic) -> Symbolic:
    """Two objects merged key by key, recursively; `right` stands where not both are objects."""
    found: list[tuple[Guard, Alternative]] = []
    for a_guard, a in left:
        for b_guard, b in right:
            held = guards.both(a_guard, b_guard)
            if held != NEVER:
                found.append((held, _union(guards, a, b)))
    return merged(guards, found)


def _union(guards: Guards, left: Alternative, right: Alternative) -> Alternative:
    if not (isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS)):
        return right
    entries = dict(entries_of(left))
    for key, value in entries_of(right):
        before = entries.get(key, UNDEFINED)
        both = deep_union(guards, before, value)
        there = defined(guards, value)
        missing = defined(guards, before) ^ 1
        entries[key] = merged(
            guards,
            [
                *both,
                *((guards.both(missing, own), item) for own, item in value),
                *((guards.both(there ^ 1, own), item) for own, item in before),
            ],
        )
    return settled(SymbolicObject(entries))


def object_union(guards: Guards, operands: Sequence[Alternative], where: Where) -> Result:
    """Two objects merged, recursively."""
    left, right = operands
    if not (isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS)):
        return None
    return always(_union(guards, left, right))


def object_get(guards: Guards, operands: Sequence[Alternative], where: Where) -> Result:
    """What stands in an object under a key or at a path, or a default where nothing does."""
    source, path, default = operands
    if not isinstance(source, _OBJECTS) or not is_constant(path):
        return None
    found: Symbolic = always(source)
    for key in path if isinstance(path, tuple) else (path,):
        found = merged(
            guards,
            [
                (guards.both(own, held), item)
                for own, place in found
                for held, item in member(guards, place, key, where)
            ],
        )
    return [*found, (defined(guards, found) ^ 1, default)]


def object_keys(guards: Guards, operands: Sequence[Alternative], where: Where) -> Result:
    """The keys of an object."""
    source = operands[0]
    if not isinstance(source, SymbolicObject):
        return None
    entries = source.entries.items()
    return always(settled(SymbolicSet({key: defined(guards, value) for key, value in entries})))


def array_concat(guards: Guards, operands: Sequence[Alternative], where: Where) -> Result:
    """Two arrays one after the other."""
    if not all(isinstance(item, tuple | SymbolicArray) for item in operands):
        return None
    return always(SymbolicArray([value for item in operands for value in elements_of(item)]))
