"""The command line as a user meets it: help, exit codes, formats, printed pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from rsp_policy.engine.cli import COMMANDS, ExitCode, cli

from conftest import Result

HERE = Path(__file__).parent

PRINTED = {
    "versions.txt": ["versions"],
    "show-commitment.txt": ["show", "v2.2", "outcomes/comparable_training"],
    "show-topic.txt": ["show", "v3.0", "roadmap"],
    "decide-opus-4.txt": ["decide", "claude-opus-4", "--version", "v2.2"],
    "decide-mythos-all.txt": ["decide", "claude-mythos-preview", "--all"],
    "decide-gate.md": [
        "decide", "claude-sonnet-4", "--as-of", "2026-03-01", "--gate", "deploy",
        "--format", "markdown",
    ],
    "decide-opus-4.json": ["decide", "claude-opus-4", "--format", "json"],
    "diff.txt": ["diff", "v2.2", "v3.0"],
    "diff-store.txt": ["diff", "v2.2", "v3.0", "--gate", "store", "--unfold"],
    "diff-deploy.md": [
        "diff", "v2.2", "v3.0", "--gate", "deploy", "--limit", "2", "--format", "markdown",
        "--assume", "nuclear.basic_uplift=shown,not_ruled_out",
    ],
    "diff-store.json": [
        "diff", "v2.2", "v3.0", "--gate", "store", "--limit", "1", "--format", "json",
    ],
    "log.txt": ["log"],
    "log-silent.txt": ["log", "--since", "v2.2", "--direction", "weakened", "--silent"],
    "log-automated-rnd.txt": ["log", "thresholds/automated_rnd"],
    "log-cadence.txt": ["log", "assessment/notably_more_capable"],
    "log-insiders.txt": ["log", "safeguards/insider_risk"],
    "matrix.txt": ["matrix"],
    "matrix-deploy.txt": ["matrix", "deploy"],
    "timeline-opus-4.txt": ["timeline", "claude-opus-4"],
    "bisect-opus-4.txt": ["bisect", "claude-opus-4", "store", "--since", "v2.1", "--every"],
    "memo-v3.3-v3.4.md": ["diff", "v3.3", "v3.4", "--format", "markdown"],
    "claims.txt": ["diff", "v2.2", "v3.0", "--expect", "claims/v2.2-v3.0.yaml"],
    "decide-unknown.txt": ["decide", "unknown.yaml", "--version", "v2.2"],
    "diff-opus-4-detail.md": [
        "diff", "v2.2", "v3.0", "claude-opus-4", "--detail", "--format", "markdown",
    ],
    "check.txt": ["check"],
    "test.txt": ["test"],
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_and_that_plain_pages_fit_80_columns(
    name: str,
    rsp: Callable[..., Result],
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(HERE)
    page = rsp(*PRINTED[name]).out
    golden(name, page)
    for line in page.splitlines() if name.endswith(".txt") else ():
        assert len(line) <= 80, line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, rsp: Callable[..., Result]) -> None:
    result = rsp(name, "--help")
    assert result.code == 0
    assert f"rsp {name}" in result.out.partition("Example")[2]
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.get_short_help_str(70).endswith(".")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["decide", "claude-opus-4", "--version", "v2.3"], 2, "did you mean `v2.2`?"),
        (["decide", "claude-opus-9"], 2, "unknown model `claude-opus-9`; did you mean"),
        (["decide", "claude-opus-4", "--gate", "deplyo"], 2, "did you mean `deploy`?"),
        (["decide", "claude-opus-4", "--fail-on", "shut"], 2, "unknown verdict `shut`"),
        (["decide", "claude-opus-4", "--all", "--version", "v2.2"], 2, "give one of"),
        (["decide", "claude-opus-4", "--as-of", "yesterday"], 2, "yesterday"),
        (["decide", "claude-opus-4", "--as-of", "2020-01-01"], 2, "took effect on 2023-09-19"),
        (["decide", "claude-opus-4", "--format", "xml"], 2, "xml"),
        (["decide"], 2, "`FACTS` is missing"),
        (["decide", "claude-mythos-preview", "--version", "v2.2", "--engine", "rego"], 2, "needs"),
        (["diff", "v2.2", "v3.0", "--gate", "deplyo"], 2, "did you mean `deploy`?"),
        (["diff", "v2.2", "v3.0", "--assume", "x"], 2, "FACT=VALUE is wanted"),
        (["diff", "v2.2", "v3.0", "--assume", "deployment.publik=true"], 2, "deployment.public"),
        (["diff", "v2.2", "v3.0", "--assume", "deployment.public=yes"], 2, "not true or false"),
        (
            [
                "diff",
                "v2.2",
                "v3.0",
                "--assume",
                "cyber.tested=true",
                "--assume",
                "cyber.tested=false",
            ],
            2,
            "exclude one another",
        ),
        (["diff", "v2.2", "v3.0", "claude-opus-4", "--gate", "store"], 2, "do not go with"),
        (["diff", "v2.2", "v3.0", "--expect", "nowhere.yaml"], 2, "no such file"),
        (["decode"], 2, "decode"),
        (["show", "v2.2", "outcomes/delete_weight"], 2, "did you mean `outcomes/delete_weights`?"),
        (["diff", "v2.2", "v1.2"], 2, "`v1.2` was never published"),
        (["test", "nowhere.yaml"], 2, "no such file"),
        (["check", "--framework", "nowhere"], 2, "unknown framework `nowhere`"),
        (["check", "--framework", "."], 2, "no `framework.yaml` here"),
        (["versions", "-o", "/nowhere/x.txt"], 2, "cannot write `/nowhere/x.txt`"),
    ],
)
def test_a_mistake_ends_with_exit_code_2_and_says_what_would_be_right(
    arguments: list[str], code: int, message: str, rsp: Callable[..., Result]
) -> None:
    result = rsp(*arguments)
    assert result.code == code
    assert message in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version", "v2.2"], ExitCode.OK),
        (["--version", "v2.2", "--fail-on", "conditional"], ExitCode.FOUND),
        (["--version", "v2.2", "--fail-on", "closed"], ExitCode.OK),
        (["--version", "v2.2", "--fail-on", "conditional", "--gate", "store"], ExitCode.OK),
    ],
)
def test_decide_fails_on_the_verdict_asked_for(
    arguments: list[str], code: ExitCode, rsp: Callable[..., Result]
) -> None:
    assert rsp("decide", "claude-opus-4", *arguments).code == code


def test_an_undetermined_decision_exits_with_3(rsp: Callable[..., Result]) -> None:
    result = rsp("decide", "claude-mythos-preview", "--version", "v2.2", "--format", "json")
    assert result.code == ExitCode.UNDETERMINED
    decision = json.loads(result.out)
    assert decision["determined"] is False
    assert decision["gates"]["deploy"]["possible"] == ["conditional", "closed"]
    assert "assessment.effective_compute_ratio" in decision["matters"]


@pytest.mark.parametrize(
    ("fail_on", "gate", "code"),
    [
        ("closed", "deploy", ExitCode.UNDETERMINED),
        ("conditional", "deploy", ExitCode.FOUND),
        ("reversed", "deploy", ExitCode.OK),
    ],
)
def test_what_is_unknown_counts_only_where_it_can_change_the_exit_code(
    fail_on: str,
    gate: str,
    code: ExitCode,
    rsp: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(HERE)
    arguments = ("unknown.yaml", "--version", "v2.2", "--gate", gate, "--fail-on", fail_on)
    assert rsp("decide", *arguments).code == code


def test_a_claim_that_fails_ends_with_1_and_a_counterexample(
    tmp_path: Path, rsp: Callable[..., Result]
) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text("- {says: nothing opens, about: gates, never: more permissive}\n")
    result = rsp("diff", "v2.2", "v3.0", "--expect", str(file), "--format", "json")
    assert result.code == ExitCode.FOUND
    claim = json.loads(result.out)["claims"][0]
    assert claim["holds"] is False
    assert claim["counterexample"]["question"] == "train"


def test_diff_exits_with_1_on_request(rsp: Callable[..., Result]) -> None:
    assert rsp("diff", "v2.2", "v3.0", "--exit-code").code == ExitCode.FOUND
    assert rsp("diff", "v3.0", "v3.0", "--exit-code").code == ExitCode.OK


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (["versions"], "rsp.versions/1"),
        (["show", "v3.0"], "rsp.slice/1"),
        (["show", "v3.0", "roadmap/ambition"], "rsp.commitment/1"),
        (["decide", "claude-opus-4"], "rsp.decision/1"),
        (["decide", "claude-opus-4", "--all"], "rsp.decisions/1"),
        (["diff", "v2.2", "v3.0"], "rsp.diff/1"),
        (["check"], "rsp.check/1"),
        (["test"], "rsp.test/1"),
    ],
)
def test_json_stands_alone_on_standard_output(
    arguments: list[str], schema: str, rsp: Callable[..., Result]
) -> None:
    result = rsp(*arguments, "--format", "json")
    assert json.loads(result.out)["schema"] == schema
    assert result.err == ""


def test_a_file_is_written_whole(tmp_path: Path, rsp: Callable[..., Result]) -> None:
    path = tmp_path / "versions.md"
    result = rsp("versions", "--format", "markdown", "-o", str(path))
    assert result.out == ""
    assert path.read_text().startswith("# Responsible Scaling Policy")
    assert list(tmp_path.iterdir()) == [path]
