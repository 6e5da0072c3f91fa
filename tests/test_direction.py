"""Directions that are computed from force, terms and sets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rsp_policy.engine import History
from rsp_policy.engine.records.commitments import Entry
from rsp_policy.engine.records.direction import direction, movements
from rsp_policy.engine.records.terms import Term, TermKind

KINDS = {
    "months": TermKind("months", "Months", "months", "lower_is_stricter"),
    "share": TermKind("share", "Share", "share", "higher_is_stricter"),
    "year": TermKind("year", "Year", "year", "neutral"),
    "standard": TermKind("standard", "Standard", "level", "higher_is_stricter"),
    "audience": TermKind("audience", "Audience", "set", "more_is_stricter"),
    "exceptions": TermKind("exceptions", "Exceptions", "set", "fewer_is_stricter"),
}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"months": 3}, {"months": 6}, "weakened"),
        ({"months": 6}, {"months": 3}, "strengthened"),
        ({"share": 0.1}, {"share": 0.05}, "weakened"),
        ({"standard": "ASL-2"}, {"standard": "ASL-3"}, "strengthened"),
        ({"year": 2023}, {"year": 2024}, ""),
        ({"audience": ("board",)}, {"audience": ("board", "ltbt")}, "strengthened"),
        ({"audience": ("board",)}, {"audience": ("ltbt",)}, "mixed"),
        ({"exceptions": ("a",)}, {"exceptions": ("a", "b")}, "weakened"),
        ({"months": 3, "share": 0.1}, {"months": 6, "share": 0.2}, "mixed"),
        ({"months": 3}, {"months": 3}, ""),
        ({"months": 3}, {}, ""),
    ],
)
def test_terms_decide(
    old: dict[str, Term], new: dict[str, Term], expected: str, history: History
) -> None:
    base = history["v2.2"]["governance/rso_position"].entry
    assert compute(history, replace(base, terms=old), replace(base, terms=new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("commits", "intends", "weakened"), ("may", "commits", "strengthened"),
     ("intends", "intends", "")],
)  # fmt: skip
def test_force_decides(old: str, new: str, expected: str, history: History) -> None:
    base = history["v2.2"]["governance/rso_position"].entry
    assert compute(history, replace(base, force=old), replace(base, force=new)) == expected


def compute(history: History, old: Entry, new: Entry) -> str:
    return direction(movements(old, new, KINDS, history.scales))
