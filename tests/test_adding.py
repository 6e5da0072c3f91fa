"""What it costs to add a version or a framework, counted in files."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rsp_policy.diff import complete_diff, record_diff
from rsp_policy.engine import load
from rsp_policy.engine.files.shipped import shipped
from rsp_policy.engine.framework.coverage import unconfirmed_places
from rsp_policy.engine.framework.rule_tests import run_rule_tests

from conftest import Result

CHANGED = "commitments/reports/cadence.yaml"
PLACES = "places/v4.0.yaml"


@pytest.fixture
def framework(tmp_path: Path) -> Path:
    folder = tmp_path / "policies" / "rsp"
    shutil.copytree(shipped("policies", "rsp"), folder)
    shutil.copytree(shipped("rules", "rsp"), tmp_path / "rules" / "rsp")
    return folder


def touched(framework: Path) -> set[str]:
    """The files that a copy has more than the packaged framework, or has otherwise."""
    origin = shipped("policies", "rsp")
    files = {file.relative_to(framework).as_posix() for file in framework.rglob("*.yaml")}
    return {
        name
        for name in files
        if not (origin / name).exists()
        or not filecmp.cmp(framework / name, origin / name, shallow=False)
    }


def add_version(framework: Path) -> None:
    """A version that shortens one interval and states it elsewhere."""
    file = framework / "framework.yaml"
    text = file.read_text()
    newest = text[text.index("  - id: v3.4") :].partition("\nunpublished")[0].rstrip()
    later = newest.replace("v3.4", "v4.0").replace("2026-07-08", "2026-11-02")
    file.write_text(text.replace(newest, f"{newest}\n    in_force_until: 2026-11-01\n{later}"))
    with (framework / CHANGED).open("a") as commitment:
        commitment.write(
            "- version: v4.0\n"
            "  says: A report is published every one to three months.\n"
            "  terms: {min_months: 1, max_months: 3}\n"
            "  change:\n"
            "    because: The interval is halved.\n"
            "    announced: {status: silent}\n"
        )
    (framework / PLACES).write_text("reports/cadence: {section: '3.2', page: 20}\n")


def test_a_version_is_added_in_at_most_four_files(framework: Path) -> None:
    add_version(framework)
    assert touched(framework) == {"framework.yaml", CHANGED, PLACES}
    history = load(framework)
    old, new = history["v3.4"], history["v4.0"]
    assert [(change.id, change.direction) for change in record_diff(old, new)] == [
        ("reports/cadence", "strengthened")
    ]
    assert str(new["reports/cadence"].place) == "section 3.2, p. 20"
    sheet = {"reports.months_since_last": 4}
    assert len(new) == len(old)
    assert {("v4.0", item.id) for item in new} - {("v4.0", "reports/cadence")} == set(
        unconfirmed_places(history)
    )
    for part, status in ((old, "met"), (new, "overdue")):
        duty = part.decide(sheet).duty("reports/cadence")
        assert duty is not None
        assert duty.status == status


def test_a_version_of_which_nothing_is_said_is_not_encoded(framework: Path) -> None:
    add_version(framework)
    shutil.copy(shipped("policies", "rsp") / CHANGED, framework / CHANGED)
    assert load(framework).encoded == load().encoded


# a framework of its own

PERMITS = Path(__file__).parent / "frameworks" / "permits"
"""A whole framework: two versions with names of their own, one commitment, one rule."""


@pytest.fixture
def permits(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PERMITS, tmp_path / "permits"))


def test_a_framework_is_at_most_ten_small_files(permits: Path) -> None:
    files = [file for file in permits.rglob("*") if file.is_file()]
    assert len(files) <= 10
    assert all(len(file.read_text().splitlines()) <= 25 for file in files)
    history = load(permits)
    assert history.encoded == ("2023-12", "beta")
    assert all(result.passed for result in run_rule_tests(history))
    verdicts = {
        (part.id, signed): part.decide({"plan.signatures": signed}).gate("build").verdict
        for part in history.slices()
        for signed in (0, 1, 2)
    }
    assert verdicts == {
        ("2023-12", 0): "refused", ("2023-12", 1): "granted", ("2023-12", 2): "granted",
        ("beta", 0): "refused", ("beta", 1): "refused", ("beta", 2): "granted",
    }  # fmt: skip
    (question,) = complete_diff(*history.slices()).questions
    (transition,) = question.transitions
    assert (transition.source, transition.target) == ("granted", "refused")
    assert transition.regions[0].witness["plan.signatures"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",), ("test",), ("versions",), ("show", "beta"), ("log",), ("matrix",),
        ("diff", "2023-12", "beta"), ("decide", "FACTS"), ("decide", "FACTS", "--engine", "rego"),
        ("timeline", "FACTS"), ("bisect", "FACTS", "build"),
    ],
)  # fmt: skip
def test_every_command_works_on_it(
    permits: Path, arguments: tuple[str, ...], rsp: Callable[..., Result]
) -> None:
    (permits / "mine.yaml").write_text("facts: {plan.signatures: 1}\n")
    given = [str(permits / "mine.yaml") if item == "FACTS" else item for item in arguments]
    result = rsp(*given, "--framework", str(permits))
    assert result.code in (0, 1), result.err
    assert result.out
