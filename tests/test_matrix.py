"""All pairs of versions."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations

import pytest

from rsp_policy.diff.records.changes import record_diff
from rsp_policy.diff.report.comparison import complete_diff
from rsp_policy.diff.report.matrix import Pair, matrix
from rsp_policy.engine import History

from conftest import Result


@pytest.fixture(scope="module")
def pairs(history: History) -> tuple[Pair, ...]:
    return matrix(history)


def test_every_pair_stands_there_once(history: History, pairs: tuple[Pair, ...]) -> None:
    found = [(pair.old.id, pair.new.id) for pair in pairs]
    assert found == list(combinations(history.encoded, 2))


def test_gates_are_those_of_the_complete_diff(history: History, pairs: tuple[Pair, ...]) -> None:
    for pair in pairs[::7]:
        diff = complete_diff(history[pair.old.id], history[pair.new.id])
        for gate, item in pair.gates.items():
            assert item.direction == diff.question(gate).direction
            changed = (item.milder, item.stricter)
            wanted = {"more permissive": (True, False), "less permissive": (False, True),
                      "incomparable": (True, True), "equivalent": (False, False)}  # fmt: skip
            assert tuple(map(bool, changed)) == wanted[item.direction]
            assert sum(changed) <= item.situations


def test_counts_are_those_of_the_record(history: History, pairs: tuple[Pair, ...]) -> None:
    for pair in pairs[::5]:
        changes = record_diff(history[pair.old.id], history[pair.new.id])
        assert sum(pair.commitments.values()) == len(changes)
        assert pair.material == sum(change.material for change in changes)
        assert 0 <= pair.silent <= pair.material


def test_the_command_gives_one_gate_or_all(rsp: Callable[..., Result]) -> None:
    whole = json.loads(rsp("matrix", "store", "--format", "json").out)
    assert {tuple(item["gates"]) for item in whole["pairs"]} == {("store",)}
    assert "did you mean `store`" in rsp("matrix", "stor").err
