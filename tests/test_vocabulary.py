"""The vocabulary, and what it says about values that do not fit."""

from __future__ import annotations

import pytest

from rsp_policy.engine import History, InvalidFileError
from rsp_policy.engine.documents import parse
from rsp_policy.engine.vocabulary import load, nested

SMALL = """
type: object
additionalProperties: false
$defs:
  level: {type: string, enum: [low, high]}
properties:
  a:
    type: object
    additionalProperties: false
    properties:
      flag: {type: boolean, title: A flag?, determined_by: developer, default: false}
      level: {$ref: "#/$defs/level", type: string, title: Which?, determined_by: developer}
      months: {type: number, minimum: 0, maximum: 12, unit: months, title: How long?,
        determined_by: developer}
      who: {type: array, uniqueItems: true, items: {type: string, enum: [x, y]}, title: Who?,
        determined_by: developer, default: []}
excluded:
  - {title: not both, facts: {a.flag: true, a.level: high}}
"""


def test_kinds_and_defaults_are_read() -> None:
    vocabulary = load(parse(SMALL, "facts.yaml"))
    kinds = [(fact.path, fact.kind, fact.default) for fact in vocabulary]
    assert kinds == [
        ("a.flag", "boolean", False),
        ("a.level", "choice", None),
        ("a.months", "number", None),
        ("a.who", "set", []),
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a.flag": "yes"}, "`yes` is not true or false"),
        ({"a.level": "hihg"}, "`hihg` is not allowed; did you mean `high`? known: low, high"),
        ({"a.months": 13}, "`13` is out of bounds; 0 to 12 months is wanted"),
        ({"a.months": True}, "`true` is not a number; 0 to 12 months is wanted"),
        ({"a.who": ["x", "x"]}, "an item stands twice"),
        ({"a.who": "x"}, "`x` is not a list"),
        ({"a.flag": True, "a.level": "high"},
         "a.flag: true and a.level: high contradict each other: not both"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_explained(values: dict[str, object], message: str) -> None:
    vocabulary = load(parse(SMALL, "facts.yaml"))
    assert [text for _, text in vocabulary.complaints(values)] == [message]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("default: false", "default: maybe", "`maybe` is not true or false"),
        ("maximum: 12, ", "", "a number needs `minimum` and `maximum`"),
        ("#/$defs/level", "#/$defs/levle", "did you mean `level`?"),
        ("a.level: high", "a.levle: high", "unknown fact `a.levle`; did you mean `a.level`?"),
        (
            "determined_by: developer, default: false",
            "default: false",
            "`determined_by` is missing",
        ),
    ],
)
def test_a_broken_vocabulary_is_explained(old: str, new: str, message: str) -> None:
    with pytest.raises(InvalidFileError) as caught:
        load(parse(SMALL.replace(old, new), "facts.yaml"))
    assert message in str(caught.value)


def test_every_fact_asks_a_question_and_says_who_answers(history: History) -> None:
    for fact in history.vocabulary:
        assert fact.title.endswith("?"), fact.path
        assert fact.determined_by in {*history.scales.actors, "public_record"}, fact.path
        assert fact.description, fact.path


def test_only_what_has_no_reasonable_assumption_lacks_a_default(history: History) -> None:
    without = {fact.path for fact in history.vocabulary if fact.default is None}
    assert without == {"assessment.effective_compute_ratio", "assessment.elicitation_months"}


def test_nested_facts_are_what_rules_read() -> None:
    assert nested({"a.b": 1, "a.c": 2, "d.e": 3}) == {"a": {"b": 1, "c": 2}, "d": {"e": 3}}
