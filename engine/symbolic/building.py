"""Statements that add to a collection, which is filled in place while its comprehension runs."""

from __future__ import annotations

from collections.abc import Mapping

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.errors import UnliftableError
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.statements import AddMember, Append, Insert, Statement, Where

from .access import refuse_index
from .activation import Activation, Step
from .combinations import keys, members
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    GuardedUnion,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    defined,
    elements_of,
    members_of,
    merged,
    pairs_of,
)
from .locals import KINDS


def _append(statement: Append, pc: PathCondition, activation: Activation) -> PathCondition:
    value = activation.settled(statement.value)
    refuse_index(value, statement.where)
    changed = []
    for own, array in activation.held(statement.array):
        built = array
        if not isinstance(built, SymbolicArray):
            built = SymbolicArray(list(elements_of(array)), own)
        if not statement.literal and activation.pcs.without(pc, built.base) != ALWAYS:
            reason = "the length of an array depends on facts"
            raise UnliftableError(
                statement.where, "array comprehension", reason, "build a set instead"
            )
        built.elements.append(value)
        changed.append((own, built))
    activation.locals[statement.array] = tuple(changed)
    return activation.pcs.both(pc, defined(activation.pcs, value))


def _add_member(statement: AddMember, pc: PathCondition, activation: Activation) -> PathCondition:
    pcs, value = activation.pcs, activation.settled(statement.value)
    changed: list[tuple[PathCondition, Alternative]] = []
    for own, group in activation.held(statement.set):
        if not _takes(group, "set", pcs.both(pc, own), statement.where, activation):
            changed.append((own, group))
            continue
        built = group
        if not isinstance(built, SymbolicSet):
            built = SymbolicSet(dict(members_of(group)), own)
        outer = ALWAYS if statement.literal else pcs.without(pc, built.base)
        for item_pc, item in value:
            held = pcs.both(outer, item_pc)
            if held != NEVER:
                _put(pcs, built, item, held, statement.where)
        changed.append((own, built))
    activation.locals[statement.set] = tuple(changed)
    return pcs.both(pc, defined(pcs, value))


def _put(
    pcs: PathConditions, group: SymbolicSet, item: Alternative, pc: PathCondition, where: Where
) -> None:
    for own, constant in members(pcs, item, where):
        held = pcs.both(pc, own)
        if held != NEVER:
            before = group.members.get(constant, NEVER)
            group.members[constant] = pcs.either(before, held)
            group.plain = group.plain and group.members[constant] == ALWAYS


def _insert(statement: Insert, pc: PathCondition, activation: Activation) -> PathCondition:
    pcs = activation.pcs
    key, value = activation.settled(statement.key), activation.settled(statement.value)
    refuse_index(value, statement.where)
    changed: list[tuple[PathCondition, Alternative]] = []
    for own, group in activation.held(statement.object):
        if not _takes(group, "object", pcs.both(pc, own), statement.where, activation):
            changed.append((own, group))
            continue
        built = group
        if not isinstance(built, SymbolicObject):
            built = SymbolicObject(dict(pairs_of(group)), own)
        outer = ALWAYS if statement.literal else pcs.without(pc, built.base)
        for key_pc, name in key:
            held = pcs.both(outer, key_pc)
            if held == NEVER:
                continue
            for named_pc, constant in keys(pcs, name, statement.where):
                inner = pcs.both(held, named_pc)
                if inner != NEVER:
                    _enter(statement, built, constant, value, inner, activation)
        changed.append((own, built))
    activation.locals[statement.object] = tuple(changed)
    return pc


def _enter(
    statement: Insert,
    group: SymbolicObject,
    key: Constant,
    value: GuardedUnion,
    pc: PathCondition,
    activation: Activation,
) -> None:
    """Put a value under a key, beside what may stand there on other paths."""
    both = activation.pcs.both
    before = group.pairs.get(key, UNDEFINED)
    if pc == ALWAYS and not before:
        group.pairs[key] = value
        return
    there = defined(activation.pcs, before)
    if statement.once and both(there, pc) != NEVER:
        activation.compare(before, value, pc, statement.where)
    group.pairs[key] = merged(
        activation.pcs,
        [(both(pc ^ 1, own), item) for own, item in before]
        + [(both(pc, own), item) for own, item in value],
    )


def _takes(
    group: Alternative, kind: str, pc: PathCondition, where: Where, activation: Activation
) -> bool:
    """Whether a value is a collection of a kind; where a rule gave another, it conflicts."""
    fits = isinstance(group, KINDS[kind])
    if not fits:
        activation.conflict(pc, where)
    return fits


BUILDING: Mapping[type[Statement], Step] = {
    Append: _append,
    AddMember: _add_member,
    Insert: _insert,
}
"""What is done for each kind of these statements."""
