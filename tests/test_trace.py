"""The command that follows one rule, and the README that explains what it prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from rsp_policy.engine.circuit.trace import main, trace

from readmes import ROOT, blocks

README = ROOT / "engine" / "symbolic" / "README.md"
EXAMPLE = ROOT / "tests" / "trace"
FACTS = ROOT / "tests" / "policies" / "quota" / "facts.yaml"


def test_the_readme_shows_what_its_command_prints(request: pytest.FixtureRequest) -> None:
    (command,) = blocks("sh", README)
    program, *arguments = shlex.split(command.text)
    assert program == "python"
    result = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    parts = re.split(r"^# .*\n", result.stdout, flags=re.MULTILINE)[1:]
    printed = [f"{part.rstrip()}\n" for part in parts]
    shown = list(blocks("text", README))
    if request.config.getoption("--update-golden"):
        for block, part in zip(shown, printed, strict=True):
            block.rewrite(part)
        return
    assert [block.text for block in shown] == printed


def test_the_blocks_tell_one_execution_from_one_end_to_the_other() -> None:
    sections = dict(trace(EXAMPLE / "release.rego", EXAMPLE / "facts.yaml", "release/verdict"))
    listed = [line.strip(" -") for line in sections["plan"] if line.startswith(" ")]
    executed = [line.partition("  always")[0].strip() for line in sections["execution"]]
    assert all(any(line.startswith(step) for line in executed) for step in listed)
    names: dict[str, object] = {}
    exec("\n".join(sections["generated code"]), names)
    decide = names["decide"]
    assert callable(decide)
    facts = {"capability": "unclear", "tested": True}
    assert [decide({**facts, "protection": level}) for level in (1, 2)] == ["closed", "open"]


def _trace_of(rules: str, folder: Path, entrypoint: str = "t/out") -> dict[str, list[str]]:
    file = folder / "t.rego"
    file.write_text(f"package t\n\nimport rego.v1\n\n{rules}\n")
    return {title: list(lines) for title, lines in trace(file, FACTS, entrypoint)}


def test_collections_are_told_as_they_were_at_each_statement(tmp_path: Path) -> None:
    found = _trace_of('out contains "x" if input.verified\n\nout contains input.plan', tmp_path)
    told = [line.split()[-3:] for line in found["execution"] if "AddMember" in line]
    assert told[0] == ['{"x"', "if", "verified}"]
    assert any("Make" in line and line.endswith("set()") for line in found["execution"])
    assert found["answers"] == [
        "6 situations",
        "x is true if verified: in 3, such as verified: true",
        "x is nothing if not verified: in 3, such as every fact at its default",
        "free is true if plan is free: in 2, such as every fact at its default",
        'free is nothing if plan is not free: in 4, such as plan: "team"',
        'team is true if plan is team: in 2, such as plan: "team"',
        "team is nothing if plan is not team: in 4, such as every fact at its default",
        'enterprise is true if plan is enterprise: in 2, such as plan: "enterprise"',
        "enterprise is nothing if plan is not enterprise: in 4, such as every fact at its default",
    ]


def test_terms_counts_days_and_texts_are_told(tmp_path: Path) -> None:
    found = _trace_of(
        "out := {\n"
        '\t"double": input.usage.requests_per_day * 2 + 1,\n'
        '\t"many": count({x | some x in ["a", "b"]; input.verified}),\n'
        '\t"late": late,\n'
        '\t"text": sprintf("%d", [input.usage.requests_per_day]),\n'
        "}\n\n"
        "default late := false\n\n"
        'late if input.contract.term.start > "2025-03-01"',
        tmp_path,
    )
    answers = "\n".join(found["answers"])
    assert "double is 2 * usage.requests_per_day + 1 if always" in answers
    assert "many is how many of verified, verified if always" in answers
    assert "late is true if contract.term.start >= 2025-03-02" in answers
    assert 'text is sprintf("%d", array(usage.requests_per_day)) if always' in answers
    assert [line.partition(": ")[0] for line in found["bits"]] == [
        "3 4  contract.term.start < 2025-03-02"
    ]


def test_mistakes_are_told_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, facts = str(EXAMPLE / "release.rego"), str(EXAMPLE / "facts.yaml")
    assert main([rules, facts, "release/verdikt"]) == 2
    assert "did you mean `release/verdict`?" in capsys.readouterr().err
    assert main([rules, str(tmp_path / "none.yaml"), "release/verdict"]) == 2
    assert main([rules]) == 2
    assert "give RULES.rego" in capsys.readouterr().err


def test_a_rule_with_two_values_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.rego"
    file.write_text(
        "package t\n\nimport rego.v1\n\nout := 1 if input.verified\n\nout := input.plan\n"
    )
    assert main([str(file), str(FACTS), "t/out"]) == 2
    assert "two different values" in capsys.readouterr().err
