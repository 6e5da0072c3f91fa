"""Which version changed an answer, and which commitments did it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from rsp_policy.diff.sheets.bisect import answer, bisect, ddmin
from rsp_policy.engine import History, UnknownNameError, UsageError
from rsp_policy.engine.facts.sheets import from_facts

from conftest import Result

NUCLEAR = {
    "nuclear.basic_uplift": "shown",
    "assessment.comprehensive_completed": True,
    "assessment.effective_compute_ratio": 1,
    "assessment.elicitation_months": 0,
}


def test_the_answers_are_those_of_the_decisions(history: History) -> None:
    sheet = history.sheet("claude-opus-4")
    found = bisect(history, sheet, "store")
    for version, decision in found.answers:
        assert decision == history[version.id].decide(sheet).gate("store")


def test_nuclear_help_stops_calling_for_safeguards_in_v3_0(history: History) -> None:
    ruled_out = {
        fact.path: "ruled_out" for fact in history.vocabulary if "not_ruled_out" in fact.values
    }
    sheet = from_facts({**ruled_out, **NUCLEAR}, history.vocabulary)
    found = bisect(history, sheet, "store", since="v2.2", until="v3.0")
    (turn,) = found.turns
    assert (turn.new.id, turn.was.verdict, turn.now.verdict) == ("v3.0", "reversed", "open")
    assert turn.blame
    # v3.0 names chemical and biological weapons only (section 1, p. 6): that alone does it
    old, new, complete = history["v2.2"], history["v3.0"], sheet.complete(history.vocabulary)
    narrowed = old.altered(new, ["thresholds/basic_cbrn_uplift"])
    assert answer(narrowed, complete, "store") == ("open",)
    # where no part of the text on uplift or on weights changes, neither does the answer
    unrelated = old.altered(new, ["governance/rso_remit", "reports/cadence"])
    assert answer(unrelated, complete, "store") == ("reversed",)


@pytest.mark.parametrize("gate", ["train", "store", "use_internally", "deploy"])
def test_the_blamed_changes_do_it_and_none_can_be_left_out(history: History, gate: str) -> None:
    sheet = from_facts(NUCLEAR, history.vocabulary)
    complete = sheet.complete(history.vocabulary)
    for turn in bisect(history, sheet, gate, every=True).turns:
        old, new = history[turn.old.id], history[turn.new.id]
        blamed = [change.id for change in turn.blame]
        wanted = answer(new, complete, gate)
        assert answer(old, complete, gate) != wanted
        assert answer(old.altered(new, blamed), complete, gate) == wanted
        for left_out in blamed:
            kept = [id for id in blamed if id != left_out]
            assert answer(old.altered(new, kept), complete, gate) != wanted


def test_only_the_first_change_is_explained_unless_all_are_asked_for(history: History) -> None:
    sheet = from_facts(NUCLEAR, history.vocabulary)
    first = bisect(history, sheet, "deploy", since="v2.1").turns
    found = bisect(history, sheet, "deploy", since="v2.1", every=True)
    every = found.turns
    assert first == every[:1]
    answers = [decision.possible for _, decision in found.answers]
    assert len(every) == sum(one != two for one, two in pairwise(answers))


def test_a_smallest_set_is_found() -> None:
    items = [str(number) for number in range(40)]
    wanted = {"3", "17", "39"}
    assert set(ddmin(items, lambda kept: wanted <= set(kept))) == wanted
    assert ddmin(["a"], lambda kept: True) == ()


def test_an_unknown_fact_is_no_obstacle(history: History) -> None:
    sheet = from_facts({"biological.basic_uplift": "unknown"}, history.vocabulary)
    found = bisect(history, sheet, "deploy", since="v2.2", until="v3.0")
    assert len(found.answers[0][1].possible) > 1


def test_mistakes_are_refused(history: History, rsp: Callable[..., Result]) -> None:
    sheet = history.sheet("claude-opus-4")
    with pytest.raises(UnknownNameError, match="did you mean `deploy`"):
        bisect(history, sheet, "deplyo")
    with pytest.raises(UsageError, match="does not come before"):
        bisect(history, sheet, "deploy", since="v3.0", until="v2.2")
    assert rsp("bisect", "claude-opus-4", "deplyo").code == 2
    assert rsp("bisect", "claude-opus-4", "store", "--since", "v2.1", "--until", "v2.2").code in (
        0,
        1,
    )
