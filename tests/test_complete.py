"""The complete diff is complete: its counts, regions and witnesses against decisions one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from random import Random

import pytest
from lifting import fact, values_of, vocabulary

from rsp_policy.diff import CompleteDiff, QuestionDiff, Transition, complete_diff
from rsp_policy.diff.decisions.regions import Clause, Region
from rsp_policy.diff.decisions.sides import NOTHING, Question, Side
from rsp_policy.engine import UsageError, load
from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Choice, PathCondition
from rsp_policy.engine.errors import UnknownNameError
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.documents import Value, items, mapping
from rsp_policy.engine.framework.policy import PolicyVersion

from judges import JUDGED, REGOPY, Judge, decided
from sheets import consistent
from versions import pairs, versions

HISTORY = load()

BOTH = pytest.mark.parametrize(("old", "new"), pairs(HISTORY.encoded))
MOST_REGIONS = 12
MOST_BETWEEN_KINDS = 24  # v1.0 knows levels of models, v2.0 thresholds: they share few conditions
QUESTIONS = (*HISTORY.scales.gates, *(f"{name} standard" for name in HISTORY.scales.standards))


@cache
def whole(old: str, new: str) -> CompleteDiff:
    return complete_diff(HISTORY[old], HISTORY[new])


def transitions(diff: CompleteDiff, *kinds: str) -> list[Transition]:
    return [
        transition
        for question in diff.questions
        if question.kind in kinds
        for transition in question.transitions
    ]


def completed(facts: Mapping[str, Value]) -> dict[str, Value]:
    return dict(FactSheet("witness", facts).complete(HISTORY.vocabulary).values)


def answers(decision: Value) -> dict[str, str]:
    """What a decision answers to every question; a duty that does not arise is left out."""
    raw = mapping(decision)
    found = {gate: str(mapping(item)["verdict"]) for gate, item in mapping(raw["gates"]).items()}
    for name in HISTORY.scales.standards:
        found[f"{name} standard"] = str(mapping(raw["standards"]).get(name) or NOTHING)
    worst = list(HISTORY.scales.statuses)
    for duty in map(mapping, items(raw["duties"])):
        commitment, status = str(duty["commitment"]), str(duty["status"])
        found[commitment] = min(status, found.get(commitment, status), key=worst.index)
    return found


def answer(part: PolicyVersion, question: str, facts: Mapping[str, Value]) -> str:
    return answers(part.decider(facts)).get(question, NOTHING)


# witnesses


@BOTH
def test_every_witness_goes_from_the_old_answer_to_the_new_one(old: str, new: str) -> None:
    random = Random(f"witness {old} {new}")
    diff = whole(old, new)
    duties = random.sample(transitions(diff, "duty"), 25)
    for transition in (*transitions(diff, "gate", "standard"), *duties):
        for region in transition.regions:
            facts = completed(region.witness)
            question = transition.question
            assert consistent(facts, HISTORY.vocabulary)
            assert answer(HISTORY[old], question, facts) == transition.source
            assert answer(HISTORY[new], question, facts) == transition.target


@JUDGED
@BOTH
def test_others_too_decide_every_witness_about_a_gate_as_it_is_said(
    judge: Judge | None, old: str, new: str
) -> None:
    wanted: dict[str, dict[str, tuple[str, str]]] = {}
    sheets = {}
    for transition in transitions(whole(old, new), "gate"):
        for region in transition.regions:
            key = str(sorted(region.witness.items()))
            sheets[key] = nested(completed(region.witness))
            said = transition.source, transition.target
            wanted.setdefault(key, {})[transition.question] = said
    chosen = sorted(sheets)
    most = 5 if judge is REGOPY else 40
    for key in Random(f"regopy {old} {new}").sample(chosen, min(len(chosen), most)):
        both = [answers(decided(judge, HISTORY[side], sheets[key])) for side in (old, new)]
        assert {gate: (both[0][gate], both[1][gate]) for gate in wanted[key]} == wanted[key]


@BOTH
def test_the_blamed_findings_are_made_for_the_witness_and_no_others(old: str, new: str) -> None:
    for transition in transitions(whole(old, new), "gate"):
        for region in transition.regions:
            facts = completed(region.witness)
            for part, because in ((old, region.old_because), (new, region.new_because)):
                gates = mapping(mapping(HISTORY[part].decider(facts))["gates"])
                found = items(mapping(gates[transition.question])["because"])
                made = {(str(f["commitment"]), str(f["reason"])) for f in map(mapping, found)}
                assert {(b.source, b.says) for b in because if b.witness} == made
                assert {(b.source, b.says) for b in because if b.everywhere} <= made


# regions


def meaning(diff: CompleteDiff, transition: Transition, clause: Clause) -> PathCondition:
    """What a clause of a region says, as a path condition."""
    pcs = diff.pcs
    side = diff.new if clause.side == diff.new.name else diff.old
    if clause.kind == "condition":
        pc = next(item.pc for item in side.conditions if item.name == clause.name)
        return pc if clause.holds else pc ^ 1
    if clause.kind == "fact":
        cells = [
            (pcs.variables[variable], cell)
            for variable in diff.facts.of(clause.name)
            for cell in diff.space.cells.get(variable, ())
        ]
        if clause.member:
            return next(
                cell.pc
                for item, cell in cells
                if isinstance(item, Choice)
                and (item.member,) == clause.values
                and cell.value is clause.holds
            )
        return pcs.any(c.pc for _, c in cells if set(c.values) <= set(clause.values))
    # the frame: nothing stricter than the answer of this side
    here = activations(diff, transition.question)[clause.text.split(" ")[0]]
    stands = transition.target if here is diff.new else transition.source
    question = here.questions[transition.question]
    stricter = question.order[question.order.index(stands) + 1 :]
    return pcs.any(question.answers.get(item, NEVER) for item in stricter) ^ 1


def activations(diff: CompleteDiff, question: str) -> dict[str, Side]:
    return {side.name: side for side in (diff.old, diff.new) if question in side.questions}


def extent(diff: CompleteDiff, transition: Transition, region: Region) -> PathCondition:
    return diff.pcs.all(meaning(diff, transition, clause) for clause in region.when)


@BOTH
def test_regions_lie_inside_their_transition_and_make_it_up(old: str, new: str) -> None:
    diff = whole(old, new)
    for transition in transitions(diff, "gate", "standard"):
        covered = NEVER
        for region in transition.regions:
            pc = extent(diff, transition, region)
            assert diff.space.implies(pc, transition.pc)
            assert diff.space.count(pc) == region.situations > 0
            covered = diff.pcs.either(covered, pc)
        assert transition.described.left_out == 0
        assert diff.space.implies(transition.pc, covered)


@BOTH
def test_no_region_is_there_for_nothing(old: str, new: str) -> None:
    diff = whole(old, new)
    for transition in transitions(diff, "gate", "standard"):
        pcs = [extent(diff, transition, region) for region in transition.regions]
        for index in range(len(pcs)):
            others = diff.pcs.any(pcs[:index] + pcs[index + 1 :])
            assert not diff.space.implies(transition.pc, others)


@BOTH
def test_few_regions_are_enough(old: str, new: str) -> None:
    for transition in transitions(whole(old, new), "gate", "standard"):
        most = MOST_BETWEEN_KINDS if old == "v1.0" else MOST_REGIONS
        assert 1 <= len(transition.regions) <= most


@BOTH
def test_a_condition_unfolds_into_facts_that_make_it_up(old: str, new: str) -> None:
    diff = whole(old, new)
    seen = set()
    for transition in transitions(diff, "gate"):
        for region in transition.regions:
            for clause in region.when:
                if clause.kind != "condition" or clause in seen:
                    continue
                seen.add(clause)
                pc = meaning(diff, transition, clause)
                unfolded = diff.unfold(clause)
                parts = [extent(diff, transition, part) for part in unfolded.regions]
                assert all(diff.space.implies(part, pc) for part in parts)
                left = diff.pcs.both(pc, diff.pcs.any(parts) ^ 1)
                assert diff.space.count(left) == unfolded.left_out
    assert seen


# everything else stays


@BOTH
def test_outside_of_all_transitions_of_a_question_both_versions_agree(old: str, new: str) -> None:
    diff, random = whole(old, new), Random(f"outside {old} {new}")
    for question in diff.questions:
        if question.kind == "duty" and random.random() < 0.8:
            continue
        same = diff.pcs.any(item.pc for item in question.transitions) ^ 1
        left = diff.space.count(same)
        assert left == diff.situations - question.changed
        for _ in range(min(left, 12 if question.kind == "gate" else 2)):
            facts = completed(diff.space.sample(same, random))
            one, other = (answer(HISTORY[part], question.name, facts) for part in (old, new))
            assert one == other, question.name


@BOTH
def test_outside_of_the_difference_nothing_changes(old: str, new: str) -> None:
    diff, random = whole(old, new), Random(f"nothing {old} {new}")
    same = diff.difference ^ 1
    assert diff.space.count(same) == diff.situations - diff.changed
    for _ in range(min(diff.space.count(same), 10)):
        facts = completed(diff.space.sample(same, random))
        one, other = (answers(HISTORY[part].decider(facts)) for part in (old, new))
        for name in one.keys() | other.keys():
            assert one.get(name, NOTHING) == other.get(name, NOTHING), name


def plainly(question: QuestionDiff) -> tuple[object, ...]:
    rows = [(item.source, item.target, item.situations) for item in question.transitions]
    return (question.name, question.direction, question.changed, tuple(sorted(rows)))


@pytest.mark.parametrize("version", versions(HISTORY.encoded))
def test_a_version_does_not_differ_from_itself(version: str) -> None:
    diff = complete_diff(HISTORY[version], HISTORY[version])
    assert diff.empty
    assert diff.changed == 0
    assert diff.difference == NEVER
    assert {question.direction for question in diff.questions} == {"equivalent"}


TURNED = {"more permissive": "less permissive", "less permissive": "more permissive"}


@BOTH
def test_swapping_the_sides_turns_every_transition_round(old: str, new: str) -> None:
    there, back = whole(old, new), complete_diff(HISTORY[new], HISTORY[old])
    assert (there.situations, there.changed) == (back.situations, back.changed)
    turned = {
        (
            question.name,
            TURNED.get(question.direction, question.direction),
            question.changed,
            tuple(sorted((t.target, t.source, t.situations) for t in question.transitions)),
        )
        for question in there.questions
    }
    assert {plainly(question) for question in back.questions} == turned
    for question in there.questions:
        assert back.question(question.name).milder == question.stricter
        assert back.question(question.name).stricter == question.milder


# counts against every situation one by one


@cache
def narrowed(
    old: str, new: str, number: int, size: int
) -> tuple[dict[str, list[Value]], tuple[str, ...]]:
    """Assumptions that leave up to a dozen facts free on which a transition turns; these facts."""
    diff, random = whole(old, new), Random(f"narrow {old} {new} {number}")
    transition = random.choice(transitions(diff, "gate", "standard"))
    base = completed(diff.space.sample(transition.pc, random))
    told = [item.pc for item in transitions(diff, "gate", "standard")]
    paths = sorted(diff.pcs.facts(told))
    random.shuffle(paths)
    # those come first of which one alone changes an answer
    paths.sort(key=lambda path: not turns((old, new), base, path))
    free: list[str] = []
    combinations = 1
    for path in paths:
        cells = 1
        for variable in diff.facts.of(path):
            cells *= len(diff.space.cells.get(variable, (None,)))
        if len(free) < 12 and cells <= 4 and combinations * cells <= size:
            free.append(path)
            combinations *= cells
    assumed = {path: [value] for path, value in base.items() if path not in free}
    return assumed, tuple(free)


def turns(versions: tuple[str, str], base: Mapping[str, Value], path: str) -> bool:
    """Whether another value of a fact changes a verdict or a level of some version."""
    item = HISTORY.vocabulary[path]
    if item.kind not in ("boolean", "choice"):
        return False
    others: list[Value] = [True, False] if item.kind == "boolean" else list(item.values)
    for part in versions:
        before = answers(HISTORY[part].decider(base))
        for value in others:
            after = answers(HISTORY[part].decider({**base, path: value}))
            if any(before[name] != after[name] for name in QUESTIONS):
                return True
    return False


def situations(
    diff: CompleteDiff, assumed: Mapping[str, list[Value]]
) -> Iterator[dict[str, Value]]:
    """One sheet for every situation under assumptions that fix all facts but some."""
    fixed = {path: value for path, (value,) in assumed.items()}
    free = [
        (diff.pcs.variables[variable], cells)
        for variable, cells in diff.space.cells.items()
        if diff.pcs.variables[variable].fact not in fixed
    ]
    told = {item.fact for item, _ in free}
    excluded = {path for item in HISTORY.vocabulary.excluded for path, _ in item.facts}
    # what no rule reads may be anything that no exclusion rules out
    hidden = sorted(excluded - fixed.keys() - told)
    for chosen in product(*(cells for _, cells in free)):
        values = {**completed({}), **fixed}
        for (item, _), cell in zip(free, chosen, strict=True):
            if isinstance(item, Choice) and item.member is not None:
                before = [name for name in items(values[item.fact]) if name != item.member]
                values[item.fact] = [*before, item.member] if cell.value else before
            else:
                values[item.fact] = cell.value
        for rest in product(*(values_of(HISTORY.vocabulary[path]) for path in hidden)):
            values.update(zip(hidden, rest, strict=True))
            if consistent(values, HISTORY.vocabulary):
                yield values
                break


def brute(
    diff: CompleteDiff, rows: list[tuple[dict[str, str], dict[str, str]]]
) -> tuple[int, int, dict[str, Counter[tuple[str, str]]]]:
    """Situations, how many of them change, and the transitions of every question, by counting."""
    changed = 0
    found: dict[str, Counter[tuple[str, str]]] = {item.name: Counter() for item in diff.questions}
    for one, other in rows:
        steps = {name: (one.get(name, NOTHING), other.get(name, NOTHING)) for name in found}
        changed += any(was != becomes for was, becomes in steps.values())
        for name, (was, becomes) in steps.items():
            if was != becomes:
                found[name][was, becomes] += 1
    return len(rows), changed, found


def counted(diff: CompleteDiff) -> tuple[int, int, dict[str, Counter[tuple[str, str]]]]:
    found = {
        question.name: Counter(
            {(item.source, item.target): item.situations for item in question.transitions}
        )
        for question in diff.questions
    }
    return diff.situations, diff.changed, found


@BOTH
@pytest.mark.parametrize("number", range(8))
def test_counts_are_those_of_trying_every_situation(old: str, new: str, number: int) -> None:
    assumed, free = narrowed(old, new, number, 4000)
    assert len(free) >= 6
    # some duty differs nearly everywhere, so every second diff leaves duties out
    about = [name for name in QUESTIONS if number % 2 == 0]
    diff = complete_diff(HISTORY[old], HISTORY[new], assumed=assumed, about=about or None)
    rows = [
        (answers(HISTORY[old].decider(facts)), answers(HISTORY[new].decider(facts)))
        for facts in situations(diff, assumed)
    ]
    assert counted(diff) == brute(diff, rows)
    assert diff.changed > 0


@JUDGED
@BOTH
def test_counts_are_those_of_asking_others_about_every_situation(
    judge: Judge | None, old: str, new: str
) -> None:
    assumed, _ = narrowed(old, new, 100, 8 if judge is REGOPY else 32)
    diff = complete_diff(HISTORY[old], HISTORY[new], assumed=assumed)
    rows = [
        (
            answers(decided(judge, HISTORY[old], nested(facts))),
            answers(decided(judge, HISTORY[new], nested(facts))),
        )
        for facts in situations(diff, assumed)
    ]
    assert len(rows) >= 4
    assert counted(diff) == brute(diff, rows)


@BOTH
def test_witnesses_under_assumptions_keep_to_them(old: str, new: str) -> None:
    assumed, _ = narrowed(old, new, 0, 4000)
    few = dict(list(assumed.items())[::9])
    diff = complete_diff(HISTORY[old], HISTORY[new], assumed=few)
    for transition in transitions(diff, "gate"):
        for region in transition.regions:
            facts = completed(region.witness)
            assert all(facts[path] == values[0] for path, values in few.items())
            assert answer(HISTORY[old], transition.question, facts) == transition.source
            assert answer(HISTORY[new], transition.question, facts) == transition.target


# assumptions


@BOTH
def test_assumptions_that_exclude_one_another_are_refused(old: str, new: str) -> None:
    for exclusion in HISTORY.vocabulary.excluded:
        assumed = {path: [value] for path, value in exclusion.facts}
        with pytest.raises(UsageError, match="exclude one another") as caught:
            complete_diff(HISTORY[old], HISTORY[new], assumed=assumed)
        assert all(path in str(caught.value) for path in assumed)


@BOTH
def test_an_assumption_of_nothing_or_of_a_wrong_value_is_refused(old: str, new: str) -> None:
    parts = HISTORY[old], HISTORY[new]
    path = next(fact.path for fact in HISTORY.vocabulary if fact.kind == "boolean")
    with pytest.raises(UsageError, match=path):
        complete_diff(*parts, assumed={path: []})
    with pytest.raises(UsageError, match="maybe"):
        complete_diff(*parts, assumed={path: ["maybe"]})
    with pytest.raises(UnknownNameError, match="unknown fact"):
        complete_diff(*parts, assumed={"no.such": [True]})


@BOTH
def test_a_diff_about_one_gate_tells_only_what_that_gate_tells_apart(old: str, new: str) -> None:
    one = complete_diff(HISTORY[old], HISTORY[new], about=["deploy"])
    every = whole(old, new)
    assert [question.name for question in one.questions] == ["deploy"]
    assert one.situations < every.situations
    (asked,), there = one.questions, every.question("deploy")
    assert asked.direction == there.direction
    assert [(t.source, t.target, t.pc) for t in asked.transitions] == [
        (t.source, t.target, t.pc) for t in there.transitions
    ]


# a difference small enough to count by hand


FLAG = fact("a.flag", "boolean")
N = fact("a.n", "integer", between=(0, 9))
ORDER = ("open", "closed")


def by_hand(excluded: tuple[Mapping[str, Value], ...] = ()) -> CompleteDiff:
    """`closed` if n < 3 or the flag is set, and then only if n < 5."""
    facts = FactVariables(vocabulary(FLAG, N, excluded=excluded))
    pcs = facts.pcs()
    flag = pcs.one_of(0, 2)
    three, five = (pcs.below(1, cut, included=False) for cut in (3, 5))
    sides = []
    for name, closed in (("one", pcs.either(three, flag)), ("other", five)):
        asked = Question("gate", "gate", {"open": closed ^ 1, "closed": closed}, ORDER)
        sides.append(Side(name, {"gate": asked}, ()))
    return CompleteDiff(facts, pcs, *sides)


def test_a_small_difference_is_counted_as_by_hand() -> None:
    diff = by_hand()
    # n below 3, from 3 to 4, or from 5 on, with the flag or without
    assert (diff.situations, diff.changed) == (6, 2)
    (question,) = diff.questions
    assert question.direction == "incomparable"
    assert (question.milder, question.stricter) == (1, 1)
    stricter, milder = question.transitions
    assert (stricter.source, stricter.target, stricter.stricter) == ("open", "closed", True)
    assert (milder.source, milder.target, milder.stricter) == ("closed", "open", False)
    (region,) = milder.regions
    assert region.witness == {"a.flag": True, "a.n": 5}
    (region,) = stricter.regions
    assert region.witness == {"a.flag": False, "a.n": 3}
    assert diff.pcs.any((stricter.pc, milder.pc)) not in (NEVER, ALWAYS)


def test_what_is_excluded_is_not_counted() -> None:
    diff = by_hand(({"a.flag": True, "a.n": 7},))
    # n = 7 is now told apart from other numbers from 5 on, and does not go with the flag
    assert (diff.situations, diff.changed) == (7, 2)
    assert by_hand(({"a.flag": True},)).question("gate").direction == "less permissive"
