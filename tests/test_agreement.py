"""The circuit, regopy and Regorus give the same decision on every path of evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lifting import ordered

from rsp_policy.engine import History, load
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.documents import Value, mapping
from rsp_policy.engine.framework.cases import announced, load_cases
from rsp_policy.engine.framework.history import Slice
from rsp_policy.engine.rego.evaluation import slice_data, sources

from conftest import CASES
from sheets import Drawn, consistent, fact_values, neighbours, verdicts

pytest.importorskip("hobofan_regorus", reason="no wheel for this Python")

import regorus as peer
from versions import pairs, versions

HISTORY = load()
EVERY_CASE = (*load_cases(CASES, HISTORY), *announced(HISTORY))
SHEETS = tuple(case.sheet for case in EVERY_CASE)
ENGINES = {
    part.id: peer.engine(sources(HISTORY.rule_set), slice_data(part)) for part in HISTORY.slices()
}
DECISION = "data.lib.decision.decision"

LONG_SHEETS, LONG_SHEETS_OF_REGOPY = 21_000, 2_100
"""How many sheets the long run takes over all versions, and how many of them regopy decides too."""


def check(part: Slice, values: dict[str, Value], *, regopy: bool = False) -> None:
    """Compare the decisions of the circuit and of Regorus, and of regopy, which takes longest."""
    facts = nested(values)
    ours = ordered(part.decider(values))
    assert ours == ordered(peer.evaluate(ENGINES[part.id], DECISION, facts))
    if regopy:
        assert ours == ordered(part.program.evaluate(facts))


@pytest.mark.parametrize("version", versions(HISTORY.encoded))
def test_all_engines_agree_on_the_facts_of_every_case(version: str) -> None:
    for number, case in enumerate(EVERY_CASE):
        complete = case.sheet.complete(HISTORY.vocabulary)
        own = case.version == version and number % 4 == 0
        check(HISTORY[version], dict(complete.values), regopy=own)


@pytest.mark.parametrize("version", versions(HISTORY.encoded))
@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_all_engines_agree_on_random_sheets(version: str, data: st.DataObject) -> None:
    values = data.draw(fact_values(HISTORY, SHEETS))
    assume(consistent(values, HISTORY.vocabulary))
    check(HISTORY[version], values, regopy=data.draw(st.integers(0, 3)) == 0)


@pytest.mark.parametrize("version", versions(HISTORY.encoded))
def test_all_engines_agree_on_sheets_drawn_from_every_verdict_level_and_duty(version: str) -> None:
    random, drawn = Random(1), Drawn(HISTORY[version])
    answers = list(drawn.answers())
    rare = [item for item in answers if " duties." not in item[0]]
    duties = random.sample([item for item in answers if " duties." in item[0]], 60)
    for label, guard in (*rare, *duties):
        values = drawn.facts(guard, random)
        if values is not None:
            check(HISTORY[version], values, regopy=".verdict" in label)


@pytest.mark.parametrize(("old", "new"), pairs(HISTORY.encoded))
def test_all_engines_agree_on_sheets_drawn_from_every_pair_of_verdicts(old: str, new: str) -> None:
    random, drawn = Random(2), Drawn(HISTORY[old], HISTORY[new])
    for number, (_, guard) in enumerate(drawn.transitions()):
        values = drawn.facts(guard, random)
        if values is not None:
            check(HISTORY[old], values, regopy=number % 4 == 0)
            check(HISTORY[new], values, regopy=number % 4 == 0)


def _many(version: str) -> Iterator[dict[str, Value]]:
    """Sheets without end: neighbours of cases, and ones drawn from answers and pairs of them."""
    random = Random(f"many {version}")
    near = neighbours(HISTORY, SHEETS, random)
    drawn = [Drawn(HISTORY[version])]
    drawn += [
        Drawn(HISTORY[a], HISTORY[b]) for a, b in pairwise(HISTORY.encoded) if version in (a, b)
    ]
    guards = [
        (source, guard)
        for source in drawn
        for _, guard in (*source.answers(), *(source.transitions() if source.parts[1:] else ()))
        if source.space.possible(guard)
    ]
    rarest = [(drawn[0], guard) for label, guard in drawn[0].answers() if ".verdict" in label]
    while True:
        yield next(near)
        for choices in (guards, rarest):
            source, guard = random.choice(choices)
            values = source.facts(guard, random)
            if values is not None:
                yield values


@pytest.mark.long
@pytest.mark.parametrize("version", HISTORY.encoded)
def test_all_engines_agree_on_very_many_sheets(version: str) -> None:
    total = -(-LONG_SHEETS // len(HISTORY.encoded))
    every = LONG_SHEETS // LONG_SHEETS_OF_REGOPY
    reached = set()
    for number, values in enumerate(islice(_many(version), total)):
        check(HISTORY[version], values, regopy=number % every == 0)
        decided = mapping(HISTORY[version].decider(values))
        for gate, item in mapping(decided["gates"]).items():
            reached.add((gate, mapping(item)["verdict"]))
    space = Drawn(HISTORY[version]).space
    assert reached == {
        (gate, value)
        for gate, answer in verdicts(HISTORY[version])
        for value, guard in answer.values
        if space.possible(guard)
    }


def test_the_cases_reach_every_verdict_and_every_status(history: History) -> None:
    reached, statuses = set(), set()
    for case in EVERY_CASE:
        if case.version in history.encoded:
            decision = history[case.version].decide(case.sheet)
            reached |= {gate.verdict for gate in decision.gates}
            statuses |= {duty.status for duty in decision.duties}
    assert reached - {"undetermined"} == set(history.scales.verdicts)
    assert statuses - {"undetermined"} == set(history.scales.statuses)
