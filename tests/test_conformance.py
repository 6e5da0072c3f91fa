"""The lifted interpreter against OPA's conformance cases: none is answered wrongly unnoticed."""

from __future__ import annotations

from typing import Any

import pytest
from conformance import FILE, cases, summary, verdict

from rsp_policy.engine.builtins import BUILTINS


@pytest.fixture(scope="module")
def outcome() -> dict[str, Any]:
    return summary(FILE)


def test_no_case_is_answered_otherwise_than_opa_does(outcome: dict[str, Any]) -> None:
    assert outcome["differs"] == []


def test_no_case_crashes(outcome: dict[str, Any]) -> None:
    assert outcome["crashes"] == []


def test_most_cases_are_answered_and_all_others_refused(outcome: dict[str, Any]) -> None:
    assert outcome["agrees"] >= 1600
    assert outcome["agrees"] + sum(outcome["refused"].values()) == outcome["cases"] == 2067


def test_what_is_refused_is_no_builtin_that_there_is(outcome: dict[str, Any]) -> None:
    assert not outcome["refused"].keys() & BUILTINS.keys()


def case(module: str, **wanted: object) -> dict[str, Any]:
    return {"query": "data.t.p = x", "modules": [f"package t\n\n{module}\n"], "data": {}, **wanted}


def test_a_right_answer_agrees_and_a_wrong_one_differs() -> None:
    assert verdict(case("p := 1 + 1", want_result=[{"x": 2}]))[0] == "agrees"
    assert verdict(case("p := 1 + 1", want_result=[{"x": 3}]))[0] == "differs"
    assert verdict(case("p := 1 + 1", want_result=[]))[0] == "differs"
    assert verdict(case("p := 1 + 1", want_error_code="eval_conflict_error"))[0] == "differs"


def test_only_the_wanted_error_agrees() -> None:
    divided = case("p := 1 / 0", strict_error=True, want_error_code="eval_builtin_error")
    assert verdict(divided)[0] == "agrees"
    assert verdict({**divided, "want_error_code": "eval_type_error"})[0] == "differs"
    assert verdict({**divided, "strict_error": False})[0] == "differs"
    conflict = case("p := 1\n\np := 2", want_error_code="eval_conflict_error")
    assert verdict(conflict)[0] == "agrees"
    assert verdict({**conflict, "want_error_code": "eval_type_error"})[0] == "differs"


def test_the_greatest_of_nothing_is_undefined_even_where_errors_are_strict() -> None:
    for name in ("max", "min"):
        empty = case(f"p := {name}([])", strict_error=True, want_result=[])
        assert verdict(empty)[0] == "agrees"


def test_a_value_put_where_a_rule_gives_an_object_is_a_conflict() -> None:
    clash = 'p[q].r.s := 1 if some q in ["a", "b"]\n\np.a.r := 42'
    assert verdict(case(clash, want_error_code="eval_conflict_error"))[0] == "agrees"


def test_a_number_that_no_float_holds_is_refused() -> None:
    assert verdict(case("p := 2e308", want_result=[{"x": 1}])) == ("refused", "number")


def test_a_builtin_with_a_value_in_its_place_is_not_taken_for_an_unsafe_variable() -> None:
    replaced = case("p if {\n\tcount([]) == 1 with count as 1\n}", want_result=[{"x": True}])
    assert verdict(replaced)[0] == "agrees"


def test_cases_are_read_in_order(tmp_path: Any) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"note": "a"}\n{"note": "b"}\n', encoding="utf-8")
    assert [item["note"] for item in cases(file)] == ["a", "b"]
