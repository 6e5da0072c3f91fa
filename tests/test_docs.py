"""What the documents say is so."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

import rsp_policy.diff
import rsp_policy.engine
from rsp_policy.engine import History
from rsp_policy.engine.cli import COMMANDS

from conftest import Result

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = [
    name
    for package in (rsp_policy.engine, rsp_policy.diff)
    for _, name, _ in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
] + ["rsp_policy.engine", "rsp_policy.diff"]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_shows_every_command(command: str) -> None:
    assert re.search(rf"^rsp {command}\b", README, re.MULTILINE)


def _commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("rsp ")]


@pytest.mark.parametrize("line", _commands())
def test_a_command_of_the_readme_runs(
    line: str, rsp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if " -o " not in line:
        monkeypatch.chdir(ROOT)
    else:
        monkeypatch.chdir(tmp_path)
    result = rsp(*shlex.split(line)[1:])
    assert result.code in (0, 1, 3), result.err


def test_the_python_of_the_readme_runs() -> None:
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})


def test_the_readme_gives_the_figures_that_hold(history: History) -> None:
    words = " ".join(README.split())
    assert f"{len(history.commitments)} commitments" in words
    assert f"{len(history.vocabulary)} facts" in words
    for part in history.slices():
        assert f"{part.id} holds {len(part)}" in words


def test_the_changelog_states_the_policy_versions(history: History) -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"Policy versions: {', '.join(history.encoded)}" in text


def test_the_examples_of_the_rules_are_taken_from_their_files() -> None:
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^`(\S+)`\n\n```\w+\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    assert len(examples) == text.count("```") // 2
    for name, example in examples:
        assert example in (ROOT / name).read_text(encoding="utf-8"), name
