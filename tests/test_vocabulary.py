"""The vocabulary, and what it says about values that do not fit."""

from __future__ import annotations

import pytest

from rsp_policy.engine import History, InvalidFileError
from rsp_policy.engine.facts.sheets import from_facts, load_sheet
from rsp_policy.engine.facts.vocabulary import Vocabulary, nested
from rsp_policy.engine.facts.vocabulary_file import MAX_LEVELS, load_vocabulary
from rsp_policy.engine.files.documents import Value, parse

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

DEEP = """
type: object
additionalProperties: false
$defs:
  plan: {type: string, enum: [free, paid]}
properties:
  today: {type: string, format: date, title: Which day is it?, default: "2025-06-01",
    formatMinimum: "2024-02-29", formatMaximum: "2026-12-31"}
  customer:
    type: object
    additionalProperties: false
    title: The customer
    properties:
      plan: {$ref: "#/$defs/plan", type: string, title: Which plan?}
      contract:
        type: object
        additionalProperties: false
        properties:
          start: {type: string, format: date, title: Since when?,
            formatMinimum: "2024-01-01", formatMaximum: "2026-12-31"}
          features: {type: array, uniqueItems: true, items: {$ref: "#/$defs/plan", type: string},
            title: Which features?, default: []}
excluded:
  - {title: one or the other, facts: {customer.contract.features: [free, paid], today: 2024-03-01}}
"""


def deep() -> Vocabulary:
    return load_vocabulary(parse(DEEP, "facts.yaml"))


def test_kinds_and_defaults_are_read() -> None:
    vocabulary = load_vocabulary(parse(SMALL, "facts.yaml"))
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
    vocabulary = load_vocabulary(parse(SMALL, "facts.yaml"))
    assert [text for _, text in vocabulary.complaints(values)] == [message]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("default: false", "default: maybe", "`maybe` is not true or false"),
        ("maximum: 12, ", "", "a number needs `minimum` and `maximum`"),
        ("#/$defs/level", "#/$defs/levle", "did you mean `level`?"),
        ("a.level: high", "a.levle: high", "unknown fact `a.levle`; did you mean `a.level`?"),
        ("title: A flag?, ", "", "facts.yaml:11: properties.a.properties.flag: `title` is missing"),
        ("maximum: 12", "maximum: -1", "the minimum `0` is above the maximum `-1`"),
    ],
)
def test_a_broken_vocabulary_is_explained(old: str, new: str, message: str) -> None:
    with pytest.raises(InvalidFileError) as caught:
        load_vocabulary(parse(SMALL.replace(old, new), "facts.yaml"))
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


def test_nested_facts_are_nested_at_any_depth() -> None:
    values = {"a": 1, "b.c": 2, "b.d.e.f.g.h": 3, "b.d.x": 4}
    assert nested(values) == {"a": 1, "b": {"c": 2, "d": {"x": 4, "e": {"f": {"g": {"h": 3}}}}}}


def test_facts_stand_at_any_depth_in_the_order_of_the_file() -> None:
    vocabulary = deep()
    assert [(fact.path, fact.kind) for fact in vocabulary] == [
        ("today", "date"),
        ("customer.plan", "choice"),
        ("customer.contract.start", "date"),
        ("customer.contract.features", "set"),
    ]
    assert dict(vocabulary.groups) == {
        "customer": "The customer",
        "customer.contract": "contract",
    }
    assert vocabulary["customer.contract.features"].values == ("free", "paid")
    assert vocabulary["today"].determined_by == ""


def test_a_date_is_bounded_by_numbers_of_days() -> None:
    today = deep()["today"]
    assert (today.minimum, today.maximum, today.default) == (738945, 739981, "2025-06-01")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2024-02-29", None),
        ("2026-12-31", None),
        ("2024-02-28", "`2024-02-28` is out of bounds; 2024-02-29 to 2026-12-31 is wanted"),
        ("2027-01-01", "`2027-01-01` is out of bounds; 2024-02-29 to 2026-12-31 is wanted"),
        ("2025-02-29", "`2025-02-29` is not a date (like 2025-05-22); 2024-02-29 to 2026-12-31"),
        ("20250522", "`20250522` is not a date"),
        ("2025-W21-4", "`2025-W21-4` is not a date"),
        ("2025-5-22", "`2025-5-22` is not a date"),
        ("2025-05-22T00:00:00", "is not a date"),
        (739393, "`739393` is not a date"),
        (True, "`true` is not a date"),
        (None, "`null` is not a date"),
    ],
)
def test_a_date_is_checked(value: Value, message: str | None) -> None:
    complaint = deep()["today"].complaint(value)
    assert (complaint is None) == (message is None)
    assert (message or "") in (complaint or "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'formatMinimum: "2024-02-29", ',
            "",
            "facts.yaml:7: properties.today: a date needs `formatMinimum` and `formatMaximum`: "
            "fact sheets are bounded",
        ),
        ("2024-02-29", "29 February", "`29 February` is not a date (like 2025-05-22)"),
        ("2024-02-29", "2027-02-28", "`2027-02-28` lies after the last one, `2026-12-31`"),
        ("2025-06-01", "2027-06-01", "today.default: `2027-06-01` is out of bounds"),
        ("format: date, title: W", "title: W", "needs an `enum`: rules cannot tell texts apart"),
        ("format: date, title: W", "format: time, title: W", "properties.today.format"),
        ("string, format: date, title: W", "number, format: date, title: W", "goes with"),
        ("items: {$ref: ", "items: {$re: ", "unknown key `$re`; did you mean `$ref`?"),
        ('{$ref: "#/$defs/plan", type: string},', "{type: string},", "needs `items` with an enum"),
        ("  contract:", "  con.tract:", "`con.tract` is not a name of letters, digits"),
        ("today: 2024", "to_day: 2024", "unknown fact `to_day`; did you mean `today`?"),
        ("2024-03-01", "2024-01-01", "excluded[0].facts.today: `2024-01-01` is out of bounds"),
        ("object\n        additional", "objct\n        additional", "did you mean `object`?"),
        ("title: Which plan?", "titel: Which plan?", "unknown key `titel`; did you mean `title`?"),
        ("false\n        properties", "true\n        properties", "contract.additionalProperties"),
    ],
)
def test_a_broken_deep_vocabulary_is_explained(old: str, new: str, message: str) -> None:
    assert DEEP.count(old)
    with pytest.raises(InvalidFileError) as caught:
        load_vocabulary(parse(DEEP.replace(old, new, 1), "facts.yaml"))
    assert message in str(caught.value)


