"""Path conditions obey the laws of boolean formulas, and situations are counted exactly."""

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
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Both, PathCondition, PathConditions
from rsp_policy.engine.bdd.situations import SituationSpace
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


def stored() -> tuple[FactVariables, PathConditions]:
    facts = FactVariables(VOCABULARY)
    return facts, facts.pcs()


def built(pcs: PathConditions, formula: Formula) -> PathCondition:
    """A formula as a path condition."""
    match formula:
        case ("one", int(variable), int(mask)):
            return pcs.one_of(variable, mask)
        case ("below", int(variable), (int() | float()) as cut, bool(included)):
            return pcs.below(variable, cut, included=included)
        case ("not", tuple(inner)):
            return built(pcs, inner) ^ 1
        case (str(word), tuple(left), tuple(right)):
            join = pcs.both if word == "and" else pcs.either
            return join(built(pcs, left), built(pcs, right))
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


def holds(
    pcs: PathConditions, known: Vocabulary, pc: PathCondition, sheet: Mapping[str, Value]
) -> bool:
    """Whether a path condition holds for a sheet, by the nodes that it is made of."""
    node = pcs.nodes[pc >> 1]
    result = True
    if isinstance(node, Both):
        left = holds(pcs, known, node.left, sheet)
        result = left and holds(pcs, known, node.right, sheet)
    elif node is not None:
        item = pcs.variables[node.variable]
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
    return result != bool(pc & 1)


@given(FORMULAS)
@QUICK
def test_a_pc_holds_exactly_where_its_formula_does(formula: Formula) -> None:
    _, pcs = stored()
    pc = built(pcs, formula)
    for sheet in SHEETS:
        assert holds(pcs, VOCABULARY, pc, sheet) == truth_of(formula, sheet)


@given(FORMULAS, FORMULAS)
@QUICK
def test_formulas_that_say_the_same_are_one_pc_and_others_are_not(
    one: Formula, other: Formula
) -> None:
    _, pcs = stored()
    same = all(truth_of(one, sheet) == truth_of(other, sheet) for sheet in SHEETS)
    assert (built(pcs, one) == built(pcs, other)) == same


@given(FORMULAS, FORMULAS, FORMULAS)
@QUICK
def test_the_connectives_are_boolean(one: Formula, other: Formula, third: Formula) -> None:
    _, pcs = stored()
    a, b, c = (built(pcs, formula) for formula in (one, other, third))
    both, either = pcs.both, pcs.either
    assert both(a, b) == both(b, a)
    assert both(a, both(b, c)) == both(both(a, b), c) == pcs.all((a, b, c))
    assert either(a, either(b, c)) == either(either(a, b), c) == pcs.any((a, b, c))
    assert both(a, either(b, c)) == either(both(a, b), both(a, c))
    assert both(a, b) ^ 1 == either(a ^ 1, b ^ 1)
    assert both(a, a ^ 1) == NEVER
    assert either(a, a ^ 1) == ALWAYS
    assert either(a, both(a, b)) == a


@given(FORMULAS, FORMULAS)
@QUICK
def test_what_is_left_of_a_pc_gives_it_back_with_what_is_known(
    one: Formula, other: Formula
) -> None:
    _, pcs = stored()
    base = built(pcs, one)
    pc = pcs.both(base, built(pcs, other))
    assert pcs.both(pcs.without(pc, base), base) == pc


def test_a_formula_that_cannot_hold_is_never_and_one_that_must_is_always() -> None:
    _, pcs = stored()
    p, q = pcs.one_of(KIND_AT, 1), pcs.one_of(KIND_AT, 2)
    low, high = (pcs.below(X_AT, cut, included=False) for cut in (1, 2))
    assert pcs.both(p, q) == NEVER
    assert pcs.any(pcs.one_of(KIND_AT, 1 << index) for index in range(5)) == ALWAYS
    assert pcs.both(low, high ^ 1) == NEVER
    assert pcs.below(X_AT, 3, included=True) == ALWAYS
    assert pcs.below(X_AT, 3, included=False) not in (ALWAYS, NEVER)
    assert pcs.below(X_AT, 0, included=False) == NEVER
    assert pcs.below(N_AT, 2.5, included=False) == pcs.below(N_AT, 2, included=True)


