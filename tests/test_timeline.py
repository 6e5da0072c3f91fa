"""One sheet through all versions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rsp_policy.diff.sheets.timeline import timeline
from rsp_policy.engine import History

from conftest import Result


def test_every_version_decides_and_the_one_in_force_is_marked(history: History) -> None:
    found = timeline(history, history.sheet("claude-opus-4"))
    assert [version.id for version, _ in found.decisions] == list(history.encoded)
    assert found.in_force == "v2.2"
    for version, decision in found.decisions:
        assert decision == history[version.id].decide(found.sheet)


def test_turns_are_where_a_verdict_differs_from_the_version_before(history: History) -> None:
    found = timeline(history, history.sheet("claude-opus-4"))
    turns = {version.id: gates for version, gates in found.turns}
    decisions = [decision for _, decision in found.decisions]
    for index, (version, decision) in enumerate(found.decisions[1:], 1):
        before = decisions[index - 1]
        changed = tuple(
            gate.gate for gate in decision.gates if before.gate(gate.gate).possible != gate.possible
        )
        assert turns.get(version.id, ()) == changed


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_chart_is_drawn_the_same_every_time(
    suffix: str, rsp: Callable[..., Result], tmp_path: Path
) -> None:
    files = [tmp_path / f"{name}.{suffix}" for name in ("one", "two")]
    for file in files:
        rsp("timeline", "claude-opus-4", "--chart", str(file))
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert sorted(tmp_path.iterdir()) == sorted(files)
    if suffix == "svg":
        assert ElementTree.fromstring(one).tag.endswith("svg")
        assert b"v2.2" in one
    else:
        assert one.startswith(b"\x89PNG")


def test_the_json_has_every_version(history: History, rsp: Callable[..., Result]) -> None:
    value = json.loads(rsp("timeline", "claude-sonnet-4", "--format", "json").out)
    assert [item["version"] for item in value["versions"]] == list(history.encoded)


@pytest.mark.parametrize("name", ["chart.jpg", "nowhere/chart.svg"])
def test_a_chart_that_cannot_be_written_is_refused(
    name: str, rsp: Callable[..., Result], tmp_path: Path
) -> None:
    result = rsp("timeline", "claude-opus-4", "--chart", str(tmp_path / name))
    assert result.code == 2
    assert "chart" in result.err
    assert not list(tmp_path.rglob("*.*"))