def levels(number: int) -> str:
    """A vocabulary with one fact under that many names."""
    inner = "{type: boolean, title: So deep?}"
    for _ in range(number):
        inner = f"{{type: object, additionalProperties: false, properties: {{a: {inner}}}}}"
    return inner


def test_a_fact_lies_at_most_six_levels_deep() -> None:
    for number in range(1, MAX_LEVELS + 1):
        (fact,) = load_vocabulary(parse(levels(number), "facts.yaml"))
        assert fact.path == ".".join("a" * number)
    with pytest.raises(InvalidFileError) as caught:
        load_vocabulary(parse(levels(MAX_LEVELS + 1), "facts.yaml"))
    assert "`a.a.a.a.a.a.a` lies deeper than 6 levels" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "{customer.contract.start: 2025-01-01, today: 2025-01-02}",
        "{customer: {contract.start: 2025-01-01}, today: 2025-01-02}",
        "{customer.contract: {start: 2025-01-01}, today: 2025-01-02}",
        "{customer: {contract: {start: 2025-01-01}}, today: 2025-01-02}",
    ],
)
def test_facts_are_written_by_path_or_nested_at_any_depth(text: str) -> None:
    document = parse(text, "s.yaml")
    facts = document.value
    assert isinstance(facts, dict)
    values, places, problems = deep().flatten(document, facts, ())
    assert values == {"customer.contract.start": "2025-01-01", "today": "2025-01-02"}
    assert [document.lines[place] for place in places.values()] == [1, 1]
    assert not problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("customer: {contract: {strat: x}}", "customer.contract.strat: unknown fact "
         "`customer.contract.strat`; did you mean `customer.contract.start`?"),
        ("customer: {contract: 7}",
         "`7` is not a mapping; `customer.contract` is a group of facts"),
        ("{customer: {contract: {start: x}}, customer.contract.start: y}",
         "the fact `customer.contract.start` stands twice"),
        ("customer: {today: 2025-01-01}", "unknown fact `customer.today`"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_explained_at_any_depth(text: str, message: str) -> None:
    document = parse(text, "s.yaml")
    assert isinstance(document.value, dict)
    _, _, problems = deep().flatten(document, document.value, ())
    assert [message in str(problem) for problem in problems] == [True]


def test_an_unknown_date_stands_at_an_allowed_day() -> None:
    vocabulary = deep()
    complete = from_facts({"today": "unknown"}, vocabulary).complete(vocabulary)
    assert set(complete.unknown) == {"today", "customer.plan", "customer.contract.start"}
    assert complete.values["customer.contract.start"] == "2024-01-01"
    assert complete.values["today"] == "2025-06-01"
    assert not list(vocabulary.complaints(complete.values))


def test_a_date_of_a_sheet_is_checked_with_its_line() -> None:
    vocabulary = deep()
    text = "facts:\n  customer:\n    contract:\n      start: {value: 2023-01-01, source: p. 1}\n"
    with pytest.raises(InvalidFileError) as caught:
        load_sheet(parse(text, "s.yaml"), vocabulary, "s")
    assert str(caught.value).startswith("s.yaml:4: facts.customer.contract.start: ")
    assert "2024-01-01 to 2026-12-31 is wanted" in str(caught.value)


def test_members_of_an_excluded_set_have_no_order() -> None:
    for members in (["free", "paid"], ["paid", "free"]):
        with pytest.raises(InvalidFileError, match="one or the other"):
            from_facts(
                {"today": "2024-03-01", "customer.contract.features": members},  # type: ignore[dict-item]
                deep(),
            )
