"""The command as a shell sees it: streams, signals, exit codes, mistakes and completion."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rsp_policy.engine.cli import COMMANDS, ExitCode, cli, failures

from conftest import Result
from devices import full

START = "import sys; from rsp_policy.engine.cli import main; main(sys.argv[1:])"
RSP = [sys.executable, "-c", START]


def shell(script: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """What a shell says of a script, in which `$rsp` is the command."""
    command = f'rsp() {{ "{sys.executable}" -c "{START}" "$@"; }}\n{script}'
    return subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "code", "message"),
    [
        ("rsp decide - <&-", 2, "error: <stdin>: standard input is closed\n"),
        ("rsp versions >&-", 2, "error: cannot write standard output: bad file descriptor\n"),
        ("rsp --version >&-", 2, "error: cannot write standard output: bad file descriptor\n"),
        ("rsp versions <&- >/dev/null", 0, ""),
        ("rsp versions 2>&- >/dev/null", 0, ""),
        ("rsp decode 2>&-", 2, ""),
        ("rsp versions <&- >&- 2>&-", 2, ""),
        ("rsp versions --format json -o file >&- && cat file >/dev/null", 0, ""),
    ],
)
def test_a_closed_stream_is_no_trace(script: str, code: int, message: str, tmp_path: Path) -> None:
    result = shell(script, tmp_path)
    assert (result.returncode, result.stderr) == (code, message)


@pytest.mark.parametrize("arguments", ["versions", "--help", "--version", "versions -o -"])
def test_a_full_standard_output_ends_with_2(arguments: str, tmp_path: Path) -> None:
    full(tmp_path)
    result = shell(f"rsp {arguments} > full", tmp_path)
    assert result.returncode == ExitCode.ERROR
    assert result.stderr == "error: cannot write standard output: no space left on device\n"


def test_a_full_standard_error_changes_no_exit_code(tmp_path: Path) -> None:
    full(tmp_path)
    assert shell("rsp decode 2> full", tmp_path).returncode == ExitCode.ERROR


@pytest.mark.parametrize("arguments", ["facts", "--help", "versions -o /dev/stdout"])
def test_output_that_nobody_reads_ends_quietly_by_the_signal(
    arguments: str, tmp_path: Path
) -> None:
    result = shell(f"rsp {arguments} | true; echo ${{PIPESTATUS[0]}}", tmp_path)
    assert (result.stdout, result.stderr) == ("141\n", "")


def test_an_interruption_ends_quietly_by_the_signal(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "facts.yaml")  # reading waits there until it is interrupted
    script = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {START}"
    with (
        subprocess.Popen(
            [sys.executable, "-c", script, "decide", "./facts.yaml"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
        open(tmp_path / "facts.yaml", "wb"),
    ):  # opens as soon as the command reads
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (-signal.SIGINT, b"", b"")


def test_what_standard_output_was_opened_to_append_to_is_kept(tmp_path: Path) -> None:
    shell("echo before > log; rsp versions -o /dev/stdout >> log", tmp_path)
    lines = (tmp_path / "log").read_text().splitlines()
    assert lines[0] == "before"
    assert len(lines) > 10


def test_an_encoding_that_lacks_a_letter_is_no_trace(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text('model: "Mödel"\nfacts: {}\n', encoding="utf-8")
    for form in ("table", "json", "markdown"):
        script = f"rsp decide m.yaml --version v3.0 --format {form} > out"
        result = shell(script, tmp_path, PYTHONIOENCODING="ascii")
        assert (result.returncode in (0, 3), result.stderr) == (True, "")
    assert "M\\xf6del" in (tmp_path / "out").read_text()


def test_a_defect_ends_with_2_and_not_with_what_means_found(
    rsp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(cli, "invoke", broken)
    result = rsp("versions")
    assert result.code == ExitCode.ERROR
    assert "RuntimeError: broken" in result.err


# mistakes


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["decide", ""], "FACTS"),
        (["decide", "  "], "FACTS"),
        (["show", "v3.0", ""], "VERSION [COMMITMENT]"),
        (["diff", "v2.2", ""], "OLD NEW [FACTS]..."),
        (["test", ""], "CASES"),
        (["matrix", ""], "GATE"),
        (["log", ""], "COMMITMENT"),
        (["facts", ""], "[FACT]"),
        (["bisect", "claude-opus-4", ""], "GATE"),
        (["timeline", "claude-opus-4", "--chart", ""], "--chart"),
        (["log", "--topic="], "--topic"),
        (["diff", "v2.2", "v3.0", "--expect", ""], "--expect"),
        (["diff", "v2.2", "v3.0", "--gate", "", "--gate", "deploy"], "--gate"),
        (["versions", "-o", ""], "--output"),
        (["versions", "--framework", ""], "--framework"),
        (["versions", "--format", ""], "--format"),
        (["versions", "--as-of", ""], "--as-of"),
    ],
)
def test_an_empty_argument_is_named(
    arguments: list[str], named: str, rsp: Callable[..., Result]
) -> None:
    result = rsp(*arguments)
    assert result.code == ExitCode.ERROR
    assert f"`{named}` is empty" in result.err
    assert result.out == ""


def test_every_parameter_refuses_what_is_empty(rsp: Callable[..., Result]) -> None:
    import click

    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.is_flag:
                assert "is empty" in rsp(name, parameter.opts[-1], "").err


def test_all_mistakes_of_a_command_line_are_told_at_once(rsp: Callable[..., Result]) -> None:
    result = rsp(
        *("diff", "v2.3", "v3.9", "nobody", "--gate", "deplyo", "--gate", "stroe", "--limit", "0"),
        *("--assume", "x", "--assume", "deployment.publik=true", "--assume", "cyber.tested=maybe"),
        *("--format", "xml", "--detial", "--expect", ""),
    )
    assert result.code == ExitCode.ERROR
    for word in (
        "unknown version `v2.3`", "unknown version `v3.9`", "unknown model `nobody`",
        "unknown gate `deplyo`", "unknown gate `stroe`", "`0` is no count", "`x` is no assumption",
        "unknown fact `deployment.publik`", "`maybe` is not true or false", "unknown format `xml`",
        "unknown option `--detial`; did you mean `--detail`?", "`--expect` is empty",
        "FACTS do not go with",
    ):  # fmt: skip
        assert word in result.err
    for line in result.err.splitlines():
        assert line.startswith(("error: ", "help: "))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["decode"], "unknown command `decode`; did you mean `decide`? known: versions"),
        (["--bogus"], "unknown option `--bogus`; known: --version"),
        (["decide"], "`FACTS` is missing"),
        (["decide", "claude-opus-4", "one", "two"], "unexpected arguments `one`, `two`"),
        (["decide", "claude-opus-4", "one"], "unexpected argument `one`"),
        (["decide", "claude-opus-4", "--gate"], "`--gate` needs a value"),
        (["decide", "claude-opus-4", "--all=x"], "`--all` takes no value"),
        (["diff", "v2.2"], "two versions are compared"),
        (["decide", "claude-opus-4", "--all", "--version", "v2.2"], "give one of `--version`"),
        (["bisect", "claude-opus-4", "store", "--since", "v3.0", "--until", "v2.0"], "v3.0 does"),
        (
            ["timeline", "claude-opus-4", "--chart", "t.jpg"],
            "`t.jpg`: a chart ends in .svg or .png",
        ),
        (["versions", "-o", "nowhere/x"], "cannot write `nowhere/x`: there is no folder"),
    ],
)
def test_usage_errors_have_one_style(
    arguments: list[str], message: str, rsp: Callable[..., Result]
) -> None:
    result = rsp(*arguments)
    assert result.code == ExitCode.ERROR
    assert result.err.startswith(f"error: {message}")
    assert "Usage" not in result.err
    first = result.err.splitlines()[0]
    assert not first.endswith(".")


def test_a_long_list_of_names_is_left_to_a_command(rsp: Callable[..., Result]) -> None:
    result = rsp("diff", "v2.2", "v3.0", "--assume", "deployment.publik=true")
    assert "help: `rsp facts` lists every fact\n" in result.err
    assert max(map(len, result.err.splitlines())) < 160
    assert "deployment.public" in rsp("facts").out
    assert "help: `rsp show VERSION` lists" in rsp("show", "v2.2", "outcomes/delete_weight").err


def test_every_command_that_is_named_for_lists_exists() -> None:
    for command in failures._LISTS.values():
        assert command.split()[0] in COMMANDS


def test_mistakes_are_json_where_json_is_asked_for(
    tmp_path: Path, rsp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.yaml").write_text("facts:\n  deployment.publik: true\n  cyber.tested: maybe\n")
    result = rsp("decide", "m.yaml", "--version", "v2.3", "--format", "json")
    assert (result.code, result.out) == (ExitCode.ERROR, "")
    value = json.loads(result.err)
    assert value["schema"] == "rsp.error/1"
    assert value["kind"] == "unknown_name"
    version, name, word = value["errors"]
    assert (version["what"], version["name"], version["nearest"]) == ("version", "v2.3", "v2.2")
    assert name["file"] == "m.yaml"
    assert (name["line"], name["path"]) == (2, "facts.deployment.publik")
    assert (name["kind"], name["nearest"]) == ("invalid_file", "deployment.public")
    assert word["line"] == 3
    assert value["message"].splitlines() == [item["message"] for item in value["errors"]]
    assert value["help"] == ["`rsp facts` lists every fact"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["decode", "--format", "json"],
        ["decide", "--format=json", "--bogus"],
        ["decide", "claude-opus-4", "--gate", "--format", "json"],
        ["--bogus", "versions", "--format", "json"],
        ["versions", "--format", "json", "-o", "nowhere/x"],
        ["check", "--format", "json", "--framework", "nowhere"],
    ],
)
def test_every_mistake_can_be_json(arguments: list[str], rsp: Callable[..., Result]) -> None:
    value = json.loads(rsp(*arguments).err)
    assert value["schema"] == "rsp.error/1"
    assert value["errors"]
    assert value["kind"]


def test_text_from_data_begins_no_line_of_errors(
    tmp_path: Path, rsp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.yaml").write_text('facts: {"a\\nerror: \\e[31mspoofed": 1}\n')
    result = rsp("decide", "m.yaml")
    assert "\x1b" not in result.err
    assert sum(line.startswith("error:") for line in result.err.splitlines()) == 1


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize(
    "command",
    [
        ["decide", "m.yaml", "--all"],
        ["timeline", "m.yaml"],
        ["diff", "v3.3", "v3.4", "m.yaml"],
        ["bisect", "m.yaml", "deploy"],
        ["test", "cases.yaml"],
    ],
)
def test_text_from_data_reaches_no_terminal_as_it_is(
    command: list[str],
    form: str,
    tmp_path: Path,
    rsp: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "\\e[31mred\\u202e <script>alert(1)</script> [l](http://e)"
    Path("m.yaml").write_text(f'model: "{name}"\nfacts: {{}}\n')
    Path("cases.yaml").write_text(
        f'- {{name: "{name}", version: v3.4, facts: {{}}, expect: {{gates: {{train: closed}}}}}}\n'
    )
    out = rsp(*command, "--format", form).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    if form == "markdown":
        assert "<script" not in out
        assert "[l](" not in out


def test_no_command_shows_the_help(rsp: Callable[..., Result]) -> None:
    result = rsp()
    assert (result.code, result.out) == (ExitCode.ERROR, "")
    assert result.err.startswith("Usage: rsp")


# completion


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("rsp de", ["decide"]),
        ("rsp decide claude-opus-4-", ["claude-opus-4-5"]),
        ("rsp decide x --version v2", ["v2.0", "v2.1", "v2.2"]),
        ("rsp decide x --gate s", ["store"]),
        ("rsp decide x --fail-on c", ["conditional", "closed"]),
        ("rsp decide x --format j", ["json"]),
        ("rsp show v2", ["v2.0", "v2.1", "v2.2"]),
        ("rsp show v3.0 roadmap/am", ["roadmap/ambition"]),
        ("rsp diff v2.2 v3.3", ["v3.3"]),
        ("rsp diff v2.2 v3.3 claude-2", ["claude-2"]),
        ("rsp log --direction we", ["weakened"]),
        ("rsp matrix d", ["deploy"]),
        ("rsp facts deployment.p", ["deployment.public"]),
        ("rsp diff v2.2 v3.0 --assume deployment.p", ["deployment.public="]),
    ],
)
@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_words_are_completed(kind: str, words: str, offered: list[str], tmp_path: Path) -> None:
    *_, last = words.split()
    env = {
        **os.environ,
        "_RSP_COMPLETE": f"{kind}_complete",
        "COMP_WORDS": words.removesuffix(last) if kind == "fish" else words,
        "COMP_CWORD": last if kind == "fish" else str(len(words.split()) - 1),
    }
    result = subprocess.run(
        RSP, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.split()
    found = {
        "bash": [line.partition(",")[2] for line in lines],
        "fish": [line.partition(",")[2] for line in lines],
        "zsh": lines[1::3],
    }[kind]
    if words == "rsp de":
        assert any(item.startswith("decide") for item in found)
    else:
        assert found == offered
