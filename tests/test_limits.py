"""Facts of which only bounds, or some of the values, are known."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rsp_policy.diff.sheets.bisect import bisect
from rsp_policy.engine import Decision, History, InvalidFileError, UsageError
from rsp_policy.engine.facts.sheets import FactSheet, from_facts
from rsp_policy.engine.files.documents import Value

SETTLED: Mapping[str, Value] = {
    "assessment.effective_compute_ratio": 1,
    "assessment.elicitation_months": 0,
}


def decided(history: History, version: str, facts: Mapping[str, Value]) -> Decision:
    return history[version].decide(from_facts(facts, history.vocabulary))


@pytest.mark.parametrize(
    ("limits", "deploy"),
    [
        ({"at_least": 1, "below": 4}, ("open",)),
        ({"at_most": 4}, ("open", "conditional")),
        ({"above": 4}, ("conditional",)),
        ({"at_least": 4}, ("conditional",)),
        ({"above": 3.9, "at_most": 4}, ("open", "conditional")),
    ],
)
def test_bounds_settle_what_their_values_agree_on(
    history: History, limits: dict[str, Value], deploy: tuple[str, ...]
) -> None:
    facts = {**SETTLED, "assessment.effective_compute_ratio": limits}
    decision = decided(history, "v2.2", facts)
    assert decision.gate("deploy").possible == deploy
    settled = len(deploy) == 1
    assert ("assessment.effective_compute_ratio" in decision.gate("deploy").matters) != settled
    assert "assessment.effective_compute_ratio" in decision.unknown


@pytest.mark.parametrize("version", ["v1.0", "v2.2", "v3.4"])
@pytest.mark.parametrize(
    "left", [["ruled_out", "not_ruled_out"], ["not_ruled_out", "shown"], ["shown"], ["not_tested"]]
)
def test_what_is_left_of_a_choice_gives_the_verdicts_of_its_values(
    history: History, version: str, left: list[Value]
) -> None:
    path = "biological.basic_uplift"
    decision = decided(history, version, {**SETTLED, path: {"one_of": left}})
    each = [decided(history, version, {**SETTLED, path: value}) for value in left]
    for gate in decision.gates:
        assert set(gate.possible) == {item.gate(gate.gate).verdict for item in each}


def test_limits_go_with_a_sheet_that_is_changed_elsewhere(history: History) -> None:
    path = "biological.basic_uplift"
    sheet = from_facts({**SETTLED, path: {"one_of": ["ruled_out"]}}, history.vocabulary)
    changed = sheet.with_facts({"deployment.public": True}, history.vocabulary)
    assert str(changed.limits[path]) == "ruled_out"
    assert not changed.with_facts({path: "shown"}, history.vocabulary).limits


def test_a_bisection_keeps_to_limits(history: History) -> None:
    path = "biological.basic_uplift"
    sheet = from_facts({**SETTLED, path: {"one_of": ["shown"]}}, history.vocabulary)
    known = FactSheet("known", {**SETTLED, path: "shown"})
    both = [bisect(history, item, "store", since="v2.2", until="v3.0") for item in (sheet, known)]
    assert [turn.blame for turn in both[0].turns] == [turn.blame for turn in both[1].turns]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"deployment.public": {"at_least": 1}}, "`at_least` belongs to a number or a date"),
        ({"cyber.months_since_update": {"one_of": [1]}}, "`one_of` belongs to a choice"),
        ({"cyber.months_since_update": {"below": -1}}, "out of bounds"),
        ({"cyber.months_since_update": {"value": 1, "below": 2}}, "not both"),
        ({"cyber.months_since_update": {"source": "p. 3"}}, "`value` is missing, or limits"),
        ({"cyber.months_since_update": {"less": 2}}, "unknown key `less`"),
        ({"biological.basic_uplift": {"one_of": []}}, "`one_of` names no value"),
        ({"biological.basic_uplift": {"one_of": ["shwon"]}}, "did you mean `shown`"),
    ],
)
def test_limits_that_make_no_sense_are_refused(
    history: History, facts: dict[str, Value], message: str
) -> None:
    with pytest.raises(InvalidFileError, match=message):
        from_facts(facts, history.vocabulary)


def test_limits_that_leave_no_value_are_refused(history: History) -> None:
    facts = {**SETTLED, "assessment.effective_compute_ratio": {"above": 4, "below": 2}}
    with pytest.raises(UsageError, match=r"no value is left: .*above 4 and below 2"):
        decided(history, "v2.2", facts)
