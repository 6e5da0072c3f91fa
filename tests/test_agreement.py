"""regopy and Regorus give the same decision on every path of evaluation."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rsp_policy.engine import History, load
from rsp_policy.engine.cases import announced, load_cases
from rsp_policy.engine.compile import slice_data, sources
from rsp_policy.engine.history import Slice
from rsp_policy.engine.vocabulary import nested

from conftest import CASES
from sheets import consistent, fact_values

pytest.importorskip("hobofan_regorus", reason="no wheel for this Python")

import regorus as peer

HISTORY = load()
EVERY_CASE = (*load_cases(CASES, HISTORY), *announced(HISTORY))
ENGINES = {
    part.id: peer.engine(sources(HISTORY.rule_set), slice_data(part)) for part in HISTORY.slices()
}


def ordered(value: object) -> object:
    """A value with its sets, which come as lists, in one order."""
    if isinstance(value, dict):
        return {key: ordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(ordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def check(part: Slice, values: dict[str, object]) -> None:
    facts = nested(values)  # type: ignore[arg-type]
    ours = part.program.evaluate(facts)
    theirs = peer.evaluate(ENGINES[part.id], "data.rsp.main.decision", facts)
    assert ordered(ours) == ordered(theirs)


@pytest.mark.parametrize("version", HISTORY.encoded)
def test_both_engines_agree_on_the_facts_of_every_case(version: str) -> None:
    for case in EVERY_CASE:
        complete = case.sheet.complete(HISTORY.vocabulary)
        check(HISTORY[version], dict(complete.values))


@pytest.mark.parametrize("version", HISTORY.encoded)
@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_both_engines_agree_on_random_sheets(version: str, data: st.DataObject) -> None:
    bases = tuple(case.sheet for case in EVERY_CASE)
    values = data.draw(fact_values(HISTORY, bases))
    assume(consistent(values, HISTORY.vocabulary))
    check(HISTORY[version], values)


def test_the_cases_reach_every_verdict_and_every_status(history: History) -> None:
    verdicts, statuses = set(), set()
    for case in EVERY_CASE:
        if case.version in history.encoded:
            decision = history[case.version].decide(case.sheet)
            verdicts |= {gate.verdict for gate in decision.gates}
            statuses |= {duty.status for duty in decision.duties}
    assert verdicts == set(history.scales.verdicts)
    assert statuses == set(history.scales.statuses)
