"""The fact vocabulary: what can be stated about the world that a policy is about.

Facts stand in groups, and groups in groups; the path of a fact is its names from the outermost
inwards. Every fact is bounded, so that the situations that there can be can be counted.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .documents import Document, Place, Value, items, mapping, texts
from .errors import InvalidFileError, Problem, UnknownNameError, alternatives
from .schema import check, shown

UNKNOWN = "unknown"

MAX_LEVELS = 6
"""The most names in the path of a fact."""


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
        self, document: Document, facts: Mapping[str, Value], place: Place
    ) -> tuple[dict[str, Value], dict[str, Place], list[Problem]]:
        """Facts written as dotted paths or nested groups, as `path: value`.

        Returns:
            The values by path, where each stands in the document, and what is wrong with names.
        """
        values: dict[str, Value] = {}
        places: dict[str, Place] = {}
        problems: list[Problem] = []

        def add(path: str, value: Value, where: Place) -> None:
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
        for path, value in values.items():
            complaint = None if value == UNKNOWN else self.facts[path].complaint(value)
            if complaint:
                yield path, complaint
        for exclusion in self.excluded:
            if exclusion.applies(values):
                both = " and ".join(f"{path}: {_text(value)}" for path, value in exclusion.facts)
                yield exclusion.facts[-1][0], f"{both} contradict each other: {exclusion.title}"


def load(document: Document) -> Vocabulary:
    """The vocabulary in a document that follows `policies/schema/vocabulary.schema.json`.

    Raises:
        InvalidFileError: With every problem.
    """
    value = check(document, "vocabulary")
    reading = _Reading(document, mapping(value.get("$defs")))
    reading.read_group((), value, ())
    facts, problems = reading.facts, reading.problems
    excluded = []
    for index, rule in enumerate(items(value.get("excluded"))):
        pairs = mapping(mapping(rule)["facts"])
        for path, wanted in pairs.items():
            where = ("excluded", index, "facts", path)
            if path not in facts:
                message = f"unknown fact `{path}`{alternatives(path, facts)}"
                problems.append(document.problem(where, message))
            elif complaint := facts[path].complaint(wanted):
                problems.append(document.problem(where, complaint))
        excluded.append(Exclusion(str(mapping(rule)["title"]), tuple(pairs.items())))
    vocabulary = Vocabulary(facts, tuple(excluded), reading.groups)
    if not problems:
        defaults = {fact.path: fact.default for fact in facts.values() if fact.default is not None}
        problems += [
            document.problem(("excluded",), f"the defaults are contradictory: {message}")
            for _, message in vocabulary.complaints(defaults)
        ]
    if problems:
        raise InvalidFileError(problems)
    return vocabulary


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


@dataclass(slots=True)
class _Reading:
    """What is found in a vocabulary, read from the outermost group inwards."""

    document: Document
    definitions: Mapping[str, Value]
    facts: dict[str, Fact] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read_group(self, above: tuple[str, ...], group: Mapping[str, Value], place: Place) -> None:
        for name, content in mapping(group["properties"]).items():
            schema, names = mapping(content), (*above, name)
            path, where = ".".join(names), (*place, "properties", name)
            if len(names) > MAX_LEVELS:
                message = f"`{path}` lies deeper than {MAX_LEVELS} levels, the most that there are"
                self.problems.append(self.document.problem(where, message))
            elif schema["type"] == "object":
                self.groups[path] = str(schema.get("title", name))
                self.read_group(names, schema, where)
            else:
                self._read_fact(path, schema, where)

    def _read_fact(self, path: str, schema: Mapping[str, Value], place: Place) -> None:
        try:
            fact = _fact(path, schema, self.definitions)
        except ValueError as error:
            self.problems.append(self.document.problem(place, str(error)))
            return
        self.facts[path] = fact
        complaint = None if fact.default is None else fact.complaint(fact.default)
        if complaint:
            self.problems.append(self.document.problem((*place, "default"), complaint))


def _fact(path: str, schema: Mapping[str, Value], definitions: Mapping[str, Value]) -> Fact:
    schema = _resolved(schema, definitions)
    kind = str(schema["type"])
    values: tuple[str, ...] = ()
    minimum, maximum = None, None
    if schema.get("format") == "date":
        kind = "date"
        minimum, maximum = _first_and_last_day(schema)
    elif kind == "string":
        kind, values = "choice", _choices(schema)
    elif kind == "array":
        kind, values = "set", _members(schema, definitions)
    elif kind in ("number", "integer"):
        minimum, maximum = _least_and_greatest(schema)
    return Fact(
        path=path,
        kind=kind,
        title=str(schema["title"]),
        description=str(schema.get("description", "")),
        determined_by=str(schema.get("determined_by", "")),
        values=values,
        ordered=bool(schema.get("ordered", False)),
        minimum=minimum,
        maximum=maximum,
        unit=str(schema.get("unit", "")),
        default=schema.get("default"),
    )


def _resolved(schema: Mapping[str, Value], definitions: Mapping[str, Value]) -> Mapping[str, Value]:
    """A schema together with the definition that it refers to."""
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    name = reference.removeprefix("#/$defs/")
    if name not in definitions:
        raise ValueError(f"unknown definition `{reference}`{alternatives(name, definitions)}")
    return {**mapping(definitions[name]), **schema}


def _choices(schema: Mapping[str, Value]) -> tuple[str, ...]:
    if "enum" not in schema:
        raise ValueError(
            "a fact of type string needs an `enum`: rules cannot tell texts apart; "
            "or `format: date`"
        )
    return texts(schema["enum"])


def _members(schema: Mapping[str, Value], definitions: Mapping[str, Value]) -> tuple[str, ...]:
    member = _resolved(mapping(schema.get("items")), definitions)
    if "enum" not in member or "uniqueItems" not in schema:
        raise ValueError("a fact of type array needs `items` with an enum and `uniqueItems`")
    return texts(member["enum"])


def _least_and_greatest(schema: Mapping[str, Value]) -> tuple[float, float]:
    if "minimum" not in schema or "maximum" not in schema:
        raise ValueError("a number needs `minimum` and `maximum`: fact sheets are bounded")
    least, greatest = schema["minimum"], schema["maximum"]
    assert isinstance(least, int | float)
    assert isinstance(greatest, int | float)
    if least > greatest:
        raise ValueError(f"the minimum `{least}` is above the maximum `{greatest}`")
    return float(least), float(greatest)


def _first_and_last_day(schema: Mapping[str, Value]) -> tuple[float, float]:
    if schema["type"] != "string" or "enum" in schema:
        raise ValueError("`format: date` goes with `type: string`, and without an `enum`")
    if "formatMinimum" not in schema or "formatMaximum" not in schema:
        raise ValueError(
            "a date needs `formatMinimum` and `formatMaximum`: fact sheets are bounded, so that "
            "situations can be counted"
        )
    first, last = str(schema["formatMinimum"]), str(schema["formatMaximum"])
    if first > last:
        raise ValueError(f"the first day `{first}` lies after the last one, `{last}`")
    days = [datetime.date.fromisoformat(text).toordinal() for text in (first, last)]
    return days[0], days[1]


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
