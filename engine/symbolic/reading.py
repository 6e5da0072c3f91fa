"""Statements that read, compare and write locals, and leave the collections in them as they are."""

from __future__ import annotations

from collections.abc import Mapping

from rsp_policy.engine.bdd.path_conditions import NEVER, Guard
from rsp_policy.engine.ir.constants import Object
from rsp_policy.engine.ir.statements import (
    Assign,
    Dot,
    Equal,
    Length,
    Make,
    Merge,
    Reset,
    Return,
    Statement,
    Test,
    Yield,
)

from . import builtin_calls
from .access import looked_up, refuse_index, refuse_unknown_fact
from .activation import Frame, Step
from .equality import equal
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    FactArray,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    always,
    defined,
    merged,
    settled,
)
from .object_operations import deep_union

KINDS: Mapping[str, tuple[type, ...]] = {
    "array": (tuple, SymbolicArray, FactArray),
    "object": (Object, SymbolicObject),
    "set": (frozenset, SymbolicSet),
}
"""The classes of alternatives that are an array, an object or a set."""


def _dot(statement: Dot, guard: Guard, frame: Frame) -> Guard:
    source, key = frame.value(statement.source), frame.value(statement.key)
    value = looked_up(frame.guards, source, key, statement.where)
    if not value:
        refuse_unknown_fact(source, key, statement.where)
    return frame.assign(statement.target, value, guard)


def _assign(statement: Assign, guard: Guard, frame: Frame) -> Guard:
    value = frame.settled(statement.source)
    if not statement.once:
        frame.write(statement.target, value, guard)
        return guard
    refuse_index(value, statement.where)
    guards, before = frame.guards, frame.held(statement.target)
    frame.compare(before, value, guard, statement.where)
    there = defined(guards, before)
    frame.locals[statement.target] = merged(
        guards,
        [*before, *((guards.all((guard, own, there ^ 1)), item) for own, item in value)],
    )
    return guard


def _equal(statement: Equal, guard: Guard, frame: Frame) -> Guard:
    left, right = frame.settled(statement.left), frame.settled(statement.right)
    guards = frame.guards
    same, there = NEVER, NEVER
    for left_guard, a in left:
        for right_guard, b in right:
            held = guards.both(left_guard, right_guard)
            if held == NEVER:
                continue
            there = guards.either(there, held)
            same = guards.either(same, guards.both(held, equal(guards, a, b, statement.where)))
    if statement.negated:
        same = guards.both(there, same ^ 1)
    return guards.both(guard, same)


def _test(statement: Test, guard: Guard, frame: Frame) -> Guard:
    guards, value = frame.guards, frame.value(statement.source)
    if statement.kind == "defined":
        return guards.both(guard, defined(guards, value))
    if statement.kind == "undefined":
        return guards.both(guard, defined(guards, value) ^ 1)
    kinds = KINDS[statement.kind]
    return guards.both(guard, guards.any(own for own, item in value if isinstance(item, kinds)))


def _make(statement: Make, guard: Guard, frame: Frame) -> Guard:
    made: Alternative
    match statement.kind:
        case "array":
            made = SymbolicArray(base=guard)
        case "object":
            made = SymbolicObject(base=guard)
        case "set":
            made = SymbolicSet(base=guard)
        case _:
            made = statement.value
    frame.write(statement.target, always(made), guard)
    return guard


def _length(statement: Length, guard: Guard, frame: Frame) -> Guard:
    arguments = [frame.settled(statement.source)]
    value = builtin_calls.call(frame.guards, "count", arguments, guard, statement.where)
    return frame.assign(statement.target, value, guard)


def _merge(statement: Merge, guard: Guard, frame: Frame) -> Guard:
    left, right = frame.held(statement.left), frame.held(statement.right)
    frame.write(statement.target, deep_union(frame.guards, right, left), guard)
    return guard


def _reset(statement: Reset, guard: Guard, frame: Frame) -> Guard:
    frame.write(statement.target, UNDEFINED, guard)
    return guard


def _return(statement: Return, guard: Guard, frame: Frame) -> Guard:
    value = [(own, settled(item)) for own, item in frame.held(statement.source)]
    frame.returned += [(frame.guards.both(guard, own), item) for own, item in value]
    frame.ended = frame.guards.either(frame.ended, guard)
    return NEVER


def _yield(statement: Yield, guard: Guard, frame: Frame) -> Guard:
    for own, item in frame.held(statement.value):
        frame.returned.append((frame.guards.both(guard, own), item))
    return guard


EVALUATION: Mapping[type[Statement], Step] = {
    Dot: _dot,
    Assign: _assign,
    Equal: _equal,
    Test: _test,
    Make: _make,
    Length: _length,
    Merge: _merge,
    Reset: _reset,
    Return: _return,
    Yield: _yield,
}
"""What is done for each kind of these statements."""
