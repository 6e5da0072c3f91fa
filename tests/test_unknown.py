"""What is possible under unknown facts is what completions give, and what matters settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from random import Random

import pytest
from lifting import fact, lifted

from rsp_policy.engine import Framework, load
from rsp_policy.engine.decision.completions import Completions, Possible
from rsp_policy.engine.decision.decisions import Decision
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.files.documents import Value, items, mapping
from rsp_policy.engine.framework.cases import announced, load_cases
from rsp_policy.engine.framework.policy import PolicyVersion

from conftest import CASES
from sheets import consistent, numbers_near
from versions import VERSIONS, versions

HISTORY = load()

CASE_FACTS = [
    case.sheet.complete(HISTORY.vocabulary).values
    for case in (*load_cases(CASES, HISTORY), *announced(HISTORY))
]
BASES = [
    FactSheet("base", values) for values in CASE_FACTS if consistent(values, HISTORY.vocabulary)
]
MOST = 3000
"""The most completions that are tried one by one."""

Outcome = tuple[tuple[object, ...], ...]
"""Verdicts, levels, thresholds and duties of one decision, in a form that compares."""


def settings_of(path: str, history: Framework) -> list[Value]:
    """The values of a fact that matter: all of them, or for a number those around figures."""
    item = history.vocabulary[path]
    match item.kind:
        case "boolean":
            return [False, True]
        case "choice":
            return list(item.values)
        case "set":
            return [
                [name for name, there in zip(item.values, chosen, strict=True) if there]
                for chosen in product((False, True), repeat=len(item.values))
            ]
        case _:
            return numbers_near(item, history)


def completions(
    history: Framework, known: Mapping[str, Value], unknown: Sequence[str]
) -> Iterator[dict[str, Value]]:
    """Every completion of some facts that no exclusion rules out."""
    for chosen in product(*(settings_of(path, history) for path in unknown)):
        values = {**known, **dict(zip(unknown, chosen, strict=True))}
        if consistent(values, history.vocabulary):
            yield values


def outcome(decision: Value) -> Outcome:
    """What is decided about complete facts, without the reasons."""
    raw = mapping(decision)
    gates = {gate: mapping(item)["verdict"] for gate, item in mapping(raw["gates"]).items()}
    return (
        tuple(gates.items()),
        tuple(mapping(raw["standards"]).items()),
        tuple(sorted(str(item) for item in items(raw["thresholds"]))),
        tuple(sorted(str(item) for item in items(raw["duties"]))),
    )


def statuses(decision: Value) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for item in map(mapping, items(mapping(decision)["duties"])):
        found.setdefault(str(item["commitment"]), set()).add(str(item["status"]))
    return found


@cache
def puzzles(version: str) -> tuple[tuple[FactSheet, tuple[str, ...]], ...]:
    """Sheets of cases with a few facts unknown, most of which matter, on which one can try all."""
    part, random = HISTORY[version], Random(f"unknown {version}")
    found = []
    while len(found) < 12:
        sheet = random.choice(BASES)
        many = random.sample(sorted(part.reads), 60)
        asked = decided(part, sheet, many)
        chosen = [*asked.matters[:5], *random.sample(many, 3)]
        if asked.matters and (few := fitting(dict.fromkeys(chosen))):
            found.append((sheet, few))
    for exclusion in HISTORY.vocabulary.excluded:
        sheet = random.choice(BASES)
        paths = [path for path, _ in exclusion.facts] + random.sample(sorted(part.reads), 3)
        found.append((sheet, fitting(dict.fromkeys(paths))))
    return tuple(found)


def fitting(paths: Iterable[str]) -> tuple[str, ...]:
    """The first of some facts that together have at most `MOST` completions."""
    kept: list[str] = []
    size = 1
    for path in paths:
        size *= len(settings_of(path, HISTORY))
        if size > MOST:
            break
        kept.append(path)
    return tuple(kept)


def decided(part: PolicyVersion, sheet: FactSheet, unknown: Iterable[str]) -> Decision:
    return part.decide(FactSheet("puzzle", {**sheet.facts, **dict.fromkeys(unknown, "unknown")}))


PUZZLES = pytest.mark.parametrize(
    ("version", "number"),
    versions(HISTORY.encoded, range(18)),
)


def puzzle(
    version: str, number: int
) -> tuple[PolicyVersion, dict[str, Value], tuple[str, ...], Decision]:
    part = HISTORY[version]
    sheet, few = puzzles(version)[number]
    return part, dict(sheet.facts), few, decided(part, sheet, few)


@PUZZLES
def test_what_is_possible_is_what_the_completions_give(version: str, number: int) -> None:
    part, known, unknown, decision = puzzle(version, number)
    verdicts: dict[str, set[object]] = {}
    levels: dict[str, set[object]] = {name: set() for name in HISTORY.scales.standards}
    duties: list[dict[str, set[str]]] = []
    for values in completions(HISTORY, known, unknown):
        made = part.decider(values)
        gates, standards, _, _ = outcome(made)
        for gate, verdict in gates:
            verdicts.setdefault(str(gate), set()).add(verdict)
        for name in levels:
            levels[name].add(dict(standards).get(name) or "none")
        duties.append(statuses(made))
    assert {gate.gate: set(gate.possible) for gate in decision.gates} == verdicts
    shown = {name: set(text.split(" or ")) for name, text in decision.standards}
    assert {name: shown.get(name, {"none"}) for name in levels} == levels
    wanted: dict[str, set[str]] = {}
    for commitment in {name for found in duties for name in found}:
        each = [found.get(commitment, {"none"}) for found in duties]
        wanted[commitment] = set().union(*each)
    assert {duty.commitment: set(duty.possible) for duty in decision.duties} == wanted


@PUZZLES
def test_what_matters_settles_everything_and_no_part_of_it_does(version: str, number: int) -> None:
    part, known, unknown, decision = puzzle(version, number)
    tried = completions(HISTORY, known, unknown)
    found = [(values, outcome(part.decider(values))) for values in tried]
    assert settles(decision.matters, found)
    assert set(decision.matters) <= set(unknown)
    for out in decision.matters:
        assert not settles([path for path in decision.matters if path != out], found)
    for gate in decision.gates:
        own = [(values, (dict(result[0])[gate.gate],)) for values, result in found]
        assert settles(gate.matters, own)
        for out in gate.matters:
            assert not settles([path for path in gate.matters if path != out], own)


def settles(paths: Sequence[str], found: Sequence[tuple[Mapping[str, Value], object]]) -> bool:
    """Whether completions that agree on some facts agree on the outcome."""
    seen: dict[str, object] = {}
    return all(
        seen.setdefault(str([values[path] for path in paths]), result) == result
        for values, result in found
    )


def test_the_puzzles_are_open_in_many_ways_and_settled_in_some() -> None:
    decisions = [puzzle(v, n)[3] for v in sorted(VERSIONS) for n in range(12)]
    undecided = [gate for decision in decisions for gate in decision.gates if not gate.determined]
    assert len(undecided) > 10
    assert {len(gate.possible) for gate in undecided} >= {2, 3}
    assert any(duty.status != duty.possible[0] for d in decisions for duty in d.duties)


# on small rules

FLAG, OTHER, THIRD = (fact(f"a.{name}", "boolean") for name in ("flag", "other", "third"))
KIND = fact("a.kind", "choice", "p", "q", "r")


def possible(rules: str, known: dict[str, Value], *unknown: str) -> tuple[Completions, Possible]:
    circuit = lifted(
        rules,
        FLAG,
        OTHER,
        THIRD,
        KIND,
        excluded=({"a.flag": True, "a.other": True}, {"a.kind": "p", "a.third": True}),
    ).circuit
    found = Completions(circuit, known, unknown)
    return found, found.possible(circuit.answers[0])


def test_a_known_fact_that_no_rule_reads_still_rules_out_what_it_excludes() -> None:
    known: dict[str, Value] = {"a.other": True, "a.third": False, "a.kind": "p"}
    _, found = possible("q := input.a.flag", known, "a.flag")
    assert [value.value for value, _ in found.values] == [False]  # type: ignore[attr-defined]
    assert found.certain
    _, found = possible("q := input.a.flag", {**known, "a.other": False}, "a.flag")
    assert not found.certain


def test_an_unknown_fact_that_no_rule_reads_rules_out_nothing() -> None:
    known: dict[str, Value] = {"a.third": False, "a.kind": "p"}
    completions, found = possible("q := input.a.flag", known, "a.flag", "a.other")
    assert not found.certain
    assert completions.matters([found]) == ("a.flag",)


def test_excluded_combinations_of_unknown_facts_are_no_completions() -> None:
    known: dict[str, Value] = {"a.third": False, "a.kind": "p"}
    both = "q := [input.a.flag, input.a.other] == [true, true]"
    _, found = possible(both, known, "a.flag", "a.other")
    assert found.certain
    either = "q if input.a.flag\n\nq if input.a.other"
    completions, found = possible(either, known, "a.flag", "a.other")
    assert not found.certain
    assert set(completions.matters([found])) == {"a.flag", "a.other"}


def test_the_fact_that_alone_decides_most_often_comes_first() -> None:
    rules = 'q if {\n\tinput.a.flag\n\tinput.a.kind == "p"\n}\n\nq if {\n\tinput.a.flag\n\t'
    rules += 'input.a.kind == "q"\n\tinput.a.third\n}'
    completions, found = possible(rules, {"a.other": False}, "a.flag", "a.kind", "a.third")
    assert completions.matters([found]) == ("a.kind", "a.flag", "a.third")
