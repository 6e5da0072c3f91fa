"""The file of a vocabulary: facts as properties of a JSON Schema, read and checked.

Where a group lies is its place in the nested properties; what a fact can be is its type with its
bounds. All problems of a file are reported together, each with its line.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from rsp_policy.engine.errors import InvalidFileError, Problem, alternatives
from rsp_policy.engine.files.documents import Document, Pointer, Value, items, mapping, texts
from rsp_policy.engine.files.schema import check

from .vocabulary import Exclusion, Fact, Vocabulary

MAX_LEVELS = 6
"""The most names in the path of a fact."""


def load_vocabulary(document: Document) -> Vocabulary:
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


@dataclass(slots=True)
class _Reading:
    """What is found in a vocabulary, read from the outermost group inwards."""

    document: Document
    definitions: Mapping[str, Value]
    facts: dict[str, Fact] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read_group(
        self, above: tuple[str, ...], group: Mapping[str, Value], place: Pointer
    ) -> None:
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

    def _read_fact(self, path: str, schema: Mapping[str, Value], place: Pointer) -> None:
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
