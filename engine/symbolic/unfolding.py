"""Symbolic values unfolded into constants: everything that one can be, each with its guard."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import product
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.bdd.variables import Ordered
from rsp_policy.engine.builtins.arithmetic import exact, rounded
from rsp_policy.engine.ir.constants import Constant, Object

from .guarded_unions import (
    Alternative,
    Count,
    Deferred,
    FactArray,
    Line,
    Member,
    Symbolic,
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
"""The most guards that are counted one by one."""


class TooManyError(Exception):
    """A symbolic value that has too many constants to unfold, or no end of them."""


class _Nothing(Enum):
    """What stands where a key or a member is absent."""

    ABSENT = None


_ABSENT = _Nothing.ABSENT
_Parts: TypeAlias = "list[tuple[Guard, Member | _Nothing]]"


def unfolded(
    guards: Guards, alternative: Alternative, path: Guard = ALWAYS
) -> list[tuple[Guard, Member]]:
    """Every constant that an alternative can be on a path, with its guard.

    Raises:
        TooManyError: If there are more than `MAX_ALTERNATIVES`.
    """
    alternative = settled(alternative)
    match alternative:
        case SymbolicSet():
            return _unfold_set(guards, alternative, path)
        case SymbolicObject():
            return _unfold_object(guards, alternative, path)
        case SymbolicArray():
            return _unfold_array(guards, alternative, path)
        case Line():
            return _unfold_line(guards, alternative)
        case Count():
            return _unfold_count(guards, alternative)
        case FactArray() | Unordered():
            raise TooManyError
        case _:
            return [(ALWAYS, alternative)]


def _unfold_set(guards: Guards, value: SymbolicSet, path: Guard) -> list[tuple[Guard, Member]]:
    choices: list[_Parts] = [
        [(ALWAYS, member)] if guard == ALWAYS else [(guard, member), (guard ^ 1, _ABSENT)]
        for member, guard in value.members.items()
    ]
    return _product(
        guards,
        path,
        choices,
        lambda items: frozenset(item for item in items if item is not _ABSENT),
    )


def _unfold_object(
    guards: Guards, value: SymbolicObject, path: Guard
) -> list[tuple[Guard, Member]]:
    keys = list(value.entries)

    def build(items: list[Constant | _Nothing]) -> Constant:
        pairs = zip(keys, items, strict=True)
        return Object({key: item for key, item in pairs if item is not _ABSENT})

    values = [_unfold_entry(guards, entry, path) for entry in value.entries.values()]
    return _product(guards, path, values, build)


def _unfold_array(guards: Guards, value: SymbolicArray, path: Guard) -> list[tuple[Guard, Member]]:
    values = [_unfold_entry(guards, element, path) for element in value.elements]
    if any(item is _ABSENT for parts in values for _, item in parts):
        raise TooManyError
    return _product(
        guards,
        path,
        values,
        lambda items: tuple(item for item in items if item is not _ABSENT),
    )


def _unfold_entry(guards: Guards, value: Symbolic, path: Guard) -> _Parts:
    found: _Parts = []
    for guard, item in value:
        inner = unfolded(guards, item, path)
        found += [(guards.both(guard, own), constant) for own, constant in inner]
    missing = defined(guards, value) ^ 1 if value else ALWAYS
    if guards.both(path, missing) != NEVER:
        found.append((missing, _ABSENT))
    return found


def _product(
    guards: Guards,
    path: Guard,
    values: list[_Parts],
    build: Callable[[list[Constant | _Nothing]], Constant],
) -> list[tuple[Guard, Member]]:
    """Collections of every combination of what their parts can be."""
    size = 1
    for value in values:
        size *= len(value)
    if size > MAX_ALTERNATIVES:
        raise TooManyError
    found: list[tuple[Guard, Member]] = []
    for combination in product(*values):
        guard = guards.all(own for own, _ in combination)
        if guards.both(path, guard) != NEVER:
            items = [item for _, item in combination if not isinstance(item, Deferred)]
            if len(items) < len(combination):
                # a text that is put together later is no part of a constant
                raise TooManyError
            found.append((guard, build(items)))
    return found


def _unfold_line(guards: Guards, line: Line) -> list[tuple[Guard, Member]]:
    variable = guards.variables[line.variable]
    assert isinstance(variable, Ordered)
    if line.date or not variable.whole:
        raise TooManyError
    first, last = int(variable.minimum), int(variable.maximum)
    if last - first >= MAX_ALTERNATIVES:
        raise TooManyError
    factor, offset = exact(line.factor), exact(line.offset)
    found: list[tuple[Guard, Member]] = []
    for number in range(first, last + 1):
        upper = guards.below(line.variable, number, included=True)
        lower = guards.below(line.variable, number, included=False)
        found.append((guards.both(upper, lower ^ 1), rounded(number * factor + offset)))
    return found


def _unfold_count(guards: Guards, count: Count) -> list[tuple[Guard, Member]]:
    if len(count.guards) > MAX_COUNTED:
        raise TooManyError
    steps = [at_least(guards, count.guards, number) for number in range(len(count.guards) + 2)]
    return [
        (guards.both(steps[number], steps[number + 1] ^ 1), number)
        for number in range(len(count.guards) + 1)
    ]


def at_least(guards: Guards, counted: tuple[Guard, ...], number: int) -> Guard:
    """The guard under which at least `number` of some guards hold, by a ladder of counts."""
    if number <= 0:
        return ALWAYS
    if number > len(counted):
        return NEVER
    reached = [ALWAYS] + [NEVER] * number
    for index, guard in enumerate(counted):
        for have in range(min(index + 1, number), 0, -1):
            reached[have] = guards.either(reached[have], guards.both(guard, reached[have - 1]))
    return reached[number]
