"""Fact sheets: the facts about one model at one date, each with its source."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rsp_policy.engine.errors import InvalidFileError, Problem, gathered
from rsp_policy.engine.files.documents import Document, Pointer, Value, mapping
from rsp_policy.engine.files.schema import check

from .bounds import KEYS, Limits, limits_in
from .vocabulary import UNKNOWN, Fact, Vocabulary, day


@dataclass(frozen=True, slots=True)
class Determination:
    """What the developer announced under one version: a case that must come out.

    Attributes:
        expect: The expected parts of the decision, as in a case file.
    """

    version: str
    says: str
    source: str
    expect: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Completed:
    """A sheet with a value for every fact.

    Attributes:
        values: Every fact by path; unknown ones stand at an arbitrary allowed value.
        assumed: Facts that the sheet leaves out and that stand at their default.
        unknown: Facts that the sheet leaves out without a default, or calls unknown.
        limits: What is known of some of these.
    """

    values: Mapping[str, Value]
    assumed: tuple[str, ...]
    unknown: tuple[str, ...]
    limits: Mapping[str, Limits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactSheet:
    """Validated facts by path, with a name, a date and sources.

    Attributes:
        facts: What the sheet says; `unknown` where it gives limits only.
        limits: What it says of facts whose value it does not give.
    """

    name: str
    facts: Mapping[str, Value]
    model: str = ""
    date: datetime.date | None = None
    note: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    determined: tuple[Determination, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)

    @property
    def given(self) -> Mapping[str, Value]:
        """What the sheet says by path, limits in the form in which it writes them."""
        return {**self.facts, **{path: item.as_json() for path, item in self.limits.items()}}

    def complete(self, vocabulary: Vocabulary) -> Completed:
        """The sheet with defaults filled in, and lists of what is assumed and what is unknown."""
        values: dict[str, Value] = {}
        assumed, unknown = [], []
        for fact in vocabulary:
            value = self.facts.get(fact.path)
            if value == UNKNOWN or (value is None and fact.default is None):
                unknown.append(fact.path)
                values[fact.path] = _arbitrary(fact)
            elif value is None:
                assumed.append(fact.path)
                values[fact.path] = fact.default
            else:
                values[fact.path] = value
        return Completed(values, tuple(assumed), tuple(unknown), self.limits)

    def with_facts(self, changes: Mapping[str, Value], vocabulary: Vocabulary) -> FactSheet:
        """A copy in which some facts are set anew.

        Raises:
            InvalidFileError: If the result does not fit the vocabulary.
        """
        changed = from_facts({**self.given, **changes}, vocabulary)
        return replace(self, facts=changed.facts, limits=changed.limits)


def _arbitrary(fact: Fact) -> Value:
    if fact.default is not None:
        return fact.default
    match fact.kind:
        case "boolean":
            return False
        case "choice":
            return fact.values[0]
        case "set":
            return []
    assert fact.minimum is not None
    return day(fact.minimum) if fact.kind == "date" else fact.minimum


def from_facts(
    facts: Mapping[str, Value], vocabulary: Vocabulary, name: str = "facts"
) -> FactSheet:
    """A sheet from plain facts, by path or nested.

    Raises:
        InvalidFileError: If they do not fit the vocabulary.
    """
    return load_sheet(Document(name, {"facts": dict(facts)}, {}), vocabulary, name)


def load_sheet(document: Document, vocabulary: Vocabulary, name: str) -> FactSheet:
    """The sheet in a document that follows `policies/schema/sheet.schema.json`.

    A fact is written as `path: value` or as `path: {value: ..., source: ..., note: ...}`, with
    bounds (`at_least`, `above`, `at_most`, `below`) or `one_of` in place of a value that is known
    no better; groups may be nested. Names, types, bounds and contradictions are checked against the
    vocabulary, defaults included.

    Raises:
        InvalidFileError: With every problem.
    """
    problems: list[Problem] = []
    with gathered(problems):
        check(document, "sheet")
    value = mapping(document.value)
    raw, places, wrong = vocabulary.flatten(document, mapping(value.get("facts")), ("facts",))
    problems += wrong
    facts: dict[str, Value] = {}
    sources: dict[str, str] = {}
    limits: dict[str, Limits] = {}
    for path, item in raw.items():
        if isinstance(item, dict):
            problems += _detail_problems(document, places[path], item, vocabulary[path])
            facts[path] = item.get("value")
            sources[path] = str(item.get("source", ""))
            if found := limits_in(item):
                facts[path], limits[path] = UNKNOWN, found
        else:
            facts[path] = item
    said = {
        path: facts[path] for path, item in raw.items() if item is None or facts[path] is not None
    }
    problems += [
        document.problem(places[path], f"`{path}`: {message}")
        for path, message in vocabulary.wrong_values(said)
    ]
    if problems:
        raise InvalidFileError(sorted(problems, key=lambda problem: problem.line or 0))
    sheet = FactSheet(
        name=name,
        facts=facts,
        model=str(value.get("model", "")),
        date=datetime.date.fromisoformat(str(value["date"])) if "date" in value else None,
        note=str(value.get("note", "")),
        sources=sources,
        determined=_determined(value.get("determined")),
        limits=limits,
    )
    complete = sheet.complete(vocabulary)
    values = {path: item for path, item in complete.values.items() if path not in complete.unknown}
    problems += [
        document.problem(places.get(path, ("facts", path)), f"`{path}`: {message}")
        for path, message in vocabulary.contradictions({**values, **facts})
    ]
    if problems:
        raise InvalidFileError(problems)
    return sheet


def _detail_problems(
    document: Document, place: Pointer, item: Mapping[str, Value], fact: Fact
) -> list[Problem]:
    known = ("value", *KEYS, "source", "note")
    problems = [
        document.problem((*place, key), f"unknown key `{key}`; known: {', '.join(known)}")
        for key in item
        if key not in known
    ]
    limits = limits_in(item)
    if limits is not None:
        problems += [document.problem(place, message) for message in limits.complaints(fact)]
        if "value" in item:
            problems.append(document.problem(place, "give a `value` or limits, not both"))
    elif "value" not in item:
        problems.append(document.problem(place, "`value` is missing, or limits for it"))
    return problems


def _determined(value: Value) -> tuple[Determination, ...]:
    found = []
    for item in value if isinstance(value, list) else []:
        assert isinstance(item, dict)
        expect = item["expect"]
        assert isinstance(expect, dict)
        found.append(
            Determination(str(item["version"]), str(item["says"]), str(item["source"]), expect)
        )
    return tuple(found)
