"""A circuit says what the rules say: in its answers, in its conditions, and as a function."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from random import Random

import pytest
from lifting import fact, lifted, ordered

from rsp_policy.engine import History, UsageError, load
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER
from rsp_policy.engine.circuit.circuits import Answer
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.documents import Value, items, mapping
from rsp_policy.engine.framework.rule_data import slice_data
from rsp_policy.engine.ir.constants import Object, plain
from rsp_policy.engine.rego.evaluation import Program

import opa
from judges import JUDGES, Judge, engine_of
from sheets import Drawn, verdicts
from versions import versions

HISTORY = load()

VERSIONS = pytest.mark.parametrize("version", versions(HISTORY.encoded))


@cache
def drawn_from(version: str) -> Drawn:
    return Drawn(HISTORY[version])


def said(decision: Value, answer: Answer) -> Value:
    """What stands in a decision at the place of an answer."""
    value = decision
    *way, last = answer.path
    for key in way:
        value = mapping(value)[str(key)]
    if isinstance(last, Object):
        assert isinstance(value, list)
        return ordered(plain(last)) in map(ordered, value)
    return mapping(value).get(str(last))


@VERSIONS
def test_the_values_of_an_answer_exclude_one_another_and_one_of_them_holds(version: str) -> None:
    circuit = HISTORY[version].circuit
    for answer in circuit.answers:
        pcs = [pc for _, pc in answer.values]
        assert circuit.pcs.any(pcs) == ALWAYS
        for one, other in combinations(pcs, 2):
            assert circuit.pcs.both(one, other) == NEVER


@VERSIONS
def test_where_the_pc_of_an_answer_holds_the_decision_gives_that_answer(version: str) -> None:
    part, drawn, random = HISTORY[version], drawn_from(version), Random(3)
    asked = []
    for answer in random.sample(part.circuit.answers, 60):
        for value, pc in answer.values:
            facts = drawn.facts(pc, random)
            if facts is not None:
                wanted = value is not None if isinstance(answer.path[-1], Object) else value
                assert said(part.decider(facts), answer) == wanted, answer.name
                asked.append(wanted)
    assert set(asked) >= {True, False}


@VERSIONS
def test_every_gate_has_a_situation_for_each_verdict_that_its_circuit_names(version: str) -> None:
    found = dict(verdicts(HISTORY[version]))
    assert list(found) == list(HISTORY.scales.gates)
    for answer in found.values():
        assert {value for value, _ in answer.values} <= set(HISTORY.scales.verdicts)
        assert all(drawn_from(version).space.possible(pc) for _, pc in answer.values)


@VERSIONS
def test_facts_that_a_circuit_does_not_read_change_nothing(version: str) -> None:
    part, random = HISTORY[version], Random(4)
    idle = [fact for fact in HISTORY.vocabulary if fact.path not in part.reads]
    assert idle
    pc = next(pc for _, answer in verdicts(part) for _, pc in answer.values[1:])
    facts = drawn_from(version).facts(pc, random)
    assert facts is not None
    before = part.decider(facts)
    for item in idle:
        if item.kind == "boolean":
            facts[item.path] = not facts[item.path]
        elif item.kind in ("choice", "set"):
            other = random.choice(item.values)
            facts[item.path] = [other] if item.kind == "set" else other
    assert part.decider(facts) == before


@cache
def program(version: str, rule: str) -> Program:
    """A rule of a version in regopy."""
    return Program(HISTORY.rule_set.texts, slice_data(HISTORY[version]), rule.replace(".", "/"))


@VERSIONS
@pytest.mark.parametrize("judge", JUDGES)
def test_a_condition_holds_exactly_where_its_rule_does(judge: Judge, version: str) -> None:
    part, random, titles = HISTORY[version], Random(5), HISTORY.rule_set.titles
    engine = engine_of(judge, part)
    for condition in part.circuit.conditions:
        assert condition.title
        rule, _, member = condition.name.rpartition(".")
        for pc, wanted in ((condition.pc, True), (condition.pc ^ 1, False)):
            facts = drawn_from(version).facts(pc, random)
            if facts is None:
                continue
            if condition.name in titles:
                held = judge.evaluate(engine, f"data.{condition.name}", nested(facts)) is True
            elif judge is opa:
                held = member in items(opa.evaluate(engine, f"data.{rule}", nested(facts)))
            else:
                # Regorus gives only one member of such a set
                held = member in items(program(version, rule).evaluate(nested(facts)))
            assert held == wanted, condition.name


@VERSIONS
def test_regopy_decides_the_same_by_its_own_evaluation(version: str) -> None:
    part, random = HISTORY[version], Random(6)
    answer = dict(verdicts(part))["deploy"]
    for _, pc in answer.values:
        facts = drawn_from(version).facts(pc, random)
        assert facts is not None
        assert part.decide(facts) == part.decide(facts, engine="rego")


def test_regopy_is_not_asked_about_unknown_facts(history: History) -> None:
    path = next(path for path in sorted(history["v2.2"].reads))
    with pytest.raises(UsageError, match=path):
        history["v2.2"].decide({path: "unknown"}, engine="rego")


def test_decisions_do_not_depend_on_one_another() -> None:
    part, random = HISTORY["v2.2"], Random(7)
    sheets = [
        facts
        for _, answer in verdicts(part)
        for _, pc in answer.values
        if (facts := drawn_from("v2.2").facts(pc, random)) is not None
    ]
    alone = [part.decide(facts) for facts in sheets]
    assert [part.decide(facts) for facts in reversed(sheets)] == alone[::-1]
    assert len({str(decision) for decision in alone}) > 1


# on small rules

LEVEL = fact("a.level", "choice", "low", "high")
FLAG = fact("a.flag", "boolean")


def test_answers_are_named_by_the_way_that_leads_to_them() -> None:
    circuit = lifted(
        'q := {"a": {"b": input.a.level}, "who": {x | x := input.a.level}}', LEVEL
    ).circuit
    names = [answer.name for answer in circuit.answers]
    assert names == ["q.a.b", "q.who.low", "q.who.high"]
    first = dict(circuit.answers[0].values)
    assert first == {"low": circuit.pcs.one_of(0, 1), "high": circuit.pcs.one_of(0, 2)}


def test_what_may_be_undefined_is_absent_from_a_decision() -> None:
    both = lifted("q := input.a.level if input.a.flag", LEVEL, FLAG)
    for level, flag in product(("low", "high"), (False, True)):
        wanted = {"q": level} if flag else {}
        assert both.decide({"a.level": level, "a.flag": flag}) == wanted
    (answer,) = both.circuit.answers
    assert dict(answer.values)[None] == both.circuit.pcs.one_of(1, 1)


def test_a_circuit_of_rules_that_say_nothing_is_empty() -> None:
    both = lifted("q if 1 == 2", FLAG)
    assert both.circuit.answers == ()
    assert len(both.circuit) == 0
    assert both.decide({"a.flag": True}) == {}
