"""Cases that an analyst wrote, what was announced about models, and the runner itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rsp_policy.engine import History, InvalidFileError, load
from rsp_policy.engine.framework.cases import Case, announced, load_cases, run_case

from conftest import CASES, Result

HISTORY = load()


@pytest.mark.parametrize("case", load_cases(CASES, HISTORY), ids=lambda case: case.name)
def test_a_case_comes_out_as_its_author_says(case: Case) -> None:
    assert run_case(case, HISTORY).failures == ()


@pytest.mark.parametrize("case", announced(HISTORY), ids=lambda case: case.name)
def test_what_was_announced_about_a_model_comes_out(case: Case) -> None:
    result = run_case(case, HISTORY)
    assert result.failures == ()
    assert bool(result.skipped) == (case.version not in HISTORY.encoded)


def test_every_situation_of_the_specification_has_cases() -> None:
    numbers = {case.name.partition(".")[0] for case in load_cases(CASES, HISTORY)}
    assert {str(number) for number in range(1, 17)} <= numbers


def test_a_wrong_expectation_fails_with_what_came_out(tmp_path: Path, history: History) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "- name: wrong on purpose\n"
        "  version: v3.0\n"
        "  facts: {radiological.basic_uplift: shown}\n"
        "  expect:\n"
        "    gates: {deploy: closed}\n"
        "    standards: {security: ASL-3}\n"
        "    duties: {roadmap/maintenance: breached}\n"
        "    because: {deploy: [competitors/clear_lead]}\n"
    )
    (case,) = load_cases(file, history)
    assert run_case(case, history).failures == (
        "gates.deploy: open, expected closed",
        "standards.security: none, expected ASL-3",
        "duties.roadmap/maintenance: met, expected breached",
        "because.deploy: nothing, expected competitors/clear_lead",
    )


def test_a_failing_case_makes_the_command_exit_with_1(
    tmp_path: Path, rsp: Callable[..., Result]
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("- {name: no, version: v3.0, facts: {}, expect: {gates: {deploy: closed}}}\n")
    result = rsp("test", str(file))
    assert result.code == 1
    assert "gates.deploy: open, expected closed" in " ".join(result.out.split())
    assert result.out.strip().endswith("0 passed, 1 failed, 0 skipped")


def test_every_problem_of_a_case_file_is_reported_with_its_line(
    tmp_path: Path, history: History
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "- name: one\n"
        "  version: v2.3\n"
        "  expect: {gates: {deploy: open}}\n"
        "- name: two\n"
        "  version: v3.0\n"
        "  facts: {biological.basic_uplifts: shown}\n"
        "  expect: {gates: {deplyo: open}, duties: {roadmap/maintenance: gone}}\n"
    )
    with pytest.raises(InvalidFileError) as caught:
        load_cases(file, history)
    found = [(problem.line, problem.message.split(";")[0]) for problem in caught.value.problems]
    assert found == [
        (1, "unknown version `v2.3`"),
        (7, "unknown name `deplyo`"),
        (7, "`gone` is not allowed"),
        (6, "unknown fact `biological.basic_uplifts`"),
    ]


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ("duties: {outcomes/delete_weights: none}", "does not stand in v3.0"),
        ("duties: {roadmap/revision: none}", "has no duties in v3.0"),
        ("thresholds: {roadmap/maintenance: none}", "has no thresholds in v3.0"),
    ],
)
def test_an_expectation_that_could_not_fail_is_refused(
    expect: str, message: str, tmp_path: Path, history: History
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(f"- name: idle\n  version: v3.0\n  expect: {{{expect}}}\n")
    with pytest.raises(InvalidFileError, match=message):
        load_cases(file, history)


def test_a_threshold_reached_in_one_domain_counts_as_reached(
    tmp_path: Path, history: History
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "- name: two domains\n"
        "  version: v3.0\n"
        "  facts: {biological.basic_uplift: shown, chemical.basic_uplift: not_ruled_out}\n"
        "  expect: {thresholds: {thresholds/basic_cbrn_uplift: reached}}\n"
    )
    assert run_case(*load_cases(file, history), history).failures == ()
