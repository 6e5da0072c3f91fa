"""The complete diff on policies from elsewhere, against every situation evaluated one by one.

Two small policies stand in `policies/`: who may do what with a document, and what becomes of the
requests of a customer. Each has an old and a new folder of Rego that differ in a few deliberate
changes. Sample values of every fact, chosen here by hand on both sides of every figure, are
evaluated in all combinations by regopy. Samples that no combination tells apart are one situation:
so the counts of the diff are compared with counts that owe nothing to it.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path

import pytest

from rsp_policy.diff.decisions.complete import Clause, CompleteDiff
from rsp_policy.diff.decisions.policies import Rules, circuits, compare_rules, rules_in
from rsp_policy.engine.bdd.path_conditions import PathConditions
from rsp_policy.engine.circuit.decider import decider
from rsp_policy.engine.circuit.generated_code import compiled
from rsp_policy.engine.errors import PolicyError
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.facts.vocabulary import Vocabulary, nested
from rsp_policy.engine.facts.vocabulary_file import load_vocabulary
from rsp_policy.engine.files.documents import Value, items, mapping, read
from rsp_policy.engine.ir.constants import constant, plain
from rsp_policy.engine.rego.planner import plan_of
from rsp_policy.engine.rego.sources import titles_in
from rsp_policy.engine.symbolic.guarded_unions import always
from rsp_policy.engine.symbolic.interpreter import Interpreter

FOLDER = Path(__file__).parent / "policies"
_ASK = """
import json, sys
from rsp_policy.engine.rego.evaluation import Program
question = json.load(sys.stdin)
program = Program(question["modules"], question["data"], "probe/all")
json.dump([program.evaluate(facts) for facts in question["facts"]], sys.stdout)
"""


@dataclass(frozen=True)
class Outcome:
    """What one side says in one situation: its answers, and the conditions that hold."""

    answers: Mapping[str, str]
    holds: frozenset[str]


@dataclass(frozen=True)
class Policy:
    """A policy in two states, and sample values of its facts.

    Attributes:
        samples: For each number and date values on both sides of every figure that either side
            compares it with; of other facts every value is tried.
        orders: The answers to some questions, from the mildest to the strictest.
    """

    name: str
    entrypoint: str
    samples: Mapping[str, Sequence[Value]]
    orders: Mapping[str, Sequence[str]]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return load_vocabulary(read(FOLDER / self.name / "facts.yaml"))

    @cached_property
    def sides(self) -> tuple[Rules, Rules]:
        return rules_in(FOLDER / self.name / "old"), rules_in(FOLDER / self.name / "new")

    @cached_property
    def diff(self) -> CompleteDiff:
        folder = FOLDER / self.name
        return compare_rules(
            folder / "old",
            folder / "new",
            folder / "facts.yaml",
            self.entrypoint,
            orders=self.orders,
        )

    @cached_property
    def axes(self) -> Sequence[tuple[str, str | None, Sequence[Value]]]:
        """What varies by itself: facts with their samples, and members of sets, there or not."""
        found: list[tuple[str, str | None, Sequence[Value]]] = []
        for fact in self.vocabulary:
            if fact.kind == "set":
                found += [(fact.path, member, BOTH) for member in fact.values]
            else:
                values = (
                    BOTH if fact.kind == "boolean" else self.samples.get(fact.path, fact.values)
                )
                found.append((fact.path, None, values))
        return found

    def sheet(self, combination: Sequence[int]) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        for (path, member, values), number in zip(self.axes, combination, strict=True):
            if member is None:
                facts[path] = values[number]
            else:
                held = facts.setdefault(path, [])
                assert isinstance(held, list)
                held += [member] if values[number] else []
        return facts

    @cached_property
    def grid(self) -> Mapping[tuple[int, ...], tuple[Outcome, Outcome]]:
        """What both sides say for all combinations of samples, by the numbers of the samples."""
        numbers, sheets = [], []
        for combination in product(*(range(len(values)) for _, _, values in self.axes)):
            sheet = self.sheet(combination)
            if not any(item.applies(sheet) for item in self.vocabulary.excluded):
                numbers.append(combination)
                sheets.append(sheet)
        old, new = (evaluated(side, self.entrypoint, sheets) for side in self.sides)
        return dict(zip(numbers, zip(old, new, strict=True), strict=True))

    @cached_property
    def situations(self) -> Mapping[tuple[int, ...], tuple[Outcome, Outcome]]:
        """One combination for each situation: of samples that never differ, the first."""
        return self.told_apart(self.grid)

    def told_apart(
        self, grid: Mapping[tuple[int, ...], tuple[Outcome, Outcome]]
    ) -> Mapping[tuple[int, ...], tuple[Outcome, Outcome]]:
        """Those of some combinations that stand for a situation each."""
        kept = [self._first_of_classes(axis, grid) for axis in range(len(self.axes))]
        return {
            combination: outcomes
            for combination, outcomes in grid.items()
            if all(number in first for number, first in zip(combination, kept, strict=True))
        }

    def _first_of_classes(
        self, axis: int, grid: Mapping[tuple[int, ...], tuple[Outcome, Outcome]]
    ) -> set[int]:
        """The first sample of each class that no combination with the other facts tells apart."""
        others = dict.fromkeys((*c[:axis], *c[axis + 1 :]) for c in grid)
        first: dict[str, int] = {}
        for number in range(len(self.axes[axis][2])):
            found = (grid.get((*rest[:axis], number, *rest[axis:])) for rest in others)
            said = [outcomes and [side.answers for side in outcomes] for outcomes in found]
            first.setdefault(json.dumps(said, sort_keys=True), number)
        return set(first.values())


def evaluated(side: Rules, entrypoint: str, sheets: Sequence[Mapping[str, Value]]) -> list[Outcome]:
    """What regopy says about some facts, run in a child process as a crash would take it along."""
    question = {
        "modules": {**side.modules, "probe.rego": probe(side, entrypoint)},
        "data": side.data,
        "facts": [nested(sheet) for sheet in sheets],
    }
    child = subprocess.run(
        [sys.executable, "-c", _ASK],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    package = entrypoint.rpartition("/")[0].replace("/", ".")
    return [outcome(value, package) for value in json.loads(child.stdout)]


def probe(side: Rules, entrypoint: str) -> str:
    """A module that gives the decision together with the conditions that are true."""
    lines = ["package probe", "import rego.v1", 'all := {"decision": decision, "holds": holds}']
    lines.append(f"decision := data.{entrypoint.replace('/', '.')}")
    lines.append('holds contains "" if true')
    lines += [f'holds contains "{path}" if data.{path} == true' for path in titles_in(side.modules)]
    return "\n".join(lines)


def outcome(value: Value, package: str) -> Outcome:
    answers = spoken(mapping(value)["decision"])
    held = {str(name) for name in items(mapping(value)["holds"])}
    return Outcome(answers, frozenset(held | {f"{package}.{name}" for name in answers}))


def spoken(decision: Value) -> dict[str, str]:
    """The answers of a decision by their question."""
    answers: dict[str, str] = {}
    for name, value in mapping(decision).items():
        if isinstance(value, list):
            answers |= {f"{name}.{member}": "true" for member in value}
        else:
            answers[name] = str(value).lower()
    return answers


def around(*days: str) -> list[Value]:
    """Every day with the days before and after it."""
    found = (datetime.date.fromisoformat(text) for text in days)
    return [str(day + datetime.timedelta(step)) for day in found for step in (-1, 0, 1)]


BOTH: tuple[Value, ...] = (False, True)
ACCESS = Policy("access", "access/decision", {}, {"allow": ("true", "false")})
# where the figures of quota lie, (quota * legacy factor - reserve) / growth, and one request more
_FIGURES = (720, 1520, 6320, 7920, 12720, 15920, 79920, 159920)
QUOTA = Policy(
    "quota",
    "service/quota/decision",
    {
        "usage.requests_per_day": [0, *(f + more for f in _FIGURES for more in (0, 1)), 1_000_000],
        "contract.term.start": ["2020-01-01", *around("2023-07-01", "2024-01-01", "2025-07-01")],
        "contract.term.end": [*around("2025-06-01", "2025-07-01"), "2029-12-31"],
    },
    {"verdict": ("serve", "throttle", "block")},
)
POLICIES = pytest.mark.parametrize("policy", [ACCESS, QUOTA], ids=lambda policy: policy.name)

Counts = Mapping[tuple[str, str], int]


def transitions(diff: CompleteDiff) -> dict[str, Counts]:
    """The questions that differ, with the number of situations of every transition."""
    return {
        question.name: {(t.source, t.target): t.situations for t in question.transitions}
        for question in diff.questions
        if question.transitions
    }


def counted(situations: Iterable[tuple[Outcome, Outcome]]) -> dict[str, Counts]:
    """The same, counted one by one."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for old, new in situations:
        for name in old.answers.keys() | new.answers.keys():
            pair = old.answers.get(name, "none"), new.answers.get(name, "none")
            if pair[0] != pair[1]:
                found.setdefault(name, Counter())[pair] += 1
    return dict(found)


