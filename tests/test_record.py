"""The record diff and its laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from rsp_policy.diff import CommitmentChange, compare, record_diff
from rsp_policy.diff.records.changes import ORDER, passages
from rsp_policy.diff.report.comparison import compare_cases
from rsp_policy.engine import History, UsageError, load


def changes(history: History) -> dict[str, CommitmentChange]:
    return {item.id: item for item in record_diff(history["v2.2"], history["v3.0"])}


def compare_json(history: History, old: str, new: str) -> list[Any]:
    found: Any = replace(
        compare_cases(history[old], history[new], ()),
        commitments=record_diff(history[old], history[new]),
    ).as_json()
    return list(found["commitments"])


def test_a_version_does_not_differ_from_itself(history: History) -> None:
    for part in history.slices():
        assert record_diff(part, part) == ()
        assert compare(part, part).empty


def test_swapping_the_sides_swaps_the_directions(history: History) -> None:
    turned = {"removed": "added", "weakened": "strengthened", "added": "removed"}
    there = changes(history)
    back = {item.id: item for item in record_diff(history["v3.0"], history["v2.2"])}
    assert there.keys() == back.keys()
    for id, change in there.items():
        assert (change.old_place, change.new_place) == (back[id].new_place, back[id].old_place)
        assert back[id].announced == ""
        if change.direction in turned and not (change.linked and change.old_place is None):
            assert back[id].direction == turned[change.direction], id


def test_what_stands_in_one_version_only_is_a_change(history: History) -> None:
    found = changes(history)
    for id in history["v2.2"].standing.keys() ^ history["v3.0"].standing.keys():
        assert id in found


def test_a_set_that_shrinks_is_a_weakening_with_the_set_as_field(history: History) -> None:
    change = changes(history)["thresholds/basic_cbrn_uplift"]
    assert change.direction == "weakened"
    fields = {item.field: (item.old, item.new) for item in change.fields}
    assert fields["terms.domains"] == (
        "biological, chemical, nuclear, radiological",
        "biological, chemical",
    )


def test_a_commitment_that_moved_names_where(history: History) -> None:
    change = changes(history)["safeguards/security_standard"]
    assert (change.direction, change.linked) == ("relocated", ("mitigations/security_controls",))


def test_what_is_replaced_has_moved_and_what_moved_is_replaced(history: History) -> None:
    for commitment in history.commitments.values():
        for entry in commitment.history:
            for old in entry.replaces:
                assert history.commitments[old].history[-1].moved_to, old
            if entry.moved_to:
                target = history.commitments[entry.moved_to]
                assert any(commitment.id in item.replaces for item in target.history)


def test_changes_come_in_the_order_of_a_readers_interest(history: History) -> None:
    found = record_diff(history["v2.2"], history["v3.0"])
    ranks = [(ORDER.index(item.direction), item.id) for item in found]
    assert all(one < two for one, two in pairwise(ranks))


def test_versions_of_two_frameworks_are_not_compared(history: History) -> None:
    with pytest.raises(UsageError, match="two frameworks"):
        compare(history["v2.2"], load()["v3.0"])


def test_a_commitment_that_left_and_came_back_says_so(history: History) -> None:
    found = {item.id: item for item in record_diff(history["v1.0"], history["v3.4"])}
    change = found["principles/catastrophic_risk"]
    assert (change.left, change.back) == ("v2.0", "v3.0")
    assert change.direction == "weakened"
    assert [(step.version, step.direction) for step in change.steps] == [
        ("v2.0", "removed"),
        ("v3.0", "added"),
    ]
    told = next(item for item in compare_json(history, "v1.0", "v3.4") if item["id"] == change.id)
    assert told["left"] == "v2.0"
    assert [step["direction"] for step in told["steps"]] == ["removed", "added"]
    later = {item.id: item for item in record_diff(history["v2.2"], history["v3.0"])}
    assert later["principles/catastrophic_risk"].direction == "added"
    assert later["principles/catastrophic_risk"].left == "v2.0"


def test_differences_compose(history: History) -> None:
    """What changed from end to end changed in some step, and each step that changed it is told."""
    whole = {item.id: item for item in record_diff(history["v1.0"], history["v3.4"])}
    for old, new in pairwise(history.encoded):
        for change in record_diff(history[old], history[new]):
            if change.id in whole:
                steps = [step for step in whole[change.id].steps if step.version == new]
                assert [step.direction for step in steps] == [change.direction], change.id
            else:
                assert change.id not in history["v1.0"].standing
                assert change.id not in history["v3.4"].standing


def test_every_place_is_within_the_document(history: History) -> None:
    for part in history.slices():
        for standing in part:
            last = standing.place.page.rpartition("-")[2]
            assert 1 <= int(last) <= part.version.pages, f"{part.id} {standing.id}"


def test_links_lend_their_passages(history: History) -> None:
    found = {item.id: item for item in record_diff(history["v2.0"], history["v2.1"])}
    assert passages(found["thresholds/ai_rnd_5"]).startswith("section 2, p. 3 -> section 2, p. 4")
