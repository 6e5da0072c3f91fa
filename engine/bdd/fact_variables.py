"""The facts of a vocabulary as variables, and what a fact sheet can say as formulas over them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rsp_policy.engine.facts.bounds import Limits
from rsp_policy.engine.facts.vocabulary import Fact, Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import FALSE, TRUE, constant

from .path_conditions import PathCondition, PathConditions
from .variables import Choice, Ordered, Variable


class FactVariables:
    """The variables of a vocabulary, in its order.

    Attributes:
        vocabulary: What can be stated.
        variables: One for each fact, and one for each member of a fact that is a set.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        variables: list[Variable] = []
        self._first: dict[str, int] = {}
        for fact in vocabulary:
            self._first[fact.path] = len(variables)
            variables += _variables(fact)
        self.variables: Sequence[Variable] = tuple(variables)

    def pcs(self) -> PathConditions:
        """A new store of path conditions over these variables."""
        return PathConditions(self.variables)

    def of(self, fact: str) -> range:
        """The numbers of the variables of one fact."""
        first = self._first[fact]
        kind = self.vocabulary[fact]
        return range(first, first + (len(kind.values) if kind.kind == "set" else 1))

    def literal(self, pcs: PathConditions, fact: str, value: Value) -> PathCondition:
        """The path condition that a fact has a value: for a set, exactly its members."""
        first = self._first[fact]
        kind = self.vocabulary[fact]
        if kind.kind == "set":
            assert isinstance(value, list)
            return pcs.all(
                pcs.one_of(first + index, 2 if name in value else 1)
                for index, name in enumerate(kind.values)
            )
        variable = self.variables[first]
        if isinstance(variable, Choice):
            return pcs.one_of(first, 1 << variable.values.index(constant(value)))
        number = ordinal(value)
        below = pcs.below(first, number, included=False)
        return pcs.both(pcs.below(first, number, included=True), below ^ 1)

    def excluded(self, pcs: PathConditions) -> list[PathCondition]:
        """The path conditions of the combinations that the vocabulary excludes."""
        return [
            pcs.all(self.literal(pcs, path, value) for path, value in item.facts)
            for item in self.vocabulary.excluded
        ]

    def among(self, pcs: PathConditions, fact: str, values: Sequence[Value]) -> PathCondition:
        """Where a fact has one of some values, told apart no further than that."""
        first = self._first[fact]
        variable = self.variables[first] if self.of(fact) else None
        if isinstance(variable, Choice) and variable.member is None:
            mask = sum(
                1 << variable.values.index(constant(value)) for value in dict.fromkeys(values)
            )
            return pcs.one_of(first, mask)
        return pcs.any(self.literal(pcs, fact, value) for value in values)

    def within(self, pcs: PathConditions, fact: str, limits: Limits) -> PathCondition:
        """The path condition that a fact keeps to limits."""
        if limits.one_of:
            return self.among(pcs, fact, limits.one_of)
        first = self._first[fact]
        parts = []
        for name, value in limits.bounds.items():
            upper = name in ("at_most", "below")
            below = pcs.below(first, ordinal(value), included=name in ("at_most", "above"))
            parts.append(below if upper else below ^ 1)
        return pcs.all(parts)


def ordinal(value: Value) -> float:
    """A number as it is, a date as the number of its day."""
    if isinstance(value, str):
        return datetime.date.fromisoformat(value).toordinal()
    assert isinstance(value, int | float)
    return value


def _variables(fact: Fact) -> list[Variable]:
    match fact.kind:
        case "boolean":
            return [Choice(fact.path, None, (FALSE, TRUE), int(fact.default is True))]
        case "choice":
            usual = 0 if fact.default is None else fact.values.index(str(fact.default))
            return [Choice(fact.path, None, fact.values, usual)]
        case "set":
            held = fact.default if isinstance(fact.default, list) else []
            return [
                Choice(fact.path, name, (FALSE, TRUE), int(name in held)) for name in fact.values
            ]
        case _:
            assert fact.minimum is not None
            assert fact.maximum is not None
            whole = fact.kind in ("integer", "date")
            return [Ordered(fact.path, fact.minimum, fact.maximum, whole)]