@POLICIES
def test_counts_are_those_of_all_situations_one_by_one(policy: Policy) -> None:
    assert policy.diff.situations == len(policy.situations)
    assert transitions(policy.diff) == counted(policy.situations.values())
    differing = [old for old, new in policy.situations.values() if old.answers != new.answers]
    assert policy.diff.changed == len(differing)


@POLICIES
def test_the_own_interpreter_and_the_generated_function_agree_with_regopy(policy: Policy) -> None:
    made = circuits(policy.sides, policy.vocabulary, policy.entrypoint)
    for number, (side, circuit) in enumerate(zip(policy.sides, made, strict=True)):
        plan, decide = (
            plan_of(side.modules, [policy.entrypoint], side.data),
            decider(compiled(circuit)),
        )
        data = constant(dict(side.data))
        for index, (combination, outcomes) in enumerate(policy.situations.items()):
            sheet = policy.sheet(combination)
            assert spoken(decide(sheet)) == outcomes[number].answers, sheet
            if index % 10 == 0:
                given = always(constant(nested(sheet)))
                ((_, value),) = (
                    Interpreter(plan, PathConditions(()), data, given).run(policy.entrypoint).value
                )
                assert spoken(plain(value)) == outcomes[number].answers, sheet  # type: ignore[arg-type]


