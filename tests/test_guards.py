"""Guards obey the laws of boolean formulas over what facts can be, and are counted exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifting import fact, vocabulary

from rsp_policy.engine.bdd.fact_variables import FactVariables, ordinal
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Both, Guard, Guards
from rsp_policy.engine.bdd.situations import Space
from rsp_policy.engine.bdd.variables import Below, Choice, OneOf, codes
from rsp_policy.engine.facts.vocabulary import Fact, Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import constant
from rsp_policy.engine.symbolic.unfolding import at_least

FLAG = Fact("a.flag", "boolean", "", "", "", default=False)
KIND = Fact("a.kind", "choice", "", "", "", ("p", "q", "r", "s", "t"), default="r")
WHO = Fact("a.who", "set", "", "", "", ("ann", "bob"), default=[])
N = Fact("a.n", "integer", "", "", "", minimum=0, maximum=3, default=0)
X = Fact("a.x", "number", "", "", "", minimum=0, maximum=3, default=1)
DAY = fact("a.day", "date", between=(739000, 739003))
VOCABULARY = vocabulary(
    FLAG, KIND, WHO, N, X, excluded=({"a.flag": True, "a.kind": "p"}, {"a.n": 3, "a.who": ["ann"]})
)
CUTS = (0.5, 1.0, 1.5, 2.0)
POINTS: dict[str, list[Value]] = {
    "a.flag": [False, True],
    "a.kind": list(KIND.values),
    "a.who": [[], ["ann"], ["bob"], ["ann", "bob"]],
    "a.n": [0, 1, 2, 3],
    "a.x": [0, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3],
}
SHEETS = [dict(zip(POINTS, values, strict=True)) for values in product(*POINTS.values())]
QUICK = settings(max_examples=40, deadline=None, derandomize=True)

FLAG_AT, KIND_AT, ANN_AT, BOB_AT, N_AT, X_AT = range(6)
Formula = tuple[object, ...]
"""("one", variable, mask), ("below", variable, cut, included), ("not", f) or ("and"/"or", f, f)."""

CHOICES = [(FLAG_AT, 2), (KIND_AT, 5), (ANN_AT, 2), (BOB_AT, 2)]
LITERALS: st.SearchStrategy[Formula] = st.one_of(
    st.sampled_from(CHOICES).flatmap(
        lambda item: st.tuples(st.just("one"), st.just(item[0]), st.integers(0, (1 << item[1]) - 1))
    ),
    st.tuples(
        st.just("below"),
        st.just(N_AT),
        st.sampled_from((-1, 0, 0.5, 1, 2, 2.5, 3, 4)),
        st.booleans(),
    ),
    st.tuples(st.just("below"), st.just(X_AT), st.sampled_from((0, *CUTS, 3)), st.booleans()),
)
FORMULAS: st.SearchStrategy[Formula] = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner), st.tuples(st.sampled_from(("and", "or")), inner, inner)
    ),
    max_leaves=12,
)


def stored() -> tuple[FactVariables, Guards]:
    facts = FactVariables(VOCABULARY)
    return facts, facts.guards()


def built(guards: Guards, formula: Formula) -> Guard:
    """A formula as a guard."""
    match formula:
        case ("one", int(variable), int(mask)):
            return guards.one_of(variable, mask)
        case ("below", int(variable), (int() | float()) as cut, bool(included)):
            return guards.below(variable, cut, included=included)
        case ("not", tuple(inner)):
            return built(guards, inner) ^ 1
        case (str(word), tuple(left), tuple(right)):
            join = guards.both if word == "and" else guards.either
            return join(built(guards, left), built(guards, right))
    raise AssertionError(formula)


def truth_of(formula: Formula, sheet: Mapping[str, Value]) -> bool:
    """Whether a formula holds for a sheet, by its meaning alone."""
    match formula:
        case ("one", int(variable), int(mask)):
            return bool(mask >> _index(variable, sheet) & 1)
        case ("below", int(variable), (int() | float()) as cut, bool(included)):
            value = sheet["a.n" if variable == N_AT else "a.x"]
            assert isinstance(value, int | float)
            return value <= cut if included else value < cut
        case ("not", tuple(inner)):
            return not truth_of(inner, sheet)
        case (str(word), tuple(left), tuple(right)):
            both = truth_of(left, sheet), truth_of(right, sheet)
            return all(both) if word == "and" else any(both)
    raise AssertionError(formula)


def _index(variable: int, sheet: Mapping[str, Value]) -> int:
    if variable == FLAG_AT:
        return int(bool(sheet["a.flag"]))
    if variable == KIND_AT:
        return KIND.values.index(str(sheet["a.kind"]))
    who = sheet["a.who"]
    assert isinstance(who, list)
    return int(("ann" if variable == ANN_AT else "bob") in who)


def holds(guards: Guards, known: Vocabulary, guard: Guard, sheet: Mapping[str, Value]) -> bool:
    """Whether a guard holds for a sheet, by the nodes that it is made of."""
    node = guards.nodes[guard >> 1]
    result = True
    if isinstance(node, Both):
        left = holds(guards, known, node.left, sheet)
        result = left and holds(guards, known, node.right, sheet)
    elif node is not None:
        item = guards.variables[node.variable]
        value = sheet[item.fact]
        if isinstance(node, Below):
            number = ordinal(value)
            result = number <= node.cut if node.included else number < node.cut
        else:
            assert isinstance(node, OneOf)
            assert isinstance(item, Choice)
            if item.member is not None:
                assert isinstance(value, list)
                value = item.member in value
            result = bool(node.mask >> item.values.index(constant(value)) & 1)
    return result != bool(guard & 1)


@given(FORMULAS)
@QUICK
def test_a_guard_holds_exactly_where_its_formula_does(formula: Formula) -> None:
    _, guards = stored()
    guard = built(guards, formula)
    for sheet in SHEETS:
        assert holds(guards, VOCABULARY, guard, sheet) == truth_of(formula, sheet)


@given(FORMULAS, FORMULAS)
@QUICK
def test_formulas_that_say_the_same_are_one_guard_and_others_are_not(
    one: Formula, other: Formula
) -> None:
    _, guards = stored()
    same = all(truth_of(one, sheet) == truth_of(other, sheet) for sheet in SHEETS)
    assert (built(guards, one) == built(guards, other)) == same


@given(FORMULAS, FORMULAS, FORMULAS)
@QUICK
def test_the_connectives_are_boolean(one: Formula, other: Formula, third: Formula) -> None:
    _, guards = stored()
    a, b, c = (built(guards, formula) for formula in (one, other, third))
    both, either = guards.both, guards.either
    assert both(a, b) == both(b, a)
    assert both(a, both(b, c)) == both(both(a, b), c) == guards.all((a, b, c))
    assert either(a, either(b, c)) == either(either(a, b), c) == guards.any((a, b, c))
    assert both(a, either(b, c)) == either(both(a, b), both(a, c))
    assert both(a, b) ^ 1 == either(a ^ 1, b ^ 1)
    assert both(a, a ^ 1) == NEVER
    assert either(a, a ^ 1) == ALWAYS
    assert either(a, both(a, b)) == a


@given(FORMULAS, FORMULAS)
@QUICK
def test_what_is_left_of_a_guard_gives_it_back_with_what_is_known(
    one: Formula, other: Formula
) -> None:
    _, guards = stored()
    base = built(guards, one)
    guard = guards.both(base, built(guards, other))
    assert guards.both(guards.without(guard, base), base) == guard


def test_a_formula_that_cannot_hold_is_never_and_one_that_must_is_always() -> None:
    _, guards = stored()
    p, q = guards.one_of(KIND_AT, 1), guards.one_of(KIND_AT, 2)
    low, high = (guards.below(X_AT, cut, included=False) for cut in (1, 2))
    assert guards.both(p, q) == NEVER
    assert guards.any(guards.one_of(KIND_AT, 1 << index) for index in range(5)) == ALWAYS
    assert guards.both(low, high ^ 1) == NEVER
    assert guards.below(X_AT, 3, included=True) == ALWAYS
    assert guards.below(X_AT, 3, included=False) not in (ALWAYS, NEVER)
    assert guards.below(X_AT, 0, included=False) == NEVER
    assert guards.below(N_AT, 2.5, included=False) == guards.below(N_AT, 2, included=True)


@given(st.permutations([(cut, included) for cut in CUTS for included in (False, True)]))
@QUICK
def test_cuts_stand_in_order_and_imply_one_another_in_whatever_order_they_come(
    order: list[tuple[float, bool]],
) -> None:
    _, guards = stored()
    made = {cut: guards.below(X_AT, cut[0], included=cut[1]) for cut in order}
    assert list(guards.cuts(X_AT)) == sorted(order)
    for lower, upper in pairwise(sorted(order)):
        assert guards.both(made[lower], made[upper] ^ 1) == NEVER
        assert guards.both(made[lower] ^ 1, made[upper]) != NEVER


@pytest.mark.parametrize("count", range(1, 20))
def test_codes_exclude_one_another_and_use_up_all_bits(count: int) -> None:
    width = (count - 1).bit_length()
    found = codes(count, width)
    assert len(found) == count
    assert set(found[0]) == {(bit, False) for bit in range(width)}
    for bits in product((False, True), repeat=width):
        assert sum(all(bits[bit] == wanted for bit, wanted in code) for code in found) == 1


@given(st.lists(FORMULAS, min_size=1, max_size=5), st.integers(-1, 6))
@QUICK
def test_at_least_counts_the_guards_that_hold(formulas: list[Formula], number: int) -> None:
    _, guards = stored()
    guard = at_least(guards, tuple(built(guards, formula) for formula in formulas), number)
    for sheet in SHEETS[::7]:
        held = sum(truth_of(formula, sheet) for formula in formulas)
        assert holds(guards, VOCABULARY, guard, sheet) == (held >= number)


# counting


def situations(
    guards: Guards, roots: Iterable[Guard], space: Space
) -> dict[tuple[object, ...], dict[str, Value]]:
    """One sheet for each situation: allowed sheets told apart by the cells they lie in."""
    found: dict[tuple[object, ...], dict[str, Value]] = {}
    for sheet in SHEETS:
        if any(item.applies(sheet) for item in VOCABULARY.excluded):
            continue
        cells = tuple(
            next(i for i, cell in enumerate(cells) if holds(guards, VOCABULARY, cell.guard, sheet))
            for cells in space.cells.values()
        )
        found.setdefault(cells, sheet)
    return found


@given(FORMULAS, FORMULAS)
@QUICK
def test_situations_are_counted_as_one_would_count_them(one: Formula, other: Formula) -> None:
    facts, guards = stored()
    roots = [built(guards, one), built(guards, other)]
    space = Space(facts, guards, roots)
    told_apart = situations(guards, roots, space)
    assert space.count() == len(told_apart)
    for root, formula in zip(roots, (one, other), strict=True):
        wanted = sum(truth_of(formula, sheet) for sheet in told_apart.values())
        assert space.count(root) == wanted
        assert space.possible(root) == (wanted > 0)
    within = all(truth_of(other, s) for s in told_apart.values() if truth_of(one, s))
    assert space.implies(*roots) == within


@given(FORMULAS, FORMULAS)
@QUICK
def test_what_is_assumed_narrows_the_situations(one: Formula, assumed: Formula) -> None:
    facts, guards = stored()
    root, taken = built(guards, one), built(guards, assumed)
    space = Space(facts, guards, [root], taken)
    told_apart = situations(guards, [root], space).values()
    assert space.count() == sum(truth_of(assumed, sheet) for sheet in told_apart)


@given(FORMULAS, st.integers(0, 2**32))
@QUICK
def test_witnesses_and_samples_lie_where_they_should(formula: Formula, seed: int) -> None:
    facts, guards = stored()
    guard = built(guards, formula)
    space = Space(facts, guards, [guard])
    if not space.possible(guard):
        return
    usual: dict[str, Value] = {"a.flag": False, "a.kind": "r", "a.who": [], "a.n": 0, "a.x": 1}
    for given_facts in (space.witness(guard), space.sample(guard, Random(seed))):
        sheet = {**usual, **given_facts}
        assert truth_of(formula, sheet)
        assert not any(item.applies(sheet) for item in VOCABULARY.excluded)


def test_a_witness_is_a_plainest_one() -> None:
    facts, guards = stored()
    guard = guards.either(
        guards.both(guards.one_of(FLAG_AT, 2), guards.one_of(ANN_AT, 2)),
        guards.one_of(BOB_AT, 2),
    )
    assert Space(facts, guards, [guard]).witness(guard) == {"a.who": ["bob"]}
    over = guards.below(X_AT, 2, included=True) ^ 1
    assert Space(facts, guards, [over]).witness(over) == {"a.x": 2.5}
    assert Space(facts, guards, [over]).witness(over ^ 1) == {}


def test_a_witness_settles_what_only_an_exclusion_ties_to_it() -> None:
    flag, kind = (replace(item, default=value) for item, value in ((FLAG, False), (KIND, "r")))
    facts = FactVariables(vocabulary(flag, kind, excluded=({"a.flag": True, "a.kind": "r"},)))
    guards = facts.guards()
    on = guards.one_of(0, 2)
    space = Space(facts, guards, [on])
    assert space.count() == 2
    found = [space.witness(on), *(space.sample(on, Random(seed)) for seed in range(5))]
    for sheet in found:
        assert sheet["a.flag"] is True
        assert sheet["a.kind"] in KIND.values
        assert sheet["a.kind"] != "r"
    assert space.witness(on ^ 1) == {}


def test_dates_are_counted_by_the_days_that_rules_tell_apart() -> None:
    facts = FactVariables(vocabulary(DAY))
    guards = facts.guards()
    early = guards.below(0, 739001, included=False)
    space = Space(facts, guards, [early])
    assert space.count() == 2
    assert [cell.value for cell in space.cells[0]] == ["2024-04-24", "2024-04-25"]
