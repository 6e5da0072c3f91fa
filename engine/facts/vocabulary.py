"""The fact vocabulary: what can be stated about the world that a policy is about.

Facts stand in groups, and groups in groups; the path of a fact is its names from the outermost
inwards. Every fact is bounded, so that the situations that there can be can be counted.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rsp_policy.engine.errors import Problem, UnknownNameError, alternatives
from rsp_policy.engine.files.documents import Document, Pointer, Value
from rsp_policy.engine.files.schema import shown

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """One observable statement about the world.

    Attributes:
        path: Its identity: the names of its groups and its own, with dots.
        kind: `boolean`, `choice` (one of `values`), `number`, `integer`, `date` or `set` (of
            `values`).
        determined_by: Who answers the question; empty where nobody is named.
        values: The members of a choice, in their order where they have one, or of a set.
        minimum: The least value of a number, in `unit`; for a date the number of its first day, as
            `datetime.date.toordinal` counts.
        maximum: The greatest value of a number, or the number of the last day.
        default: What an absent fact is assumed to be; `None` where nothing is assumed.
    """

    path: str
    kind: str
    title: str
    description: str
    determined_by: str
    values: tuple[str, ...] = ()
    ordered: bool = False
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    default: Value = None

    def complaint(self, value: Value) -> str | None:
        """What is wrong with a value of this fact; `None` when it is allowed."""
        match self.kind:
            case "boolean":
                return None if isinstance(value, bool) else f"{shown(value)} is not true or false"
            case "choice":
                if isinstance(value, str) and value in self.values:
                    return None
                return f"{shown(value)} is not allowed{alternatives(str(value), self.values)}"
            case "set":
                return self._set_complaint(value)
            case "date":
                return self._date_complaint(value)
            case _:
                return self._number_complaint(value)

    def _set_complaint(self, value: Value) -> str | None:
        if not isinstance(value, list):
            return f"{shown(value)} is not a list"
        for item in value:
            if item not in self.values:
                return f"{shown(item)} is not allowed{alternatives(str(item), self.values)}"
        return "an item stands twice" if len(set(map(str, value))) < len(value) else None

    def _date_complaint(self, value: Value) -> str | None:
        assert self.minimum is not None
        assert self.maximum is not None
        first, last = (day(number) for number in (self.minimum, self.maximum))
        if not isinstance(value, str) or not _is_date(value):
            return f"{shown(value)} is not a date (like 2025-05-22); {first} to {last} is wanted"
        # dates written in this one form stand in the order of their texts, as rules compare them
        if not first <= value <= last:
            return f"`{value}` is out of bounds; {first} to {last} is wanted"
        return None

    def _number_complaint(self, value: Value) -> str | None:
        wanted = f"{self.minimum:g} to {self.maximum:g} {self.unit}".rstrip()
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{shown(value)} is not a number; {wanted} is wanted"
        if self.kind == "integer" and not float(value).is_integer():
            return f"`{value}` is not a whole number; {wanted} is wanted"
        assert self.minimum is not None
        assert self.maximum is not None
        if not self.minimum <= value <= self.maximum:
            return f"`{value}` is out of bounds; {wanted} is wanted"
        return None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Values of some facts that cannot hold together."""

    title: str
    facts: tuple[tuple[str, Value], ...]

    def applies(self, values: Mapping[str, Value]) -> bool:
        """Whether all of the values hold."""
        return all(path in values and _alike(values[path], value) for path, value in self.facts)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts of a framework, and which of their values exclude one another.

    Attributes:
        facts: The facts by path.
        groups: The titles of the groups, by path.
    """

    facts: Mapping[str, Fact]
    excluded: tuple[Exclusion, ...]
    groups: Mapping[str, str]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def __len__(self) -> int:
        return len(self.facts)

    def __getitem__(self, path: str) -> Fact:
        if path not in self.facts:
            raise UnknownNameError("fact", path, self.facts)
        return self.facts[path]

    def flatten(
        self, document: Document, facts: Mapping[str, Value], place: Pointer
    ) -> tuple[dict[str, Value], dict[str, Pointer], list[Problem]]:
        """Facts written as dotted paths or nested groups, as `path: value`.

        Returns:
            The values by path, where each stands in the document, and what is wrong with names.
        """
        values: dict[str, Value] = {}
        places: dict[str, Pointer] = {}
        problems: list[Problem] = []

        def add(path: str, value: Value, where: Pointer) -> None:
            if path in self.groups and isinstance(value, dict):
                for name, item in value.items():
                    add(f"{path}.{name}", item, (*where, name))
            elif path in self.groups:
                message = f"{shown(value)} is not a mapping; `{path}` is a group of facts"
                problems.append(document.problem(where, message))
            elif path not in self.facts:
                message = f"unknown fact `{path}`{alternatives(path, self.facts)}"
                problems.append(document.problem(where, message))
            elif path in values:
                problems.append(document.problem(where, f"the fact `{path}` stands twice"))
            else:
                values[path] = value
                places[path] = where

        for key, value in facts.items():
            add(key, value, (*place, key))
        return values, places, problems

    def complaints(self, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        """What is wrong with values, and with values taken together, as (path, message)."""
        yield from self.wrong_values(values)
        yield from self.contradictions(values)

    def wrong_values(self, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        """What is wrong with values by themselves, as (path, message)."""
        for path, value in values.items():
            complaint = None if value == UNKNOWN else self.facts[path].complaint(value)
            if complaint:
                yield path, complaint

    def contradictions(self, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        """What is wrong with values taken together, as (path, message)."""
        for exclusion in self.excluded:
            if exclusion.applies(values):
                both = " and ".join(f"{path}: {_text(value)}" for path, value in exclusion.facts)
                yield exclusion.facts[-1][0], f"{both} contradict each other: {exclusion.title}"


def nested(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values by path as nested objects, the form in which rules read them.

    >>> nested({"nuclear.basic_uplift": "shown", "date": "2025-05-22"})
    {'nuclear': {'basic_uplift': 'shown'}, 'date': '2025-05-22'}
    """
    tree: dict[str, Value] = {}
    for path, value in values.items():
        *groups, name = path.split(".")
        branch = tree
        for group in groups:
            inner = branch.setdefault(group, {})
            assert isinstance(inner, dict)
            branch = inner
        branch[name] = value
    return tree


def day(number: float) -> str:
    """A day by its number, as text.

    >>> day(739_393)
    '2025-05-22'
    """
    return datetime.date.fromordinal(int(number)).isoformat()


def _is_date(text: str) -> bool:
    try:
        # `fromisoformat` takes other forms too, such as 20250522 and 2025-W21-4
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _alike(one: Value, other: Value) -> bool:
    """Whether two values of one fact are the same; the members of a set have no order."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return one == other


def _text(value: Value) -> str:
    return shown(value).strip("`")
