"""Claims about a change are checked in every situation."""

from __future__ import annotations

from pathlib import Path

import pytest

from rsp_policy.diff import CompleteDiff, check_claims, complete_diff
from rsp_policy.engine import History
from rsp_policy.engine.errors import InvalidFileError
from rsp_policy.engine.files.documents import Document, read

CLAIMS = Path(__file__).parent / "claims" / "v2.2-v3.0.yaml"


@pytest.fixture(scope="module")
def diff(history: History) -> CompleteDiff:
    return complete_diff(history["v2.2"], history["v3.0"])


def claim(**parts: object) -> Document:
    return Document("claims.yaml", [{"says": "a claim", **parts}], {(0,): 1})  # type: ignore[list-item]


def test_the_claims_about_the_pair_hold(diff: CompleteDiff) -> None:
    checked = check_claims(read(CLAIMS), diff)
    assert [item.claim.says for item in checked if item.counterexample] == []


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_each_exception_of_a_claim_is_needed(left_out: int, diff: CompleteDiff) -> None:
    document = read(CLAIMS)
    assert isinstance(document.value, list)
    stated = document.value[1]
    assert isinstance(stated, dict)
    assert isinstance(stated["unless"], list)
    unless = [item for index, item in enumerate(stated["unless"]) if index != left_out]
    (checked,) = check_claims(Document("c", [{**stated, "unless": unless}], {}), diff)
    assert checked.counterexample is not None


def test_a_counterexample_is_decided_as_it_says(history: History, diff: CompleteDiff) -> None:
    (checked,) = check_claims(claim(about="gates", never="more permissive"), diff)
    found = checked.counterexample
    assert found is not None
    old, new = (history[v].decide(found.witness, engine="rego") for v in ("v2.2", "v3.0"))
    assert old.gate(found.question).verdict == found.source
    assert new.gate(found.question).verdict == found.target


def test_a_counterexample_lies_outside_of_what_is_left_out(diff: CompleteDiff) -> None:
    """Even where an exception tells values apart that no rule does."""
    never = {"about": ["store"], "never": "changed"}
    for value in ("not_ruled_out", "shown"):
        unless = [
            {"facts": {"nuclear.basic_uplift": value}},
            {"conditions": {"v2.2": ["asl2_security_lacking"]}},
        ]
        (checked,) = check_claims(claim(**never, unless=unless), diff)
        assert checked.counterexample is not None
        assert checked.counterexample.witness.get("nuclear.basic_uplift") != value


def test_a_claim_may_leave_questions_out(diff: CompleteDiff) -> None:
    most = [question.name for question in diff.questions if question.name != "store"]
    assert check_claims(claim(about="everything", never="less permissive", but=most), diff) == (
        check_claims(claim(about=["store"], never="less permissive"), diff)
    )


def test_a_negated_condition_is_left_out_as_well(diff: CompleteDiff) -> None:
    unless = [
        {"conditions": {"v2.2": ["asl2_security_lacking"]}},
        {"conditions": {"v2.2": ["not asl2_security_lacking"]}},
    ]
    (checked,) = check_claims(claim(about="gates", never="changed", unless=unless), diff)
    assert checked.counterexample is None


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"about": ["deploi"], "never": "changed"}, "unknown question `deploi`; did you mean"),
        ({"about": "gates", "never": "worse"}, "`worse` is not allowed"),
        ({"about": "gates"}, "`never` is missing"),
        (
            {"about": "gates", "never": "changed", "unless": [{"facts": {"nuclear.x": True}}]},
            "unknown fact `nuclear.x`",
        ),
        (
            {"about": "gates", "never": "changed", "unless": [{"facts": {"cyber.tested": "yes"}}]},
            "`yes` is not true or false",
        ),
        (
            {"about": "gates", "never": "changed", "unless": [{"conditions": {"v9.9": ["x"]}}]},
            "`v9.9` is not compared; compared: v2.2, v3.0",
        ),
        (
            {"about": "gates", "never": "changed", "unless": [{"conditions": {"v2.2": ["asl3"]}}]},
            "unknown condition `asl3`",
        ),
    ],
)
def test_a_mistake_in_a_claim_is_explained(
    parts: dict[str, object], message: str, diff: CompleteDiff
) -> None:
    with pytest.raises(InvalidFileError) as raised:
        check_claims(claim(**parts), diff)
    assert message in str(raised.value)
