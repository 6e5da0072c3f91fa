"""What it costs to add a version, counted in files, on a copy of the packaged framework."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path

import pytest

from rsp_policy.diff import record_diff
from rsp_policy.engine import load
from rsp_policy.engine.files.shipped import shipped
from rsp_policy.engine.framework.coverage import unconfirmed_places

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
