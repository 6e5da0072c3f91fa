"""What is wrong, told in words and in parts."""

from __future__ import annotations

import pytest

from rsp_policy.engine.errors import (
    CombinedError,
    InvalidFileError,
    OutputError,
    Problem,
    UnknownNameError,
    UsageError,
    near,
)

MANY = [f"group.fact_{number}" for number in range(50)]


def test_a_short_list_of_names_is_told_whole() -> None:
    error = UnknownNameError("gate", "deplyo", ["train", "deploy"])
    assert str(error) == "unknown gate `deplyo`; did you mean `deploy`? known: train, deploy"


def test_of_a_long_list_the_nearest_few_are_told_and_how_long_it_is() -> None:
    message = str(UnknownNameError("fact", "group.fact_7x", MANY))
    assert message.startswith(
        "unknown fact `group.fact_7x`; did you mean `group.fact_7`? near it: "
    )
    assert message.endswith("; 50 are known")
    assert message.count("group.fact_") == 5
    assert str(UnknownNameError("fact", "zzz", MANY)) == "unknown fact `zzz`; 50 are known"


def test_a_name_without_its_group_is_near_to_those_that_end_with_it() -> None:
    assert near("public", ["storage.kept", "deployment.public"]) == ["deployment.public"]


@pytest.mark.parametrize(
    ("error", "kind", "parts"),
    [
        (UsageError("no"), "usage", {}),
        (OutputError("x", "No space"), "output", {"file": "x"}),
        (
            UnknownNameError("gate", "deplyo", ["train", "deploy"]),
            "unknown_name",
            {"what": "gate", "name": "deplyo", "nearest": "deploy", "known": ("train", "deploy")},
        ),
        (
            InvalidFileError([Problem("f", 3, "a.b", "unknown fact `x`; did you mean `y`? known")]),
            "invalid_file",
            {"file": "f", "line": 3, "path": "a.b", "nearest": "y"},
        ),
    ],
)
def test_an_error_knows_its_parts(error: UsageError, kind: str, parts: dict[str, object]) -> None:
    (mistake,) = error.mistakes()
    assert (mistake.kind, dict(mistake.parts)) == (kind, parts)
    assert mistake.message == str(error)


def test_errors_together_are_told_one_by_one() -> None:
    error = CombinedError([UsageError("one"), InvalidFileError([Problem("f", 1, "", "two")])])
    assert [mistake.message for mistake in error.mistakes()] == ["one", "f:1: two"]
    assert str(error) == "one\nf:1: two"