def holds(
    policy: Policy, clause: Clause, outcomes: tuple[Outcome, Outcome], sheet: Mapping[str, Value]
) -> bool:
    """Whether a clause of a region is true of a situation."""
    old, new = outcomes
    side = new if clause.side == "new" else old
    if clause.kind == "frame":
        order = policy.orders[clause.name]
        strictest = clause.text.rpartition(" ")[2] if "than" in clause.text else order[0]
        return order.index(side.answers[clause.name]) <= order.index(strictest)
    if clause.kind == "condition":
        return (clause.name in side.holds) == clause.holds
    value = sheet[clause.name]
    if isinstance(value, list):
        return (clause.values[0] in value) == clause.holds
    raise AssertionError(f"the regions of these policies name no values: {clause}")


@POLICIES
def test_regions_describe_their_transition_and_nothing_else(policy: Policy) -> None:
    for question in policy.diff.questions:
        for transition in question.transitions:
            wanted = {
                combination
                for combination, (old, new) in policy.situations.items()
                if old.answers.get(question.name, "none") == transition.source
                and new.answers.get(question.name, "none") == transition.target
            }
            assert not transition.described.left_out
            reached = set()
            for region in transition.regions:
                inside = {
                    combination
                    for combination, outcomes in policy.situations.items()
                    if all(
                        holds(policy, clause, outcomes, policy.sheet(combination))
                        for clause in region.when
                    )
                }
                assert len(inside) == region.situations
                assert inside <= wanted
                reached |= inside
            assert reached == wanted


