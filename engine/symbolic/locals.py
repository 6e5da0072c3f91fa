"""Statements that read, compare and write locals, and leave the collections in them as they are."""

from __future__ import annotations

from collections.abc import Mapping

from rsp_policy.engine.bdd.path_conditions import NEVER, PathCondition
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

from .access import looked_up, refuse_index, refuse_unknown_fact
from .activation import Activation, Step
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
from .operations import builtin_calls
from .operations.object_operations import deep_union

KINDS: Mapping[str, tuple[type, ...]] = {
    "array": (tuple, SymbolicArray, FactArray),
    "object": (Object, SymbolicObject),
    "set": (frozenset, SymbolicSet),
}
"""The classes of alternatives that are an array, an object or a set."""


def _dot(statement: Dot, pc: PathCondition, activation: Activation) -> PathCondition:
    source, key = activation.value(statement.source), activation.value(statement.key)
    value = looked_up(activation.pcs, source, key, statement.where)
    if not value:
        refuse_unknown_fact(source, key, statement.where)
    return activation.assign(statement.target, value, pc)


def _assign(statement: Assign, pc: PathCondition, activation: Activation) -> PathCondition:
    value = activation.settled(statement.source)
    if not statement.once:
        activation.write(statement.target, value, pc)
        return pc
    refuse_index(value, statement.where)
    pcs, before = activation.pcs, activation.held(statement.target)
    activation.compare(before, value, pc, statement.where)
    there = defined(pcs, before)
    activation.locals[statement.target] = merged(
        pcs,
        [*before, *((pcs.all((pc, own, there ^ 1)), item) for own, item in value)],
    )
    return pc


def _equal(statement: Equal, pc: PathCondition, activation: Activation) -> PathCondition:
    left, right = activation.settled(statement.left), activation.settled(statement.right)
    pcs = activation.pcs
    same, there = NEVER, NEVER
    for left_pc, a in left:
        for right_pc, b in right:
            held = pcs.both(left_pc, right_pc)
            if held == NEVER:
                continue
            there = pcs.either(there, held)
            same = pcs.either(same, pcs.both(held, equal(pcs, a, b, statement.where)))
    if statement.negated:
        same = pcs.both(there, same ^ 1)
    return pcs.both(pc, same)


def _test(statement: Test, pc: PathCondition, activation: Activation) -> PathCondition:
    pcs, value = activation.pcs, activation.value(statement.source)
    if statement.kind == "defined":
        return pcs.both(pc, defined(pcs, value))
    if statement.kind == "undefined":
        return pcs.both(pc, defined(pcs, value) ^ 1)
    kinds = KINDS[statement.kind]
    return pcs.both(pc, pcs.any(own for own, item in value if isinstance(item, kinds)))


def _make(statement: Make, pc: PathCondition, activation: Activation) -> PathCondition:
    made: Alternative
    match statement.kind:
        case "array":
            made = SymbolicArray(base=pc)
        case "object":
            made = SymbolicObject(base=pc)
        case "set":
            made = SymbolicSet(base=pc)
        case _:
            made = statement.value
    activation.write(statement.target, always(made), pc)
    return pc


def _length(statement: Length, pc: PathCondition, activation: Activation) -> PathCondition:
    arguments = [activation.settled(statement.source)]
    value = builtin_calls.call(activation.pcs, "count", arguments, pc, statement.where)
    return activation.assign(statement.target, value, pc)


def _merge(statement: Merge, pc: PathCondition, activation: Activation) -> PathCondition:
    left, right = activation.held(statement.left), activation.held(statement.right)
    activation.write(statement.target, deep_union(activation.pcs, right, left), pc)
    return pc


def _reset(statement: Reset, pc: PathCondition, activation: Activation) -> PathCondition:
    activation.write(statement.target, UNDEFINED, pc)
    return pc


def _return(statement: Return, pc: PathCondition, activation: Activation) -> PathCondition:
    value = [(own, settled(item)) for own, item in activation.held(statement.source)]
    activation.returned += [(activation.pcs.both(pc, own), item) for own, item in value]
    activation.ended = activation.pcs.either(activation.ended, pc)
    return NEVER


def _yield(statement: Yield, pc: PathCondition, activation: Activation) -> PathCondition:
    for own, item in activation.held(statement.value):
        activation.returned.append((activation.pcs.both(pc, own), item))
    return pc


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
