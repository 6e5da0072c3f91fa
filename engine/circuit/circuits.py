"""Circuits: one entry point of some rules as formulas over facts, with a root for all it can say.

Nothing here knows what the rules are about. A circuit comes from the text of rules, a base document
and a vocabulary; several may share one store of path conditions, so that their formulas can be
compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.bdd.support import support
from rsp_policy.engine.ir.constants import TRUE, Constant, Object, dump
from rsp_policy.engine.symbolic.guarded_unions import (
    AffineTerm,
    Alternative,
    Deferred,
    GuardedUnion,
    Member,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    elements_of,
    is_constant,
    members_of,
    pairs_of,
)


@dataclass(frozen=True)
class Circuit:
    """What an entry point gives, for every value of the facts.

    Attributes:
        entrypoint: The entry point, such as `access/decision`.
        facts: The vocabulary as variables.
        pcs: The store that holds the formulas.
        value: What the entry point gives, every part with the path condition under which it is so.
        conditions: The named predicates in which the rules are written.
        also: The values of other rules that were asked for, by their path in `data` with dots.
    """

    entrypoint: str
    facts: FactVariables
    pcs: PathConditions
    value: GuardedUnion
    conditions: tuple[Condition, ...]
    also: Mapping[str, GuardedUnion] = field(default_factory=dict)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Everything that the entry point says, one answer for each place in its value."""
        return tuple(_answers(self.pcs, (), self.value, ALWAYS))

    def reads(self) -> frozenset[str]:
        """The facts on which anything that the entry point says can depend."""
        roots = {pc for answer in self.answers for _, pc in answer.values}
        bits = support(self.pcs.diagram(pc) for pc in roots)
        variables = self.pcs.variables
        turns_on = {
            item.fact
            for number, item in enumerate(variables)
            if not bits.isdisjoint(self.pcs.bits(number))
        }
        return frozenset({*turns_on, *(variables[number].fact for number in _quoted(self.value))})

    def __len__(self) -> int:
        """The number of formulas that the answers are made of."""
        roots = (pc for answer in self.answers for _, pc in answer.values)
        return sum(1 for _ in self.pcs.reachable(roots))


@dataclass(frozen=True, slots=True)
class Condition:
    """A named predicate over facts, such as `conditions.always`.

    Attributes:
        short: Its name without the package.
    """

    name: str
    short: str
    title: str
    pc: PathCondition


@dataclass(frozen=True, slots=True)
class Answer:
    """One place in what an entry point says, and what can stand there.

    Attributes:
        path: The keys that lead there; the last one of a member of a set is the member itself.
        values: Each value with its path condition; the path conditions exclude one another, and one
            of them holds.
            `None` stands for nothing, and a member of a set is `TRUE` or nothing.
    """

    path: tuple[Constant | Member, ...]
    values: tuple[tuple[Constant | Member, PathCondition], ...]

    @property
    def name(self) -> str:
        """The path as text: keys with dots, a member of a set in brackets."""
        words = ".".join(part if isinstance(part, str) else _shown(part) for part in self.path)
        return words or "the decision"


def _answers(
    pcs: PathConditions,
    path: tuple[Constant | Member, ...],
    value: GuardedUnion,
    there: PathCondition,
) -> Iterator[Answer]:
    """The answers of a value, with objects and sets taken apart."""
    scalars: list[tuple[Constant | Member, PathCondition]] = []
    for pc, item in value:
        if isinstance(item, Object | SymbolicObject | frozenset | SymbolicSet | SymbolicArray):
            yield from _inner(pcs, path, item, pc)
        else:
            scalars.append((item, pc))  # type: ignore[arg-type]
    if scalars:
        nothing = pcs.any(pc for _, pc in scalars) ^ 1
        if nothing != NEVER:
            scalars.append((None, nothing))
        yield Answer(path, tuple(scalars))


def _inner(
    pcs: PathConditions, path: tuple[Constant | Member, ...], item: Alternative, pc: PathCondition
) -> Iterator[Answer]:
    if isinstance(item, frozenset | SymbolicSet):
        for member, own in members_of(item):
            held = pcs.both(pc, own)
            if held != NEVER:
                yield Answer((*path, member), ((TRUE, held), (None, held ^ 1)))
        return
    pairs: list[tuple[Constant, GuardedUnion]] = (
        list(enumerate(elements_of(item)))
        if isinstance(item, SymbolicArray)
        else list(pairs_of(item))
    )
    for key, value in pairs:
        narrowed = tuple((pcs.both(pc, own), inner) for own, inner in value)
        yield from _answers(pcs, (*path, key), narrowed, pc)


def _quoted(value: GuardedUnion) -> Iterator[int]:
    """The variables whose values stand in a value as they are."""
    for _, item in value:
        match item:
            case AffineTerm():
                yield item.variable
            case SymbolicObject():
                for inner in item.pairs.values():
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
