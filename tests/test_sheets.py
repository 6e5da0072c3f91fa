"""Fact sheets: validated, completed, and clear about what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rsp_policy.engine import History, InvalidFileError
from rsp_policy.engine.facts.sheets import load_sheet
from rsp_policy.engine.files.documents import parse

from conftest import Result


def problems(history: History, text: str) -> list[str]:
    with pytest.raises(InvalidFileError) as caught:
        load_sheet(parse(text, "s.yaml"), history.vocabulary, "s")
    return [str(problem) for problem in caught.value.problems]


def test_paths_and_nested_groups_say_the_same(history: History) -> None:
    texts = (
        "facts: {biological.basic_uplift: shown}",
        "facts: {biological: {basic_uplift: shown}}",
        "facts: {biological.basic_uplift: {value: shown, source: p. 9}}",
    )
    sheets = [load_sheet(parse(text, "s"), history.vocabulary, "s") for text in texts]
    assert {tuple(sheet.facts.items()) for sheet in sheets} == {
        (("biological.basic_uplift", "shown"),)
    }
    assert sheets[2].sources == {"biological.basic_uplift": "p. 9"}


def test_absent_facts_are_assumed_and_those_without_a_default_unknown(history: History) -> None:
    sheet = load_sheet(
        parse("facts: {nuclear.basic_uplift: unknown}", "s"), history.vocabulary, "s"
    )
    complete = sheet.complete(history.vocabulary)
    assert set(complete.unknown) == {
        "nuclear.basic_uplift",
        "assessment.effective_compute_ratio",
        "assessment.elicitation_months",
    }
    assert "deployment.public" in complete.assumed
    assert set(complete.values) == set(history.vocabulary.facts)


def test_every_problem_is_reported_at_once_with_its_line(history: History) -> None:
    text = (
        "date: 2025-13-01\n"
        "facts:\n"
        "  biological.basic_uplift: showed\n"
        "  deployment.pubilc: true\n"
        "  assessment.elicitation_months: -1\n"
        "  asl3_security.protected_against: [hacktivist]\n"
        "  cyber.tested: {vlaue: true}\n"
    )
    found = problems(history, text)
    assert [line.split(": ")[0] for line in found] == [
        f"s.yaml:{line}" for line in (1, 3, 4, 5, 6, 7, 7)
    ]
    assert "is not a date" in found[0]
    assert "did you mean `shown`?" in found[1]
    assert "unknown fact `deployment.pubilc`; did you mean `deployment.public`?" in found[2]
    assert "0 to 240 months is wanted" in found[3]
    assert "did you mean `hacktivists`?" in found[4]
    assert "unknown key `vlaue`" in found[5]


def test_contradictory_facts_are_refused(history: History) -> None:
    text = "facts: {competitors.none_soon: true, competitors.all_strong: true}"
    (found,) = problems(history, text)
    assert "contradict each other" in found


def test_facts_outside_facts_are_pointed_out(history: History) -> None:
    (missing, unknown) = problems(history, "biological: {basic_uplift: shown}")
    assert "`facts` is missing" in missing
    assert "unknown key `biological`" in unknown


def test_a_packaged_model_names_a_source_for_every_fact(history: History) -> None:
    for name in history.models:
        sheet = history.sheet(name)
        assert sheet.date is not None
        assert set(sheet.sources) == set(sheet.facts), name
        assert all(sheet.sources.values()), name
        assert sheet.determined, name


@pytest.mark.parametrize(
    "content",
    [
        b"", b"facts: [", b"\x00\xff", b"a: &a [*a]", b"facts: {a: {b: {c: 1}}}",
        b"facts:\n  biological.basic_uplift: showed\n", b"[1, 2]", b"facts: 7",
    ],
)  # fmt: skip
def test_a_bad_sheet_ends_with_exit_code_2_and_writes_nothing(
    content: bytes, tmp_path: Path, rsp: Callable[..., Result]
) -> None:
    sheet, output = tmp_path / "s.yaml", tmp_path / "out.json"
    sheet.write_bytes(content)
    result = rsp("decide", str(sheet), "--version", "v3.0", "-o", str(output))
    assert result.code == 2
    assert result.err.startswith("error: ")
    assert result.out == ""
    assert list(tmp_path.iterdir()) == [sheet]


def test_standard_input_is_read(
    history: History, monkeypatch: pytest.MonkeyPatch, rsp: Callable[..., Result], tmp_path: Path
) -> None:
    sheet = tmp_path / "stdin"
    sheet.write_text(json.dumps({"facts": {"biological": {"basic_uplift": "shown"}}}))
    with sheet.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        result = rsp("decide", "-", "--version", "3.0", "--format", "json")
    assert json.loads(result.out)["standards"] == {"deployment": "ASL-3", "security": "ASL-3"}
