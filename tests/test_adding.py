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

PERMITS = {
    "framework.yaml": """
id: permits
title: Permits
developer: The town
versions:
  - {id: 2023-12, effective: 2023-12-01, in_force_until: 2024-05-31, document: https://example.org/1, pages: 2,
     sha256: 0000000000000000000000000000000000000000000000000000000000000000}
  - {id: beta, effective: 2024-06-01, document: https://example.org/2, pages: 2,
     sha256: 0000000000000000000000000000000000000000000000000000000000000000}
""",
    "gates.yaml": """
verdicts:
  - {id: granted, title: Nothing stands in the way.}
  - {id: pending, title: An act is missing., waiting: true}
  - {id: refused, title: A showing is missing.}
gates: [{id: build, title: May one build?}]
standards: [{id: fire, title: Fire safety}]
levels: [low, high]
thresholds: [{id: near, title: It is near.}]
forces: [{id: shall, title: an obligation, binding: true}]
statuses:
  - {id: broken, role: broken, title: Not kept.}
  - {id: late, role: late, title: Its time has passed.}
  - {id: open, role: open, title: Not done yet.}
  - {id: done, role: done, title: Done.}
actors: {owner: The owner}
""",
    "terms.yaml": "signatures: {title: Neighbours who sign, unit: count, polarity: higher_is_stricter}\n",
    "facts.yaml": """
type: object
additionalProperties: false
properties:
  plan:
    type: object
    additionalProperties: false
    title: The plan
    properties:
      signatures: {type: integer, title: How many neighbours signed?, determined_by: owner,
                   description: Counted on the form., minimum: 0, maximum: 99, unit: count, default: 0}
      filed: {type: boolean, title: Is the plan filed?, determined_by: owner,
              description: With the office., default: false}
""",
    "commitments/consent/neighbours.yaml": """
title: Neighbours sign the plan
history:
  - {version: 2023-12, says: One neighbour signs., force: shall, actor: owner, terms: {signatures: 1}}
  - version: beta
    says: Two neighbours sign.
    terms: {signatures: 2}
    change: {because: One was too easy., announced: {status: silent}}
""",
    "places/2023-12.yaml": "consent/neighbours: {section: '1', page: 1}\n",
    "rules/consent/neighbours.rego": """# METADATA
# title: Neighbours sign the plan
package rules.consent.neighbours

import rego.v1

findings contains {"gate": "build", "verdict": "refused", "reason": "too few neighbours signed"} if {
	input.plan.signatures < data.slice.consent.neighbours.terms.signatures
}
""",
    "rules/consent/neighbours_test.rego": """package rules.consent.neighbours_test

import rego.v1

import data.rules.consent.neighbours

test_fires_when_too_few_signed if {
	count(neighbours.findings) == 1 with data.slice as data.slices.beta with input as {"plan": {"signatures": 1}}
}

test_silent_when_enough_signed if {
	count(neighbours.findings) == 0 with data.slice as data.slices.beta with input as {"plan": {"signatures": 2}}
}
""",
}
"""A whole framework: two versions with names of their own, one commitment, one rule."""


@pytest.fixture
def permits(tmp_path: Path) -> Path:
    folder = tmp_path / "permits"
    for name, text in PERMITS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.lstrip())
    return folder


def test_a_framework_is_at_most_ten_small_files(permits: Path) -> None:
    assert len(PERMITS) <= 10
    assert all(len(text.splitlines()) <= 25 for text in PERMITS.values())
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