@POLICIES
def test_a_witness_makes_the_transition_and_lies_in_its_region(policy: Policy) -> None:
    found = [
        (question.name, transition, region)
        for question in policy.diff.questions
        for transition in question.transitions
        for region in transition.regions
    ]
    sheets = []
    for _, _, region in found:
        complete = FactSheet("witness", region.witness).complete(policy.vocabulary)
        assert not list(policy.vocabulary.complaints(complete.values))
        sheets.append(complete.values)
    old, new = (evaluated(side, policy.entrypoint, sheets) for side in policy.sides)
    for (name, transition, region), sheet, *outcomes in zip(found, sheets, old, new, strict=True):
        before, after = outcomes
        assert before.answers.get(name, "none") == transition.source
        assert after.answers.get(name, "none") == transition.target
        assert all(holds(policy, clause, (before, after), sheet) for clause in region.when)


def described(diff: CompleteDiff) -> dict[str, dict[tuple[str, str], list[str]]]:
    """The regions of every transition, each in words."""
    return {
        question.name: {
            (t.source, t.target): [
                " and ".join(map(worded, sorted(region.when, key=worded))) for region in t.regions
            ]
            for t in question.transitions
        }
        for question in diff.questions
        if question.transitions
    }


def worded(clause: Clause) -> str:
    fact = clause.name.rpartition(".")[2] if clause.kind == "condition" else clause.kind
    return f"{clause.side or 'both'} {'' if clause.holds else 'not '}{fact}"


def test_the_deliberate_changes_of_access_are_found_and_nothing_else() -> None:
    # The new rules let auditors read, want a second factor from `internal` on, show internal
    # documents to readers of other departments, and want a managed device for restricted ones.
    # Requests: 3 actions; people: 2^4 roles, 2 departments, 2 factors, 2 devices; documents: 7.
    found = transitions(ACCESS.diff)
    assert found == {
        "allow": {("false", "true"): 46, ("true", "false"): 240},
        "reasons.no role permits it": {("true", "none"): 1 * 1 * 2 * 2 * 2 * 7},
        "reasons.second factor is missing": {("none", "true"): 3 * 16 * 2 * 1 * 2 * 2},
        "reasons.owned by another department": {("true", "none"): 1 * 8 * 1 * 2 * 2 * 2},
        "reasons.device is not managed": {("none", "true"): 3 * 16 * 2 * 2 * 1 * 2},
    }
    regions = described(ACCESS.diff)
    del regions["allow"]
    assert regions == {
        "reasons.no role permits it": {
            ("true", "none"): ["new role_permits and old no role permits it"]
        },
        "reasons.second factor is missing": {
            ("none", "true"): ["new second factor is missing and old not second factor is missing"]
        },
        "reasons.owned by another department": {
            ("true", "none"): ["new shared_with_all and old owned by another department"]
        },
        "reasons.device is not managed": {("none", "true"): ["new device is not managed"]},
    }


def test_the_deliberate_changes_of_quota_are_found_and_nothing_else() -> None:
    # The new rules include fewer requests in the team plan, count fewer contracts as legacy, give
    # days of grace after a contract, and block who is on the free plan and not verified.
    # Situations: 3 plans, 2 (verified or not), 9 of requests, 4 of the start, 3 of the end.
    assert QUOTA.diff.situations == 3 * 2 * 9 * 4 * 3
    assert transitions(QUOTA.diff) == {
        # by start: 1 cell of requests of one plan, 5 of all plans, 1, 1
        "reasons.the quota is used up": {("none", "true"): (1 + 5 + 1 + 1) * 2 * 3},
        "reasons.the customer is not verified": {("none", "true"): 1 * 1 * 9 * 4 * 3},
        "verdict": {
            ("serve", "throttle"): 1 * 2 + (1 + 3 * 2 + 1 * 2) + 1 * 2,
            ("serve", "block"): 2 + 2 + 1,
            ("throttle", "block"): 3 * 9 - 5,
            ("block", "throttle"): 5 * 9 * 3 * 1,
        },
    }
    assert QUOTA.diff.question("verdict").direction == "incomparable"
    assert {name: list(regions.values()) for name, regions in described(QUOTA.diff).items()} == {
        "reasons.the quota is used up": [
            ["new the quota is used up and old not the quota is used up"]
        ],
        "reasons.the customer is not verified": [["new the customer is not verified"]],
        "verdict": [
            ["new frame and new the quota is used up and old frame"],
            ["new the customer is not verified and old frame"],
            ["new the customer is not verified and old frame and old the quota is used up"],
            ["both the contract does not run and new frame"],
        ],
    }


