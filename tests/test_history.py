"""The framework: versions, names, slices."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from rsp_policy.engine import History, InvalidFileError, UnknownNameError, UnpublishedVersionError

from conftest import Result


@pytest.mark.parametrize("name", ["v2.2", "2.2", "v2_2", "V2.2"])
def test_a_version_is_known_by_several_spellings(name: str, history: History) -> None:
    assert history.version(name).id == "v2.2"


def test_nine_versions_follow_one_another_without_a_gap(history: History) -> None:
    assert len(history.versions) == 9
    for old, new in zip(history.versions, history.versions[1:], strict=False):
        assert old.until == new.effective - datetime.timedelta(days=1)
    assert history.versions[-1].until is None


@pytest.mark.parametrize("name", ["v1.1", "1.2", "v3.5"])
def test_a_version_that_was_never_published_is_answered_as_such(
    name: str, history: History, rsp: Callable[..., Result]
) -> None:
    with pytest.raises(UnpublishedVersionError, match="was never published"):
        history.version(name)
    result = rsp("show", name)
    assert result.code == 2
    assert "was never published" in result.err


def test_an_unknown_version_gets_the_nearest_name(history: History) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown version `v2\.3`; did you mean `v2\.2`\?"):
        history.version("v2.3")


def test_every_version_is_encoded(history: History) -> None:
    assert history.encoded == tuple(version.id for version in history.versions)
    for part in history.slices():
        assert len(part) > 100


@pytest.mark.parametrize(
    ("day", "version"),
    [("2023-09-19", "v1.0"), ("2025-05-13", "v2.1"), ("2025-05-14", "v2.2"),
     ("2026-02-23", "v2.2"), ("2026-02-24", "v3.0"), ("2030-01-01", "v3.4")],
)  # fmt: skip
def test_the_version_in_force_changes_on_the_effective_day(
    day: str, version: str, history: History
) -> None:
    assert history.as_of(datetime.date.fromisoformat(day)).id == version


def test_no_version_was_in_force_before_the_first(history: History) -> None:
    with pytest.raises(UnknownNameError, match=r"the first version, v1\.0, took effect"):
        history.as_of(datetime.date(2023, 9, 18))


def test_further_passages_are_told_beside_the_place(
    history: History, rsp: Callable[..., Result]
) -> None:
    place = history["v2.2"]["thresholds/ai_rnd_4"].place
    assert [str(item) for item in place.also] == ["Appendix C, p. 16"]
    assert history["v2.1"]["thresholds/ai_rnd_4"].place == place  # they are no part of the place
    assert "see also           Appendix C, p. 16" in rsp("show", "v2.2", "thresholds/ai_rnd_4").out


def test_an_entry_inherits_what_it_does_not_repeat(history: History) -> None:
    commitment = history.commitment("governance/rso_position")
    old = commitment.entry(tuple(history.versions_by_id), "v2.2")
    new = commitment.entry(tuple(history.versions_by_id), "v3.0")
    assert old is not None
    assert new is not None
    assert (old.force, old.duty) == (new.force, new.duty)
    assert history.place(commitment.id, "v2.2") != history.place(commitment.id, "v3.0")


def test_a_commitment_ends_and_begins_with_its_versions(history: History) -> None:
    assert "outcomes/delete_weights" in history["v2.2"].standing
    assert "outcomes/delete_weights" not in history["v3.0"].standing
    with pytest.raises(UnknownNameError, match=r"it does not stand in v3\.0"):
        history["v3.0"]["outcomes/delete_weights"]
    assert "roadmap/maintenance" not in history["v2.2"].standing


def test_plain_facts_are_decided_from_python(history: History) -> None:
    decision = history["v3.0"].decide({"biological.basic_uplift": "shown"})
    assert decision.gate("deploy").verdict == "open"
    assert dict(decision.standards) == {"deployment": "ASL-3", "security": "ASL-3"}
    with pytest.raises(InvalidFileError, match="unknown fact"):
        history["v3.0"].decide({"biological.basic": "shown"})
    with pytest.raises(UnknownNameError, match=r"unknown gate `deplyo`; did you mean `deploy`\?"):
        decision.gate("deplyo")


def test_every_commitment_states_its_source_within_the_document(history: History) -> None:
    for part in history.slices():
        for standing in part:
            pages = [int(page) for page in standing.place.page.split("-")]
            assert standing.place.section
            assert 1 <= min(pages) <= max(pages) <= part.version.pages, standing.id
