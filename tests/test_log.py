"""The history, asked: revisions, filters, lives."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from rsp_policy.diff.records.changes import record_diff
from rsp_policy.diff.records.log import life, revisions
from rsp_policy.engine import History, UnknownNameError, UsageError

from conftest import Result


def test_each_version_is_compared_with_the_one_before(history: History) -> None:
    found = revisions(history)
    assert [item.new.id for item in found] == list(history.encoded[1:])
    for item in found:
        assert item.changes == record_diff(history[item.old.id], history[item.new.id])
        assert item.changes


def test_filters_compose(history: History) -> None:
    chosen = revisions(
        history, since="v2.2", until="v3.0", topic="governance", directions=["weakened"],
        announced=["silent"],
    )  # fmt: skip
    ids = {change.id for item in chosen for change in item.changes}
    assert "governance/policy_change_publication" in ids
    for item in chosen:
        for change in item.changes:
            assert change.id.startswith("governance/")
            assert (change.direction, change.announced) == ("weakened", "silent")
    everything = revisions(history, since="v2.2", until="v3.0")[0].changes
    assert ids == {
        change.id
        for change in everything
        if change.id.startswith("governance/")
        and change.direction == "weakened"
        and change.announced == "silent"
    }


def test_versions_in_the_wrong_order_are_refused(history: History) -> None:
    with pytest.raises(UsageError, match=r"v3\.0 does not come before v2\.2"):
        revisions(history, since="v3.0", until="v2.2")


def test_a_life_has_every_entry_and_says_how_long_it_stood(history: History) -> None:
    for commitment in history.commitments.values():
        found = life(history, commitment.id)
        assert [item.entry for item in found.moments] == list(commitment.history)
        assert found.standing == (commitment.id in history[history.encoded[-1]].standing)
        for moment in found.moments:
            assert (moment.change is None) == (moment.entry.change is None)
            order = list(history.encoded)
            if not moment.entry.ended:
                assert order.index(moment.version.id) <= order.index(moment.until.id)
                stands = history[moment.until.id][commitment.id].entry
                assert stands.version == moment.version.id


def test_a_life_of_nothing_gets_the_nearest_name(history: History) -> None:
    with pytest.raises(UnknownNameError, match="did you mean `outcomes/delete_weights`"):
        life(history, "outcomes/delete_weight")


def test_the_interval_of_evaluations_doubled_in_v2_0(history: History) -> None:
    moments = life(history, "assessment/notably_more_capable").moments
    months = [item.entry.terms["elicitation_months"] for item in moments if not item.entry.ended]
    assert months[:2] == [3, 6]
    change = moments[1].change
    assert change is not None
    assert (change.direction, change.announced) == ("weakened", "announced")


def test_the_command_filters_and_refuses(rsp: Callable[..., Result]) -> None:
    result = rsp("log", "--since", "2025-06-01", "--direction", "weakened", "--format", "json")
    revised = json.loads(result.out)["revisions"]
    assert revised[0]["old"] == "v2.2"
    assert {c["direction"] for item in revised for c in item["changes"]} == {"weakened"}
    for arguments, message in (
        (["--topic", "safegards"], "did you mean `safeguards`?"),
        (["--direction", "weaker"], "did you mean `weakened`?"),
        (["--since", "v3.9"], "unknown version"),
        (["--since", "2020-01-01"], "took effect on 2023-09-19"),
        (["--since", "2026-02-30"], "is no day"),
        (["--since", "v3.4"], "v3.4 does not come before v3.4"),
        (["thresholds/ai_rnd_4", "--silent"], "filters do not go with it"),
    ):
        result = rsp("log", *arguments)
        assert result.code == 2
        assert message in result.err
