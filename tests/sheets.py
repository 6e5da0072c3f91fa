"""Fact sheets to test with: any that are allowed, neighbours of the cases, and drawn ones.

Sheets drawn blindly hardly ever reach the rarest verdicts. Neighbours of cases that do reach them
do so often, and sheets drawn from the diagram of an answer always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from random import Random

from hypothesis import strategies as st

from rsp_policy.engine.bdd.path_conditions import PathCondition
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.circuit.circuits import Answer
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.facts.vocabulary import Fact, Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.policy import Framework, PolicyVersion
from rsp_policy.engine.ir.constants import Object


def numbers_near(fact: Fact, history: Framework) -> list[Value]:
    """Numbers at and around the figures that rules compare with."""
    assert fact.minimum is not None
    assert fact.maximum is not None
    near = {figure + step for figure in _figures(history, fact.unit) for step in (-0.5, 0, 0.5)}
    return sorted(x for x in {*near, fact.minimum} if fact.minimum <= x <= fact.maximum)


@cache
def _figures(history: Framework, unit: str) -> frozenset[float]:
    return frozenset(
        float(term)
        for commitment in history.commitments.values()
        for entry in commitment.history
        for name, term in entry.terms.items()
        if isinstance(term, int | float) and history.terms[name].unit == unit
    )


def values_of(fact: Fact, history: Framework) -> st.SearchStrategy[Value]:
    """Values of a fact, numbers mostly at and around the figures that rules compare with."""
    if fact.kind == "boolean":
        return st.booleans()
    if fact.kind == "choice":
        return st.sampled_from(fact.values)
    if fact.kind == "set":
        return st.lists(st.sampled_from(fact.values), unique=True)
    return st.sampled_from(numbers_near(fact, history))


def consistent(values: Mapping[str, Value], vocabulary: Vocabulary) -> bool:
    """Whether no exclusion of the vocabulary applies."""
    return not any(exclusion.applies(values) for exclusion in vocabulary.excluded)


@st.composite
def fact_values(
    draw: st.DrawFn, history: Framework, bases: tuple[FactSheet, ...]
) -> dict[str, Value]:
    """Complete facts: those of one of the bases with some facts drawn anew."""
    base = draw(st.sampled_from(bases)) if bases else FactSheet("base", {})
    values = dict(base.complete(history.vocabulary).values)
    paths = draw(
        st.lists(st.sampled_from(sorted(history.vocabulary.facts)), unique=True, max_size=60)
    )
    for path in paths:
        values[path] = draw(values_of(history.vocabulary[path], history))
    return values


def neighbours(
    history: Framework, bases: Sequence[FactSheet], random: Random
) -> Iterator[dict[str, Value]]:
    """Complete facts without end, as `fact_values` draws them, for runs of many thousands."""
    vocabulary = history.vocabulary
    numbers = {
        fact.path: numbers_near(fact, history)
        for fact in vocabulary
        if fact.kind not in ("boolean", "choice", "set")
    }
    while True:
        values = dict(random.choice(bases).complete(vocabulary).values)
        for path in random.sample(sorted(vocabulary.facts), random.randrange(60)):
            fact = vocabulary[path]
            if fact.kind == "boolean":
                values[path] = random.random() < 0.5
            elif fact.kind == "set":
                values[path] = [name for name in fact.values if random.random() < 0.5]
            else:
                values[path] = random.choice(numbers.get(path, list(fact.values)))
        if consistent(values, vocabulary):
            yield values


class Drawn:
    """Complete facts drawn from the diagrams of what some versions answer."""

    def __init__(self, *parts: PolicyVersion) -> None:
        self.parts = parts
        circuit = parts[0].circuit
        roots = [pc for part in parts for answer in part.circuit.answers for _, pc in answer.values]
        roots += [item.pc for part in parts for item in part.circuit.conditions]
        self.space = SituationSpace(circuit.facts, circuit.pcs, roots)
        self.pcs = circuit.pcs

    def facts(self, pc: PathCondition, random: Random) -> dict[str, Value] | None:
        """Complete facts under which a path condition holds; `None` where there are none."""
        if not self.space.possible(pc):
            return None
        vocabulary = self.parts[0].history.vocabulary
        given = FactSheet("drawn", self.space.sample(pc, random))
        return dict(given.complete(vocabulary).values)

    def answers(self) -> Iterator[tuple[str, PathCondition]]:
        """Every verdict, level of a standard and duty with its status, of every version."""
        for part in self.parts:
            for answer in part.circuit.answers:
                for value, pc in answer.values:
                    if value is not None and "because" not in answer.path:
                        yield f"{part.id} {answer.name} {value}", pc

    def transitions(self) -> Iterator[tuple[str, PathCondition]]:
        """Every pair of verdicts that the two versions can give on one gate."""
        old, new = (dict(verdicts(part)) for part in self.parts)
        for gate in old.keys() & new.keys():
            for (was, one), (becomes, other) in product(old[gate].values, new[gate].values):
                yield f"{gate} {was} to {becomes}", self.pcs.both(one, other)


def verdicts(part: PolicyVersion) -> Iterator[tuple[str, Answer]]:
    """The answer of a version on every gate."""
    for answer in part.circuit.answers:
        if answer.path[0] == "gates" and answer.path[2] == "verdict":
            yield str(answer.path[1]), answer


def finding(answer: Answer) -> Object:
    """The finding that an answer is about."""
    member = answer.path[-1]
    assert isinstance(member, Object)
    return member
