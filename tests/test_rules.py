"""Which rules there are, and which facts a version reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lifting import ordered

from rsp_policy.engine import History, load
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.cache import Cache
from rsp_policy.engine.framework.mentioned import mentioned_facts
from rsp_policy.engine.rego.testing import RegoResult

from judges import JUDGED, REGOPY, Judge, decided
from packaged import run_rule_tests
from sheets import values_of
from versions import versions

HISTORY = load()

REGO_TESTS = [
    f"{module.name}:{rule.line} {rule.name}"
    for module in HISTORY.rule_set.tests
    for rule in module.rules
    if rule.name.startswith("test_")
]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, RegoResult]:
    return {f"{item.file}:{item.line} {item.name}": item for item in run_rule_tests(HISTORY)}


@pytest.mark.parametrize("name", REGO_TESTS)
def test_a_rego_test_passes(name: str, outcomes: dict[str, RegoResult]) -> None:
    assert outcomes[name].passed, outcomes[name]


def test_no_rego_test_is_left_out(outcomes: dict[str, RegoResult]) -> None:
    assert list(outcomes) == REGO_TESTS


@JUDGED
@pytest.mark.parametrize("version", versions(HISTORY.encoded))
@given(data=st.data())
@settings(
    max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
def test_a_fact_that_a_version_does_not_read_never_matters(
    judge: Judge | None, version: str, data: st.DataObject
) -> None:
    if judge is REGOPY and data.draw(st.integers(0, 3)):
        return
    part = HISTORY[version]
    values = dict(FactSheet("base", {}).complete(HISTORY.vocabulary).values)
    read = sorted(part.reads)
    for path in data.draw(st.lists(st.sampled_from(read), unique=True, max_size=20)):
        values[path] = data.draw(values_of(HISTORY.vocabulary[path], HISTORY))
    before = ordered(decided(judge, part, nested(values)))
    for path in set(HISTORY.vocabulary.facts) - part.reads:
        values[path] = data.draw(values_of(HISTORY.vocabulary[path], HISTORY))
    assert ordered(decided(judge, part, nested(values))) == before


def test_a_version_reads_the_facts_of_its_own_commitments_only(history: History) -> None:
    assert "assessment.effective_compute_ratio" in history["v2.2"].reads
    assert "assessment.effective_compute_ratio" not in history["v3.0"].reads
    assert "competitors.safeguards_lowered" not in history["v3.0"].reads
    assert "ai_rnd.progress_two_years_in_one" in history["v3.0"].reads
    assert "ai_rnd.progress_two_years_in_one" not in history["v2.2"].reads


def test_no_rule_holds_a_figure(history: History) -> None:
    for module in history.rule_set.modules:
        code = re.sub(r'"[^"]*"|#.*', "", module.text)
        assert not re.search(r"(?<![\w.])\d", code), module.name


def test_no_rule_spells_a_version(history: History) -> None:
    for module in history.rule_set.modules:
        code = re.sub(r"#.*", "", module.text)
        assert not re.search(r"\bv?[1-3][._][0-4]\b", code), module.name


def test_every_rule_carries_a_title_and_no_passage(history: History) -> None:
    for module in history.rule_set.commitments.values():
        assert module.text.startswith("# METADATA\n# title: ")
        assert "import rego.v1\n" in module.text
    for module in history.rule_set.modules:
        assert not re.search(
            r"^#.*(related_resources|\(p\. \d|footnote)", module.text, re.MULTILINE
        )


def test_no_package_is_annotated_twice(history: History) -> None:
    annotated = [
        module.package
        for module in history.rule_set.modules
        if re.search(r"^# METADATA\n(#.*\n)+package ", module.text, re.MULTILINE)
    ]
    assert sorted(annotated) == sorted({module.package for module in history.rule_set.modules})


def test_an_annotation_of_several_definitions_says_that_it_is_of_all(history: History) -> None:
    for module in history.rule_set.modules:
        names = [rule.name for rule in module.rules]
        for block, name in re.findall(r"^# METADATA\n((?:#.*\n)+)(\w+)", module.text, re.MULTILINE):
            if names.count(name) > 1:
                assert "# scope: document\n" in block, f"{module.name}: {name}"


def test_lines_and_rules_stay_short(history: History) -> None:
    for module in (*history.rule_set.modules, *history.rule_set.tests):
        for number, line in enumerate(module.text.splitlines(), start=1):
            assert len(line.expandtabs(4)) <= 120, f"{module.name}:{number}"


def test_every_condition_is_used(history: History) -> None:
    texts = [module.text for module in history.rule_set.modules]
    duties = [
        entry.duty
        for commitment in history.commitments.values()
        for entry in commitment.history
        if entry.duty
    ]
    named = {name for duty in duties for name in (duty.when, duty.before)}
    for name in history.rule_set.conditions:
        uses = sum(len(re.findall(rf"\b{name}\b", text)) for text in texts)
        heads = len(history.rule_set.conditions[name])
        assert name in named or uses > heads, name


@pytest.mark.parametrize("version", versions(HISTORY.encoded))
def test_every_fact_that_a_version_reads_is_mentioned_by_its_rules(version: str) -> None:
    mentioned = mentioned_facts(HISTORY[version], HISTORY.rule_set)
    assert HISTORY[version].reads <= mentioned
    assert len(mentioned) < len(HISTORY.vocabulary)


def test_what_a_version_does_not_have_mentions_nothing(history: History) -> None:
    mentioned = {part.id: mentioned_facts(part, history.rule_set) for part in history.slices()}
    assert "asl3_outputs.retention_days" in mentioned["v1.0"] - mentioned["v2.2"]
    assert "ai_rnd.substitution_cost_ratio" in mentioned["v3.4"] - mentioned["v3.0"]


def test_regopy_decides_without_anything_being_lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    framework = load()
    framework.cache = Cache(())

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this lifts")

    monkeypatch.setattr("rsp_policy.engine.circuit.lifting.lift", refuse)
    monkeypatch.setattr("rsp_policy.engine.circuit.lifting.Lifting.of", refuse)
    sheet = framework.sheet("claude-opus-4")
    decision = framework["v2.2"].decide(sheet, engine="rego")
    monkeypatch.undo()
    assert decision == framework["v2.2"].decide(sheet)
