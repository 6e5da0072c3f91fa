"""Files checked against JSON Schema (draft 2020-12), every problem with its line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from rsp_policy.engine.errors import InvalidFileError, Problem, alternatives

from .documents import Document, Pointer, Value, read
from .shipped import shipped

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


def check(document: Document, schema: str) -> Mapping[str, Value]:
    """The mapping in a document, once it satisfies a packaged schema.

    Args:
        document: What was read.
        schema: The name of a schema in `policies/schema`, such as `commitment`.

    Raises:
        InvalidFileError: With every problem, if it does not satisfy the schema.
    """
    if schema == "sheet" and isinstance(document.value, dict) and _plain_sheet(document.value):
        return document.value
    problems = problems_of(document, packaged(schema))
    if problems or not isinstance(document.value, dict):
        raise InvalidFileError(problems)
    return document.value


def _plain_sheet(value: Mapping[str, Value]) -> bool:
    """Whether a fact sheet has the plain form, which satisfies its schema.

    Loading the validator takes longer than a decision, so sheets that need it not do without.
    """
    if not value.keys() <= {"model", "date", "note", "facts"}:
        return False
    texts = (value[key] for key in ("model", "note") if key in value)
    if not all(isinstance(text, str) and text for text in texts):
        return False
    return isinstance(value.get("facts"), dict) and ("date" not in value or _is_day(value["date"]))


def _is_day(value: Value) -> bool:
    if not isinstance(value, str):
        return False
    try:
        # `fromisoformat` takes other forms too, such as 20250522 and 2025-W21-4
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def problems_of(document: Document, schema: Mapping[str, Value]) -> list[Problem]:
    """Every way in which a document departs from a schema, in order of lines."""
    found = [
        document.problem(place, message)
        for error in _validator(schema).iter_errors(document.value)
        for place, message in _explain(error)
    ]
    return sorted(set(found), key=lambda problem: (problem.line or 0, problem.path))


@cache
def packaged(name: str) -> Mapping[str, Value]:
    """A schema that ships with the package."""
    value = read(shipped("policies", "schema", f"{name}.schema.json")).value
    assert isinstance(value, dict)
    return value


def _validator(schema: Mapping[str, Value]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    key = id(schema)
    if key not in _VALIDATORS:
        _VALIDATORS[key] = Draft202012Validator(
            schema, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
    return _VALIDATORS[key]


_VALIDATORS: dict[int, Draft202012Validator] = {}


def _explain(error: ValidationError) -> Iterator[tuple[Pointer, str]]:
    place: Pointer = tuple(error.absolute_path)
    value: Any = error.instance
    wanted: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "additionalProperties":
            known = list(schema.get("properties", {}))
            for key in value:
                if key not in known:
                    yield (*place, key), f"unknown key `{key}`{alternatives(str(key), known)}"
        case "required":
            for key in wanted:
                if key not in value:
                    yield place, f"`{key}` is missing"
        case "enum":
            known = [str(item) for item in wanted]
            yield place, f"{shown(value)} is not allowed{alternatives(str(value), known)}"
        case "type":
            yield place, f"{shown(value)} is not {_wanted(wanted)}"
        case "minimum" | "maximum":
            yield place, f"`{value}` is out of bounds; {_bounds(schema)}"
        case "pattern":
            described = schema.get("description", f"text like {wanted}")
            yield place, f"`{value}` is not {described}"
        case "format":
            yield place, f"`{value}` is not a {wanted} (like 2025-05-22)"
        case "uniqueItems":
            yield place, "an item stands twice"
        case "minLength" | "minItems" | "minProperties":
            yield place, "is empty"
        case _:
            yield place, error.message


def shown(value: object) -> str:
    """A value as a message quotes it: its words, cut when long.

    >>> shown(True), shown({"a": 1})
    ('`true`', 'a mapping')
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = "null" if value is None else str(value)
    if isinstance(value, bool):
        text = text.lower()
    return f"`{text[:60]}...`" if len(text) > 60 else f"`{text}`"


def _wanted(kind: str | Iterable[str]) -> str:
    kinds = [kind] if isinstance(kind, str) else list(kind)
    return " or ".join(_TYPES[name] for name in kinds)


def _bounds(schema: Mapping[str, Value]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    unit = f" {schema['unit']}" if "unit" in schema else ""
    if high is None:
        return f"at least {low}{unit} is wanted"
    return f"{low} to {high}{unit} is wanted"
