"""The `input` of rules: every fact free, or all of them fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import PathConditions
from rsp_policy.engine.bdd.variables import Choice
from rsp_policy.engine.facts.vocabulary import Fact
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import Constant, constant

from .guarded_unions import (
    AffineTerm,
    FactArray,
    FactGroup,
    GuardedUnion,
    SymbolicObject,
    always,
    settled,
)


def symbolic_input(
    facts: FactVariables, pcs: PathConditions, assumed: Mapping[str, Sequence[Value]] | None = None
) -> GuardedUnion:
    """The `input` in which every fact is free, but for those that are assumed.

    Args:
        assumed: The values that some facts are taken to have. Where a fact has another one, the
            input says nothing about it, so what follows is right only under the assumptions.
    """
    taken = assumed or {}
    tree = FactGroup("input")
    for fact in facts.vocabulary:
        *above, name = fact.path.split(".")
        branch: SymbolicObject = tree
        path = "input"
        for part in above:
            path = f"{path}.{part}"
            inner = branch.pairs.setdefault(part, always(FactGroup(path)))
            held = inner[0][1]
            assert isinstance(held, SymbolicObject)
            branch = held
        free = _free(facts, fact, pcs)
        branch.pairs[name] = _narrowed(fact, free, taken.get(fact.path, ()))
    return always(tree)


def complete_input(values: Mapping[str, Value]) -> Constant:
    """Complete facts by path as the constant `input` of rules."""
    tree = SymbolicObject()
    for path, value in values.items():
        *above, name = path.split(".")
        branch = tree
        for part in above:
            held = branch.pairs.setdefault(part, always(SymbolicObject()))[0][1]
            assert isinstance(held, SymbolicObject)
            branch = held
        branch.pairs[name] = always(constant(value))
    return settled(tree)  # type: ignore[return-value]


def _narrowed(fact: Fact, free: GuardedUnion, values: Sequence[Value]) -> GuardedUnion:
    """A fact as assumed; numbers and sets of which several values are assumed stay free."""
    if len(values) == 1:
        return always(constant(values[0]))
    if not values or fact.kind in ("number", "integer", "date", "set"):
        return free
    kept = {constant(value) for value in values}
    return tuple((pc, item) for pc, item in free if item in kept)


def _free(facts: FactVariables, fact: Fact, pcs: PathConditions) -> GuardedUnion:
    """Everything that a fact can be, each value under the literal that says so."""
    numbers = facts.of(fact.path)
    if fact.kind == "set":
        held = tuple(
            (name, pcs.one_of(number, 2)) for name, number in zip(fact.values, numbers, strict=True)
        )
        return always(FactArray(fact.path, held))
    (first,) = numbers
    variable = facts.variables[first]
    if isinstance(variable, Choice):
        return tuple(
            (pcs.one_of(first, 1 << index), value) for index, value in enumerate(variable.values)
        )
    return always(AffineTerm(first, date=fact.kind == "date"))
