"""Circuits: one entry point of some rules as formulas over facts, with a root for all it can say.

Nothing here knows what the rules are about. A circuit comes from the text of rules, a base document
and a vocabulary; several may share one store of guards, so that their formulas can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.ir.constants import TRUE, Constant, Object, dump
from rsp_policy.engine.symbolic.guarded_unions import (
    Alternative,
    Deferred,
    Line,
    Member,
    Symbolic,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    elements_of,
    entries_of,
    is_constant,
    members_of,
)


@dataclass(frozen=True)
class Circuit:
    """What an entry point gives, for every value of the facts.

    Attributes:
        entry: The entry point, such as `lib/decision/decision`.
        facts: The vocabulary as variables.
        guards: The store that holds the formulas.
        value: What the entry point gives, every part with the guard under which it is so.
        conditions: The named predicates in which the rules are written.
    """

    entry: str
    facts: FactVariables
    guards: Guards
    value: Symbolic
    conditions: tuple[Condition, ...]

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Everything that the entry point says, one answer for each place in its value."""
        return tuple(_answers(self.guards, (), self.value, ALWAYS))

    def reads(self) -> frozenset[str]:
        """The facts on which anything that the entry point says can depend."""
        roots = (guard for answer in self.answers for _, guard in answer.values)
        quoted = {self.guards.variables[number].fact for number in _quoted(self.value)}
        return frozenset({*quoted, *self.guards.facts(roots)})

    def __len__(self) -> int:
        """The number of formulas that the answers are made of."""
        roots = (guard for answer in self.answers for _, guard in answer.values)
        return sum(1 for _ in self.guards.reachable(roots))


@dataclass(frozen=True, slots=True)
class Condition:
    """A named predicate over facts, such as `conditions.asl3_required`."""

    name: str
    title: str
    guard: Guard


@dataclass(frozen=True, slots=True)
class Answer:
    """One place in what an entry point says, and what can stand there.

    Attributes:
        path: The keys that lead there; the last one of a member of a set is the member itself.
        values: Each value with its guard; the guards exclude one another, and one of them holds.
            `None` stands for nothing, and a member of a set is `TRUE` or nothing.
    """

    path: tuple[Constant | Member, ...]
    values: tuple[tuple[Constant | Member, Guard], ...]

    @property
    def name(self) -> str:
        """The path as text: keys with dots, a member of a set in brackets."""
        words = ".".join(part if isinstance(part, str) else _shown(part) for part in self.path)
        return words or "the decision"


def _answers(
    guards: Guards, path: tuple[Constant | Member, ...], value: Symbolic, there: Guard
) -> Iterator[Answer]:
    """The answers of a value, with objects and sets taken apart."""
    scalars: list[tuple[Constant | Member, Guard]] = []
    for guard, item in value:
        if isinstance(item, Object | SymbolicObject | frozenset | SymbolicSet | SymbolicArray):
            yield from _inner(guards, path, item, guard)
        else:
            scalars.append((item, guard))  # type: ignore[arg-type]
    if scalars:
        nothing = guards.any(guard for _, guard in scalars) ^ 1
        if nothing != NEVER:
            scalars.append((None, nothing))
        yield Answer(path, tuple(scalars))


def _inner(
    guards: Guards, path: tuple[Constant | Member, ...], item: Alternative, guard: Guard
) -> Iterator[Answer]:
    if isinstance(item, frozenset | SymbolicSet):
        for member, own in members_of(item):
            held = guards.both(guard, own)
            if held != NEVER:
                yield Answer((*path, member), ((TRUE, held), (None, held ^ 1)))
        return
    entries: list[tuple[Constant, Symbolic]] = (
        list(enumerate(elements_of(item)))
        if isinstance(item, SymbolicArray)
        else list(entries_of(item))
    )
    for key, value in entries:
        narrowed = tuple((guards.both(guard, own), inner) for own, inner in value)
        yield from _answers(guards, (*path, key), narrowed, guard)


def _quoted(value: Symbolic) -> Iterator[int]:
    """The variables whose values stand in a value as they are."""
    for _, item in value:
        match item:
            case Line():
                yield item.variable
            case SymbolicObject():
                for inner in item.entries.values():
                    yield from _quoted(inner)
            case SymbolicArray():
                for inner in item.elements:
                    yield from _quoted(inner)
            case SymbolicSet():
                yield from _quoted(tuple((ALWAYS, member) for member in item.members))
            case Deferred():
                yield from _quoted(tuple((ALWAYS, argument) for argument in item.arguments))


def _shown(part: Constant | Member) -> str:
    return f"[{dump(part)}]" if is_constant(part) else "[text]"
