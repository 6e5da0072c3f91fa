"""Statements that add to a collection, which is filled in place while its comprehension runs."""

from __future__ import annotations

from collections.abc import Mapping

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.errors import UnliftableError
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.statements import AddMember, Append, Insert, Statement, Where

from .access import refuse_index
from .activation import Frame, Step
from .combinations import keys, members
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    Symbolic,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    defined,
    elements_of,
    entries_of,
    members_of,
    merged,
)
from .reading import KINDS


def _append(statement: Append, guard: Guard, frame: Frame) -> Guard:
    value = frame.settled(statement.value)
    refuse_index(value, statement.where)
    changed = []
    for own, array in frame.held(statement.array):
        built = array
        if not isinstance(built, SymbolicArray):
            built = SymbolicArray(list(elements_of(array)), own)
        if not statement.literal and frame.guards.without(guard, built.base) != ALWAYS:
            reason = "the length of an array depends on facts"
            raise UnliftableError(
                statement.where, "array comprehension", reason, "build a set instead"
            )
        built.elements.append(value)
        changed.append((own, built))
    frame.locals[statement.array] = tuple(changed)
    return frame.guards.both(guard, defined(frame.guards, value))


def _add_member(statement: AddMember, guard: Guard, frame: Frame) -> Guard:
    guards, value = frame.guards, frame.settled(statement.value)
    changed: list[tuple[Guard, Alternative]] = []
    for own, group in frame.held(statement.set):
        if not _takes(group, "set", guards.both(guard, own), statement.where, frame):
            changed.append((own, group))
            continue
        built = group
        if not isinstance(built, SymbolicSet):
            built = SymbolicSet(dict(members_of(group)), own)
        outer = ALWAYS if statement.literal else guards.without(guard, built.base)
        for item_guard, item in value:
            held = guards.both(outer, item_guard)
            if held != NEVER:
                _put(guards, built, item, held, statement.where)
        changed.append((own, built))
    frame.locals[statement.set] = tuple(changed)
    return guards.both(guard, defined(guards, value))


def _put(guards: Guards, group: SymbolicSet, item: Alternative, guard: Guard, where: Where) -> None:
    for own, constant in members(guards, item, where):
        held = guards.both(guard, own)
        if held != NEVER:
            before = group.members.get(constant, NEVER)
            group.members[constant] = guards.either(before, held)
            group.plain = group.plain and group.members[constant] == ALWAYS


def _insert(statement: Insert, guard: Guard, frame: Frame) -> Guard:
    guards = frame.guards
    key, value = frame.settled(statement.key), frame.settled(statement.value)
    refuse_index(value, statement.where)
    changed: list[tuple[Guard, Alternative]] = []
    for own, group in frame.held(statement.object):
        if not _takes(group, "object", guards.both(guard, own), statement.where, frame):
            changed.append((own, group))
            continue
        built = group
        if not isinstance(built, SymbolicObject):
            built = SymbolicObject(dict(entries_of(group)), own)
        outer = ALWAYS if statement.literal else guards.without(guard, built.base)
        for key_guard, name in key:
            held = guards.both(outer, key_guard)
            if held == NEVER:
                continue
            for named_guard, constant in keys(guards, name, statement.where):
                inner = guards.both(held, named_guard)
                if inner != NEVER:
                    _enter(statement, built, constant, value, inner, frame)
        changed.append((own, built))
    frame.locals[statement.object] = tuple(changed)
    return guard


def _enter(
    statement: Insert,
    group: SymbolicObject,
    key: Constant,
    value: Symbolic,
    guard: Guard,
    frame: Frame,
) -> None:
    """Put a value under a key, beside what may stand there on other paths."""
    both = frame.guards.both
    before = group.entries.get(key, UNDEFINED)
    if guard == ALWAYS and not before:
        group.entries[key] = value
        return
    there = defined(frame.guards, before)
    if statement.once and both(there, guard) != NEVER:
        frame.compare(before, value, guard, statement.where)
    group.entries[key] = merged(
        frame.guards,
        [(both(guard ^ 1, own), item) for own, item in before]
        + [(both(guard, own), item) for own, item in value],
    )


def _takes(group: Alternative, kind: str, guard: Guard, where: Where, frame: Frame) -> bool:
    """Whether a value is a collection of a kind; where a rule gave another, it conflicts."""
    fits = isinstance(group, KINDS[kind])
    if not fits:
        frame.conflict(guard, where)
    return fits


BUILDING: Mapping[type[Statement], Step] = {
    Append: _append,
    AddMember: _add_member,
    Insert: _insert,
}
"""What is done for each kind of these statements."""
