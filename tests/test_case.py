"""The case diff."""

from __future__ import annotations

from rsp_policy.diff import case_diff
from rsp_policy.engine import History
from rsp_policy.engine.facts.sheets import from_facts


def test_a_gate_that_changes_names_the_commitments_of_both_sides(history: History) -> None:
    sheet = history.sheet("claude-opus-4").with_facts(
        {"asl3_security.audits": False}, history.vocabulary
    )
    found = case_diff(history["v2.2"], history["v3.0"], sheet)
    change = next(item for item in found.gates if item.gate == "store")
    assert (change.old.verdict, change.new.verdict) == ("reversed", "open")
    assert [reason.commitment for reason in change.old.because] == ["outcomes/delete_weights"]


def test_duties_begin_end_and_change_their_status(history: History) -> None:
    facts = {
        "assessment.effective_compute_ratio": 1,
        "assessment.elicitation_months": 0,
        "governance.policy_change_adopted": True,
        "governance.policy_change_in_effect": True,
    }
    sheet = from_facts(facts, history.vocabulary)
    found = {
        item.commitment: item for item in case_diff(history["v2.2"], history["v3.0"], sheet).duties
    }
    ended = found["thresholds/watch_list"]
    assert ended.old is not None
    assert ended.new is None
    begun = found["roadmap/maintenance"]
    assert begun.old is None
    assert begun.new is not None
    moved = found["governance/policy_change_publication"]
    assert moved.old is not None
    assert moved.new is not None
    assert (moved.old.status, moved.new.status) == ("overdue", "due")


def test_a_version_decides_like_itself(history: History) -> None:
    for part in history.slices():
        assert case_diff(part, part, history.sheet("claude-opus-4")).empty


def test_an_unknown_fact_leaves_the_case_undetermined(history: History) -> None:
    found = case_diff(history["v2.2"], history["v3.0"], history.sheet("claude-mythos-preview"))
    assert not found.determined
    assert found.new.determined


def test_what_is_open_on_both_sides_changes_where_other_answers_are_possible(
    history: History,
) -> None:
    sheet = from_facts({"biological.basic_uplift": "unknown"}, history.vocabulary)
    found = case_diff(history["v1.0"], history["v2.2"], sheet)
    both = {gate.gate: (gate.old, gate.new) for gate in found.gates}
    old, new = both["deploy"]
    assert (old.verdict, new.verdict) == ("undetermined", "undetermined")
    assert "closed" in old.possible
    assert "reversed" not in old.possible + new.possible or old.possible != new.possible