def test_a_change_alone_is_found_alone_and_has_a_direction() -> None:
    old, new = QUOTA.sides
    figures = mapping(old.data["quota"])
    dearer = replace(old, data={**old.data, "quota": {**figures, "team": 8000}})
    diff = compare_rules(old, dearer, QUOTA.vocabulary, QUOTA.entrypoint, orders=QUOTA.orders)
    assert {name: list(counts) for name, counts in transitions(diff).items()} == {
        "verdict": [("serve", "throttle")],
        "reasons.the quota is used up": [("none", "true")],
    }
    assert diff.question("verdict").direction == "less permissive"
    (region,) = diff.question("verdict").transitions[0].regions
    assert region.witness["plan"] == "team"
    graced = replace(new, data={**new.data, "grace_from": "2025-05-01"})
    diff = compare_rules(new, graced, QUOTA.vocabulary, QUOTA.entrypoint, orders=QUOTA.orders)
    (question,) = transitions(diff)
    assert question == "verdict"
    assert diff.question("verdict").direction == "more permissive"


def test_assumptions_narrow_the_space() -> None:
    narrowed = {
        combination: outcomes
        for combination, outcomes in QUOTA.grid.items()
        if (sheet := QUOTA.sheet(combination))["plan"] != "free"
        and sheet["contract.term.end"] == "2025-06-01"
    }
    kept = QUOTA.told_apart(narrowed).values()
    assumed: Mapping[str, Sequence[Value]] = {
        "plan": ["team", "enterprise"],
        "contract.term.end": ["2025-06-30"],
    }
    diff = compare_rules(*QUOTA.sides, QUOTA.vocabulary, QUOTA.entrypoint, assumed=assumed)
    assert diff.situations == len(kept)
    assert transitions(diff) == counted(kept)
    assert list(transitions(diff)["verdict"]) == [("block", "throttle")]


@pytest.mark.parametrize("entrypoint", ["access/allow", "access/role_permits", "access/reasons"])
def test_an_entry_point_may_give_any_kind_of_value(entrypoint: str) -> None:
    found = transitions(compare_rules(*ACCESS.sides, ACCESS.vocabulary, entrypoint))
    wanted = transitions(ACCESS.diff)
    if entrypoint == "access/allow":
        assert found == {"the decision": wanted["allow"]}
    elif entrypoint == "access/reasons":
        assert [list(counts) for counts in found.values()] == [
            list(counts) for name, counts in wanted.items() if name != "allow"
        ]
    else:
        # by readers, editors, administrators, auditors and the action: only auditors who read gain
        assert found == {"the decision": {("none", "true"): 1}}


@POLICIES
def test_a_policy_does_not_differ_from_itself(policy: Policy) -> None:
    for side in policy.sides:
        diff = compare_rules(side, side, policy.vocabulary, policy.entrypoint)
        assert diff.empty
        assert diff.changed == 0


@POLICIES
def test_swapping_the_sides_swaps_the_transitions(policy: Policy) -> None:
    old, new = policy.sides
    back = compare_rules(new, old, policy.vocabulary, policy.entrypoint, orders=policy.orders)
    assert transitions(back) == {
        name: {(target, source): count for (source, target), count in counts.items()}
        for name, counts in transitions(policy.diff).items()
    }


def edited(side: Rules, old: str, new: str) -> Rules:
    """Rules with one passage changed."""
    modules = {name: text.replace(old, new) for name, text in side.modules.items()}
    assert modules != side.modules
    return replace(side, modules=modules)


