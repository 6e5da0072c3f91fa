"""The memo: what a careful analyst would write about two versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from rsp_policy.diff import compare
from rsp_policy.diff.records.changes import passages, record_diff
from rsp_policy.diff.report.memo import memo_blocks
from rsp_policy.engine import History, load
from rsp_policy.engine.cli.diff import models_by_date
from rsp_policy.engine.report.blocks import render

from conftest import Result

HISTORY = load()

EVERY_PAIR = pytest.mark.parametrize(("old", "new"), list(pairwise(HISTORY.encoded)))


@cache
def memo(old: str, new: str) -> str:
    found = compare(HISTORY[old], HISTORY[new], models_by_date(HISTORY))
    return render(memo_blocks(found), "markdown")


@EVERY_PAIR
def test_a_memo_tells_every_material_change_with_its_passages(
    old: str, new: str, history: History
) -> None:
    text = memo(old, new)
    sections = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert sections[:3] == ["Summary", "Decisions that change", "Material changes"]
    items = re.findall(r"^- (\*\*.*)$", text, re.MULTILINE)
    for change in record_diff(history[old], history[new]):
        if not change.material:
            assert f"| {change.id} " in text
            continue
        (item,) = (line for line in items if f"(`{change.id}`)" in line)
        assert passages(change) in item
        assert f", *{change.announced}*" in item
        assert change.because in item


@EVERY_PAIR
def test_a_memo_has_a_witness_for_every_transition(old: str, new: str) -> None:
    decisions = memo(old, new).partition("## Decisions that change")[2].partition("\n## ")[0]
    for transition in re.split(r"^\*\*", decisions, flags=re.MULTILINE)[1:]:
        assert "Witness: `" in transition


def test_any_two_versions_have_a_memo(rsp: Callable[..., Result]) -> None:
    assert "## Material changes" in rsp("diff", "v1.0", "v3.4", "--format", "markdown").out
    assert "Nothing differs." in rsp("diff", "v2.1", "v2.1", "--format", "markdown").out
