"""The circuit, OPA, Regorus and regopy give the same decision on every path of evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lifting import ordered

from rsp_policy.engine import Framework, load
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.documents import Value, mapping
from rsp_policy.engine.framework.cases import Case, announced, load_cases
from rsp_policy.engine.framework.policy import PolicyVersion

from conftest import CASES
from judges import JUDGED, REGOPY, Judge, decided
from sheets import Drawn, consistent, fact_values, neighbours, verdicts
from versions import pairs, versions

HISTORY = load()

Facts: TypeAlias = dict[str, Value]

LONG_SHEETS, LONG_SHEETS_OF_REGOPY = 21_000, 2_100
"""How many sheets the long run takes over all versions, and how many of them regopy decides too."""


@cache
def every_case() -> tuple[Case, ...]:
    return (*load_cases(CASES, HISTORY), *announced(HISTORY))


@cache
def every_sheet() -> tuple[FactSheet, ...]:
    return tuple(case.sheet for case in every_case())


def check(judge: Judge | None, part: PolicyVersion, values: Facts) -> None:
    """Compare the whole decision of the circuit with that of a judge."""
    assert ordered(part.decider(values)) == ordered(decided(judge, part, nested(values)))


def check_all(
    judge: Judge | None, part: PolicyVersion, sheets: Iterable[tuple[Facts, bool]]
) -> None:
    """Compare decisions about many sheets, each with whether regopy decides it too."""
    checked = 0
    for values, costly in sheets:
        if costly or judge is not REGOPY:
            check(judge, part, values)
            checked += 1
    assert checked


@JUDGED
@pytest.mark.parametrize("version", versions(HISTORY.encoded))
def test_all_engines_agree_on_the_facts_of_every_case(judge: Judge | None, version: str) -> None:
    sheets = (
        (
            dict(case.sheet.complete(HISTORY.vocabulary).values),
            case.version == version and number % 4 == 0,
        )
        for number, case in enumerate(every_case())
    )
    check_all(judge, HISTORY[version], sheets)


@JUDGED
@pytest.mark.parametrize("version", versions(HISTORY.encoded))
@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_all_engines_agree_on_random_sheets(
    judge: Judge | None, version: str, data: st.DataObject
) -> None:
    values = data.draw(fact_values(HISTORY, every_sheet()))
    assume(consistent(values, HISTORY.vocabulary))
    if judge is not REGOPY or data.draw(st.integers(0, 3)) == 0:
        check(judge, HISTORY[version], values)


@cache
def drawn_from_answers(version: str) -> tuple[tuple[Facts, bool], ...]:
    random, drawn = Random(1), Drawn(HISTORY[version])
    answers = list(drawn.answers())
    rare = [item for item in answers if " duties." not in item[0]]
    duties = random.sample([item for item in answers if " duties." in item[0]], 60)
    found = ((label, drawn.facts(pc, random)) for label, pc in (*rare, *duties))
    return tuple((values, ".verdict" in label) for label, values in found if values is not None)


@JUDGED
@pytest.mark.parametrize("version", versions(HISTORY.encoded))
def test_all_engines_agree_on_sheets_drawn_from_every_verdict_level_and_duty(
    judge: Judge | None, version: str
) -> None:
    check_all(judge, HISTORY[version], drawn_from_answers(version))


@cache
def drawn_from_transitions(old: str, new: str) -> tuple[tuple[Facts, bool], ...]:
    random, drawn = Random(2), Drawn(HISTORY[old], HISTORY[new])
    found = (drawn.facts(pc, random) for _, pc in drawn.transitions())
    return tuple(
        (values, number % 4 == 0) for number, values in enumerate(found) if values is not None
    )


@JUDGED
@pytest.mark.parametrize(("old", "new"), pairs(HISTORY.encoded))
def test_all_engines_agree_on_sheets_drawn_from_every_pair_of_verdicts(
    judge: Judge | None, old: str, new: str
) -> None:
    for version in (old, new):
        check_all(judge, HISTORY[version], drawn_from_transitions(old, new))


def _many(version: str) -> Iterator[Facts]:
    """Sheets without end: neighbours of cases, and ones drawn from answers and pairs of them."""
    random = Random(f"many {version}")
    near = neighbours(HISTORY, every_sheet(), random)
    drawn = [Drawn(HISTORY[version])]
    drawn += [
        Drawn(HISTORY[a], HISTORY[b]) for a, b in pairwise(HISTORY.encoded) if version in (a, b)
    ]
    pcs = [
        (source, pc)
        for source in drawn
        for _, pc in (*source.answers(), *(source.transitions() if source.parts[1:] else ()))
        if source.space.possible(pc)
    ]
    rarest = [(drawn[0], pc) for label, pc in drawn[0].answers() if ".verdict" in label]
    while True:
        yield next(near)
        for choices in (pcs, rarest):
            source, pc = random.choice(choices)
            values = source.facts(pc, random)
            if values is not None:
                yield values


@lru_cache(maxsize=1)
def many(version: str) -> tuple[tuple[Facts, bool], ...]:
    total = -(-LONG_SHEETS // len(HISTORY.encoded))
    every = LONG_SHEETS // LONG_SHEETS_OF_REGOPY
    sheets = enumerate(islice(_many(version), total))
    return tuple((values, number % every == 0) for number, values in sheets)


@pytest.mark.long
@JUDGED
@pytest.mark.parametrize("version", HISTORY.encoded)
def test_all_engines_agree_on_very_many_sheets(judge: Judge | None, version: str) -> None:
    check_all(judge, HISTORY[version], many(version))


@pytest.mark.long
@pytest.mark.parametrize("version", HISTORY.encoded)
def test_very_many_sheets_reach_every_verdict(version: str) -> None:
    reached = set()
    for values, _ in many(version):
        decided = mapping(HISTORY[version].decider(values))
        for gate, item in mapping(decided["gates"]).items():
            reached.add((gate, mapping(item)["verdict"]))
    space = Drawn(HISTORY[version]).space
    assert reached == {
        (gate, value)
        for gate, answer in verdicts(HISTORY[version])
        for value, pc in answer.values
        if space.possible(pc)
    }


def test_the_cases_reach_every_verdict_and_every_status(history: Framework) -> None:
    reached, statuses = set(), set()
    for case in every_case():
        if case.version in history.encoded:
            decision = history[case.version].decide(case.sheet)
            reached |= {gate.verdict for gate in decision.gates}
            statuses |= {duty.status for duty in decision.duties}
    assert reached - {"undetermined"} == set(history.scales.verdicts)
    assert statuses - {"undetermined"} == set(history.scales.statuses)
