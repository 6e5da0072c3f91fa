"""Symbolic values unfolded into constants: all that one can be, with path conditions."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import product
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.bdd.variables import Ordered
from rsp_policy.engine.builtins.arithmetic import exact, rounded
from rsp_policy.engine.ir.constants import Constant, Object

from .guarded_unions import (
    AffineTerm,
    Alternative,
    Count,
    Deferred,
    FactArray,
    GuardedUnion,
    Member,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    defined,
    settled,
)

MAX_ALTERNATIVES = 4096
"""The most constants into which one symbolic value is unfolded."""

MAX_COUNTED = 256
"""The most path conditions that are counted one by one."""


class TooManyError(Exception):
    """A symbolic value that has too many constants to unfold, or no end of them."""


class _Nothing(Enum):
    """What stands where a key or a member is absent."""

    ABSENT = None


_ABSENT = _Nothing.ABSENT
_Parts: TypeAlias = "list[tuple[PathCondition, Member | _Nothing]]"


def unfolded(
    pcs: PathConditions, alternative: Alternative, path: PathCondition = ALWAYS
) -> list[tuple[PathCondition, Member]]:
    """Every constant that an alternative can be on a path, with its path condition.

    Raises:
        TooManyError: If there are more than `MAX_ALTERNATIVES`.
    """
    alternative = settled(alternative)
    match alternative:
        case SymbolicSet():
            return _unfold_set(pcs, alternative, path)
        case SymbolicObject():
            return _unfold_object(pcs, alternative, path)
        case SymbolicArray():
            return _unfold_array(pcs, alternative, path)
        case AffineTerm():
            return _unfold_line(pcs, alternative)
        case Count():
            return _unfold_count(pcs, alternative)
        case FactArray() | Unordered():
            raise TooManyError
        case _:
            return [(ALWAYS, alternative)]


def _unfold_set(
    pcs: PathConditions, value: SymbolicSet, path: PathCondition
) -> list[tuple[PathCondition, Member]]:
    choices: list[_Parts] = [
        [(ALWAYS, member)] if pc == ALWAYS else [(pc, member), (pc ^ 1, _ABSENT)]
        for member, pc in value.members.items()
    ]
    return _product(
        pcs,
        path,
        choices,
        lambda items: frozenset(item for item in items if item is not _ABSENT),
    )


def _unfold_object(
    pcs: PathConditions, value: SymbolicObject, path: PathCondition
) -> list[tuple[PathCondition, Member]]:
    keys = list(value.pairs)

    def build(items: list[Constant | _Nothing]) -> Constant:
        pairs = zip(keys, items, strict=True)
        return Object({key: item for key, item in pairs if item is not _ABSENT})

    values = [_unfold_entry(pcs, entry, path) for entry in value.pairs.values()]
    return _product(pcs, path, values, build)


def _unfold_array(
    pcs: PathConditions, value: SymbolicArray, path: PathCondition
) -> list[tuple[PathCondition, Member]]:
    values = [_unfold_entry(pcs, element, path) for element in value.elements]
    if any(item is _ABSENT for parts in values for _, item in parts):
        raise TooManyError
    return _product(
        pcs,
        path,
        values,
        lambda items: tuple(item for item in items if item is not _ABSENT),
    )


def _unfold_entry(pcs: PathConditions, value: GuardedUnion, path: PathCondition) -> _Parts:
    found: _Parts = []
    for pc, item in value:
        inner = unfolded(pcs, item, path)
        found += [(pcs.both(pc, own), constant) for own, constant in inner]
    missing = defined(pcs, value) ^ 1 if value else ALWAYS
    if pcs.both(path, missing) != NEVER:
        found.append((missing, _ABSENT))
    return found


def _product(
    pcs: PathConditions,
    path: PathCondition,
    values: list[_Parts],
    build: Callable[[list[Constant | _Nothing]], Constant],
) -> list[tuple[PathCondition, Member]]:
    """Collections of every combination of what their parts can be."""
    size = 1
    for value in values:
        size *= len(value)
    if size > MAX_ALTERNATIVES:
        raise TooManyError
    found: list[tuple[PathCondition, Member]] = []
    for combination in product(*values):
        pc = pcs.all(own for own, _ in combination)
        if pcs.both(path, pc) != NEVER:
            items = [item for _, item in combination if not isinstance(item, Deferred)]
            if len(items) < len(combination):
                # a text that is put together later is no part of a constant
                raise TooManyError
            found.append((pc, build(items)))
    return found


def _unfold_line(pcs: PathConditions, line: AffineTerm) -> list[tuple[PathCondition, Member]]:
    variable = pcs.variables[line.variable]
    assert isinstance(variable, Ordered)
    if line.date or not variable.whole:
        raise TooManyError
    first, last = int(variable.minimum), int(variable.maximum)
    if last - first >= MAX_ALTERNATIVES:
        raise TooManyError
    factor, offset = exact(line.factor), exact(line.offset)
    found: list[tuple[PathCondition, Member]] = []
    for number in range(first, last + 1):
        upper = pcs.below(line.variable, number, included=True)
        lower = pcs.below(line.variable, number, included=False)
        found.append((pcs.both(upper, lower ^ 1), rounded(number * factor + offset)))
    return found


def _unfold_count(pcs: PathConditions, count: Count) -> list[tuple[PathCondition, Member]]:
    if len(count.pcs) > MAX_COUNTED:
        raise TooManyError
    steps = [at_least(pcs, count.pcs, number) for number in range(len(count.pcs) + 2)]
    return [
        (pcs.both(steps[number], steps[number + 1] ^ 1), number)
        for number in range(len(count.pcs) + 1)
    ]


def at_least(pcs: PathConditions, counted: tuple[PathCondition, ...], number: int) -> PathCondition:
    """Where at least `number` of some path conditions hold, by a ladder of counts."""
    if number <= 0:
        return ALWAYS
    if number > len(counted):
        return NEVER
    reached = [ALWAYS] + [NEVER] * number
    for index, pc in enumerate(counted):
        for have in range(min(index + 1, number), 0, -1):
            reached[have] = pcs.either(reached[have], pcs.both(pc, reached[have - 1]))
    return reached[number]
