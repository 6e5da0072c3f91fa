"""What the documents say is so."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path

import pytest

import rsp_policy.diff
import rsp_policy.engine
from rsp_policy.engine import History
from rsp_policy.engine.cli import COMMANDS

from conftest import Result
from readmes import READMES, ROOT, Block, blocks, prose, shown_again

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MODULES = [
    name
    for package in (rsp_policy.engine, rsp_policy.diff)
    for _, name, _ in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
] + ["rsp_policy.engine", "rsp_policy.diff"]


def _name(readme: Path) -> str:
    return str(readme.relative_to(ROOT))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


# what is run


@pytest.mark.parametrize("command", COMMANDS)
def test_a_readme_shows_every_command(command: str) -> None:
    assert any(re.match(rf"rsp {command}\b", line) for line in _commands())


def _commands() -> list[str]:
    lines = [
        line.partition("#")[0].strip() for block in blocks("sh") for line in block.text.splitlines()
    ]
    return [line for line in lines if line.startswith("rsp ")]


@pytest.mark.parametrize("line", _commands())
def test_a_command_of_a_readme_runs(
    line: str, rsp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if " -o " not in line:
        monkeypatch.chdir(ROOT)
    else:
        monkeypatch.chdir(tmp_path)
    result = rsp(*shlex.split(line)[1:])
    assert result.code in (0, 1, 3), result.err


@pytest.mark.parametrize("block", [*blocks("console")], ids=str)
def test_an_answer_in_a_readme_is_the_one_that_is_printed(
    block: Block,
    rsp: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(ROOT)
    command, *shown = block.text.splitlines()
    code: list[str] = []
    if "$ echo $?" in shown:
        place = shown.index("$ echo $?")
        shown, code = shown[:place], shown[place:]
    result = rsp(*shlex.split(command)[2:])
    assert not result.err
    again = [command, *shown_again(shown, result.out.splitlines())]
    if code:
        again += ["$ echo $?", str(result.code)]
    if request.config.getoption("--update-golden"):
        block.rewrite("\n".join((*again, "")))
        return
    assert again == [command, *shown, *code]


@pytest.mark.parametrize("block", [*blocks("python")], ids=str)
def test_the_python_of_a_readme_runs(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block.text, _name(block.readme), "exec"), {})


# what is looked up


def _examples() -> Iterator[tuple[str, Block]]:
    for block in blocks():
        if re.fullmatch(r"`[\w./-]+`", block.before):
            yield block.before.strip("`"), block


@pytest.mark.parametrize(("name", "block"), [*_examples()])
def test_an_example_is_taken_from_its_file(name: str, block: Block) -> None:
    assert block.text in (ROOT / name).read_text(encoding="utf-8"), name


def test_every_example_of_the_rules_names_its_file() -> None:
    readme = ROOT / "rules" / "README.md"
    named = [block for _, block in _examples() if block.readme == readme]
    assert named == list(blocks(readme=readme))


@pytest.mark.parametrize("readme", READMES, ids=_name)
def test_links_lead_somewhere(readme: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", prose(readme)):
        if not target.startswith("https://"):
            assert (readme.parent / target).exists(), target


@pytest.mark.parametrize("readme", READMES, ids=_name)
def test_files_and_folders_that_are_named_exist(readme: Path) -> None:
    for name in re.findall(r"`(?![~$])([\w./-]+)`", prose(readme)):
        if re.search(r"/$|\.py$|/.*\.(rego|yaml|json|md|txt)$", name):
            near = (readme.parent / name).exists() or (ROOT / name).exists()
            assert near or any(readme.parent.rglob(name)), name


def test_functions_and_classes_on_the_way_of_data_exist() -> None:
    found = re.findall(r"`([\w/]+)\.py` `([\w.]+)`", prose(ROOT / "engine" / "README.md"))
    assert len(found) > 30
    for module, name in found:
        folder = "" if module.startswith("diff/") else "engine/"
        path = f"rsp_policy/{folder}{module}".replace("/", ".")
        assert attrgetter(name)(importlib.import_module(path)), f"{module}.py {name}"


@pytest.mark.parametrize("top", ["engine", "diff"])
def test_every_folder_has_its_line(top: str) -> None:
    told = re.findall(r"^\| `(\w+)/` \|", prose(ROOT / top / "README.md"), re.MULTILINE)
    folders = {path.parent.name for path in (ROOT / top).glob("*/__init__.py")}
    assert len(told) == len(folders)
    assert set(told) == folders


def test_every_key_of_a_commitment_is_told() -> None:
    schema = json.loads((ROOT / "policies/schema/commitment.schema.json").read_text())
    keys = schema["properties"]["history"]["items"]["properties"]
    told = set(re.findall(r"`(\w+)", prose(ROOT / "policies/rsp/README.md")))
    assert keys.keys() <= told
    assert keys["change"]["properties"].keys() <= told


def test_readings_are_told_of_commitments_that_have_one(history: History) -> None:
    rows = re.findall(
        r"^\| (v[^|]+) \| [^|]+ \| (\w+/\w+) \|$",
        (ROOT / "policies/rsp/README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert len(rows) > 30
    for versions, commitment in rows:
        for version in re.findall(r"v\d\.\d", versions):
            assert history[version][commitment].entry.reading, f"{commitment} in {version}"


def test_the_readmes_give_the_figures_that_hold(history: History) -> None:
    words = " ".join(" ".join(map(prose, READMES)).split())
    assert f"{len(history.commitments)} commitments" in words
    assert f"{len(history.vocabulary)} facts" in words
    assert set(re.findall(r"(\d+) facts", words)) == {str(len(history.vocabulary))}
    for part in history.slices():
        assert f"{part.id} holds {len(part)}" in words


# the changelog


def _releases() -> list[str]:
    return re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]


def test_the_newest_release_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    unreleased, newest, *_ = _releases()
    assert unreleased.startswith("[Unreleased]\n")
    assert re.match(rf"\[{re.escape(project['version'])}\] - \d{{4}}-\d\d-\d\d\n", newest)


def test_the_changelog_states_the_policy_versions(history: History) -> None:
    stated = f"Policy versions: {', '.join(history.encoded)}"
    unreleased, newest, *_ = _releases()
    assert stated in (unreleased if "Policy versions" in unreleased else newest)
