"""Unions and intersections of sets; their difference is `minus`."""

from __future__ import annotations

from rsp_policy.engine.ir.constants import Constant, ordered, type_name

from .operands import members, refuse
from .registry import builtin


@builtin("and")
def both(left: Constant, right: Constant) -> Constant:
    """The members that two sets share."""
    return members(left) & members(right, 2)


@builtin("or")
def either(left: Constant, right: Constant) -> Constant:
    """The members of either of two sets."""
    return members(left) | members(right, 2)


@builtin("intersection")
def intersection(sets: Constant) -> Constant:
    """The members that all sets of a set share; none where there is no set."""
    found = _sets(sets)
    return frozenset.intersection(*found) if found else frozenset()


@builtin("union")
def union(sets: Constant) -> Constant:
    """The members of all sets of a set."""
    return frozenset[Constant]().union(*_sets(sets))


def _sets(value: Constant) -> list[frozenset[Constant]]:
    found = []
    for item in ordered(members(value)):
        if not isinstance(item, frozenset):
            refuse(1, f"set of sets but got set containing {type_name(item)}")
        found.append(item)
    return found