def complaint(*arguments: object, **options: object) -> str:
    with pytest.raises(PolicyError) as caught:
        compare_rules(*arguments, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_an_entry_point_that_does_not_exist_is_named_with_the_nearest() -> None:
    message = complaint(*ACCESS.sides, ACCESS.vocabulary, "access/decison")
    assert message.startswith(
        "unknown entry point `access/decison`; did you mean `access/decision`? in old; known: "
    )
    message = complaint(ACCESS.sides[0], QUOTA.sides[0], ACCESS.vocabulary, ACCESS.entrypoint)
    assert message.startswith("unknown entry point `access/decision`")
    assert "service/quota/decision" in message


@pytest.mark.parametrize(
    ("policy", "old", "new", "message"),
    [
        (QUOTA, "input.contract.term.end >= data.today",
         "input.contract.term.end >= input.contract.term.start",
         "quota.rego:36: `comparison` cannot be lifted: a date of a fact can be compared with "
         "dates written as YYYY-MM-DD, and nothing else; compare dates with < <= > >= or =="),
        (QUOTA, "input.contract.term.end >= data.today", "time.now_ns() > 0",
         "quota.rego:36: `time.now_ns` cannot be lifted"),
        (ACCESS, '"admin" in input.subject.roles', 'input.subject.roles[0] == "admin"',
         "access.rego:40: `index` cannot be lifted: the members of `subject.roles` have no order; "
         "use `some x in ...` or `x in ...`"),
        (ACCESS, "is_admin if", "is_admin iff", "access.rego:40: Invalid literal"),
        (QUOTA, "not blocked\n}", "true\n}",
         "quota.rego:17: the rule gives two different values, as for "),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_compared_is_named_with_its_line_and_a_remedy(
    policy: Policy, old: str, new: str, message: str
) -> None:
    side = policy.sides[0]
    assert message in complaint(side, edited(side, old, new), policy.vocabulary, policy.entrypoint)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("maximum: 1000000", "unit: requests", "usage.properties.requests_per_day: "),
        ('formatMaximum: "2029-12-31"', "description: no end",
         "start: a date needs `formatMinimum` and `formatMaximum`"),
        ("enum: [free, team, enterprise]", "description: any", "plan: a fact of type string needs"),
    ],
)  # fmt: skip
def test_a_vocabulary_without_bounds_is_refused(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    text = (FOLDER / "quota" / "facts.yaml").read_text()
    assert old in text
    file = tmp_path / "facts.yaml"
    file.write_text(text.replace(f"{old}\n", f"{new}\n".replace("unit: requests\n", "\n"), 1))
    found = complaint(*QUOTA.sides, file, QUOTA.entrypoint)
    assert found.startswith(f"{file}:")
    assert message in found


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    side = ACCESS.sides[0]
    assert complaint(tmp_path, side, ACCESS.vocabulary, ACCESS.entrypoint) == (
        f"{tmp_path}: holds no rules; rules are *.rego"
    )
    missing = tmp_path / "facts.yaml"
    assert complaint(side, side, missing, ACCESS.entrypoint) == f"{missing}: no such file"


def test_assumptions_that_contradict_each_other_are_named() -> None:
    assumed = {"document.sensitivity": ["public"], "document.archived": [True]}
    side = ACCESS.sides[0]
    assert complaint(side, side, ACCESS.vocabulary, ACCESS.entrypoint, assumed=assumed) == (
        "no situation is left under the assumptions document.sensitivity=public, "
        "document.archived=true: they exclude one another"
    )


@pytest.mark.parametrize(
    ("assumed", "message"),
    [
        ({"document.archivd": [True]}, "unknown fact `document.archivd`; did you mean"),
        ({"document": [True]}, "unknown fact `document`"),
        ({"document.sensitivity": ["publik"]}, "`publik` is not allowed; did you mean `public`?"),
        ({"subject.roles": ["admin"]}, "`admin` is not a list"),
        ({"subject.roles": [["admn"]]}, "`admn` is not allowed; did you mean `admin`?"),
    ],
)
def test_an_assumption_that_does_not_fit_is_explained(
    assumed: Mapping[str, Sequence[Value]], message: str
) -> None:
    side = ACCESS.sides[0]
    assert message in complaint(side, side, ACCESS.vocabulary, ACCESS.entrypoint, assumed=assumed)