@given(st.permutations([(cut, included) for cut in CUTS for included in (False, True)]))
@QUICK
def test_cuts_stand_in_order_and_imply_one_another_in_whatever_order_they_come(
    order: list[tuple[float, bool]],
) -> None:
    _, pcs = stored()
    made = {cut: pcs.below(X_AT, cut[0], included=cut[1]) for cut in order}
    assert list(pcs.cuts(X_AT)) == sorted(order)
    for lower, upper in pairwise(sorted(order)):
        assert pcs.both(made[lower], made[upper] ^ 1) == NEVER
        assert pcs.both(made[lower] ^ 1, made[upper]) != NEVER


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
def test_at_least_counts_the_pcs_that_hold(formulas: list[Formula], number: int) -> None:
    _, pcs = stored()
    pc = at_least(pcs, tuple(built(pcs, formula) for formula in formulas), number)
    for sheet in SHEETS[::7]:
        held = sum(truth_of(formula, sheet) for formula in formulas)
        assert holds(pcs, VOCABULARY, pc, sheet) == (held >= number)


# counting


def situations(
    pcs: PathConditions, roots: Iterable[PathCondition], space: SituationSpace
) -> dict[tuple[object, ...], dict[str, Value]]:
    """One sheet for each situation: allowed sheets told apart by the cells they lie in."""
    found: dict[tuple[object, ...], dict[str, Value]] = {}
    for sheet in SHEETS:
        if any(item.applies(sheet) for item in VOCABULARY.excluded):
            continue
        cells = tuple(
            next(i for i, cell in enumerate(cells) if holds(pcs, VOCABULARY, cell.pc, sheet))
            for cells in space.cells.values()
        )
        found.setdefault(cells, sheet)
    return found


@given(FORMULAS, FORMULAS)
@QUICK
def test_situations_are_counted_as_one_would_count_them(one: Formula, other: Formula) -> None:
    facts, pcs = stored()
    roots = [built(pcs, one), built(pcs, other)]
    space = SituationSpace(facts, pcs, roots)
    told_apart = situations(pcs, roots, space)
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
    facts, pcs = stored()
    root, taken = built(pcs, one), built(pcs, assumed)
    space = SituationSpace(facts, pcs, [root], taken)
    told_apart = situations(pcs, [root], space).values()
    assert space.count() == sum(truth_of(assumed, sheet) for sheet in told_apart)


@given(FORMULAS, st.integers(0, 2**32))
@QUICK
def test_witnesses_and_samples_lie_where_they_should(formula: Formula, seed: int) -> None:
    facts, pcs = stored()
    pc = built(pcs, formula)
    space = SituationSpace(facts, pcs, [pc])
    if not space.possible(pc):
        return
    usual: dict[str, Value] = {"a.flag": False, "a.kind": "r", "a.who": [], "a.n": 0, "a.x": 1}
    for given_facts in (space.witness(pc), space.sample(pc, Random(seed))):
        sheet = {**usual, **given_facts}
        assert truth_of(formula, sheet)
        assert not any(item.applies(sheet) for item in VOCABULARY.excluded)


def test_a_witness_is_a_plainest_one() -> None:
    facts, pcs = stored()
    pc = pcs.either(
        pcs.both(pcs.one_of(FLAG_AT, 2), pcs.one_of(ANN_AT, 2)),
        pcs.one_of(BOB_AT, 2),
    )
    assert SituationSpace(facts, pcs, [pc]).witness(pc) == {"a.who": ["bob"]}
    over = pcs.below(X_AT, 2, included=True) ^ 1
    assert SituationSpace(facts, pcs, [over]).witness(over) == {"a.x": 2.5}
    assert SituationSpace(facts, pcs, [over]).witness(over ^ 1) == {}


def test_a_witness_settles_what_only_an_exclusion_ties_to_it() -> None:
    flag, kind = (replace(item, default=value) for item, value in ((FLAG, False), (KIND, "r")))
    facts = FactVariables(vocabulary(flag, kind, excluded=({"a.flag": True, "a.kind": "r"},)))
    pcs = facts.pcs()
    on = pcs.one_of(0, 2)
    space = SituationSpace(facts, pcs, [on])
    assert space.count() == 2
    found = [space.witness(on), *(space.sample(on, Random(seed)) for seed in range(5))]
    for sheet in found:
        assert sheet["a.flag"] is True
        assert sheet["a.kind"] in KIND.values
        assert sheet["a.kind"] != "r"
    assert space.witness(on ^ 1) == {}


def test_dates_are_counted_by_the_days_that_rules_tell_apart() -> None:
    facts = FactVariables(vocabulary(DAY))
    pcs = facts.pcs()
    early = pcs.below(0, 739001, included=False)
    space = SituationSpace(facts, pcs, [early])
    assert space.count() == 2
    assert [cell.value for cell in space.cells[0]] == ["2024-04-24", "2024-04-25"]
