"""The fact vocabulary: what can be stated about a model, its world and its developer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .documents import Document, Place, Value, items, mapping, texts
from .errors import InvalidFileError, Problem, UnknownNameError, alternatives
from .schema import check, shown

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """One observable statement about the world.

    Attributes:
        path: Its identity, `group.name`.
        kind: `boolean`, `choice` (one of `values`), `number`, `integer` or `set` (of `values`).
        values: The members of a choice, in their order where they have one, or of a set.
        minimum: The least value of a number, in `unit`.
        maximum: The greatest value of a number, in `unit`.
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
            case _:
                return self._number_complaint(value)

    def _set_complaint(self, value: Value) -> str | None:
        if not isinstance(value, list):
            return f"{shown(value)} is not a list"
        for item in value:
            if item not in self.values:
                return f"{shown(item)} is not allowed{alternatives(str(item), self.values)}"
        return "an item stands twice" if len(set(map(str, value))) < len(value) else None

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
        return all(path in values and values[path] == value for path, value in self.facts)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts of a framework, and which of their values exclude one another."""

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
        for key, value in facts.items():
            inner = {key: value}
            if key in self.groups and isinstance(value, dict):
                inner = {f"{key}.{name}": item for name, item in value.items()}
            for path, item in inner.items():
                where = (*place, key) if path == key else (*place, key, path.removeprefix(key)[1:])
                if path not in self.facts:
                    message = f"unknown fact `{path}`{alternatives(path, self.facts)}"
                    problems.append(document.problem(where, message))
                elif path in values:
                    problems.append(document.problem(where, f"the fact `{path}` stands twice"))
                else:
                    values[path] = item
                    places[path] = where
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
    definitions = mapping(value.get("$defs"))
    facts: dict[str, Fact] = {}
    groups: dict[str, str] = {}
    problems: list[Problem] = []
    for group, content in mapping(value["properties"]).items():
        groups[group] = str(mapping(content).get("title", group))
        for name, schema in mapping(mapping(content)["properties"]).items():
            place = ("properties", group, "properties", name)
            try:
                fact = _fact(f"{group}.{name}", mapping(schema), definitions)
            except ValueError as error:
                problems.append(document.problem(place, str(error)))
                continue
            facts[fact.path] = fact
            complaint = None if fact.default is None else fact.complaint(fact.default)
            if complaint:
                problems.append(document.problem((*place, "default"), complaint))
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
    vocabulary = Vocabulary(facts, tuple(excluded), groups)
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

    >>> nested({"nuclear.basic_uplift": "shown"})
    {'nuclear': {'basic_uplift': 'shown'}}
    """
    tree: dict[str, Value] = {}
    for path, value in values.items():
        group, _, name = path.partition(".")
        branch = tree.setdefault(group, {})
        assert isinstance(branch, dict)
        branch[name] = value
    return tree


def _fact(path: str, schema: Mapping[str, Value], definitions: Mapping[str, Value]) -> Fact:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix("#/$defs/")
        if name not in definitions:
            raise ValueError(f"unknown definition `{reference}`{alternatives(name, definitions)}")
        schema = {**mapping(definitions[name]), **schema}
    kind = str(schema["type"])
    values: tuple[str, ...] = ()
    bounds: tuple[float | None, float | None] = (None, None)
    if kind == "string":
        if "enum" not in schema:
            raise ValueError("a fact of type string needs an `enum`: rules cannot tell texts apart")
        kind, values = "choice", texts(schema["enum"])
    elif kind == "array":
        if "items" not in schema or "uniqueItems" not in schema:
            raise ValueError("a fact of type array needs `items` with an enum and `uniqueItems`")
        kind, values = "set", texts(mapping(schema["items"])["enum"])
    elif kind in ("number", "integer"):
        if "minimum" not in schema or "maximum" not in schema:
            raise ValueError("a number needs `minimum` and `maximum`: fact sheets are bounded")
        bounds = (_number(schema["minimum"]), _number(schema["maximum"]))
    return Fact(
        path=path,
        kind=kind,
        title=str(schema["title"]),
        description=str(schema.get("description", "")),
        determined_by=str(schema["determined_by"]),
        values=values,
        ordered=bool(schema.get("ordered", False)),
        minimum=bounds[0],
        maximum=bounds[1],
        unit=str(schema.get("unit", "")),
        default=schema.get("default"),
    )


def _text(value: Value) -> str:
    return shown(value).strip("`")


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return float(value)
