"""The house: which folders there are, and that imports between them point one way."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BESIDE = {"__init__.py", "errors.py"}
"""The modules that may stand beside the folders of `engine` and `diff`."""

ENGINE = (
    "files", "facts", "ir", "records", "builtins", "rego", "bdd", "symbolic", "circuit", "decision",
    "framework", "report",
)  # fmt: skip
DIFF = ("records", "decisions", "sheets", "report")
ORDER = (
    "engine.errors",
    *(f"engine.{name}" for name in ENGINE),
    "engine",
    *(f"diff.{name}" for name in DIFF),
    "diff",
    "engine.cli",
)
"""Every folder after those that it may import."""

MOST = 14
"""The most modules of a folder; builtins are grouped by OPA's own categories instead."""


def modules() -> Iterator[Path]:
    for top in ("engine", "diff"):
        yield from sorted((ROOT / top).rglob("*.py"))


def folder_of(name: str) -> str:
    """The folder of a module by its name after `rsp_policy`."""
    parts = name.split(".")
    if parts[0] not in ("engine", "diff") or len(parts) == 1:
        return parts[0]
    inner = ".".join(parts[:2])
    return inner if inner in ORDER else parts[0]


def imported(file: Path) -> Iterator[str]:
    """The names of the modules of this package that a module imports, at the top or later."""
    here = file.relative_to(ROOT).with_suffix("").parts
    package = here[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                above = package[: len(package) - node.level + 1]
                name = ".".join((*above, *filter(None, [node.module])))
            else:
                name = node.module or ""
            if name.startswith("rsp_policy."):
                name = name.removeprefix("rsp_policy.")
            elif not node.level:
                continue
            if name in ("engine", "diff"):
                yield from (f"{name}.{alias.name}" for alias in node.names)
            else:
                yield name


def arrows() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in modules():
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        own = folder_of(name.removesuffix(".__init__"))
        for other in map(folder_of, imported(file)):
            if other in ORDER and other != own:
                found.setdefault(own, set()).add(other)
    return found


def test_no_module_lies_loose() -> None:
    for top in ("engine", "diff"):
        assert {file.name for file in (ROOT / top).glob("*.py")} <= BESIDE
    folders = {f"{f.parent.name}.{f.name}" for t in ("engine", "diff") for f in (ROOT / t).iterdir()
               if f.is_dir() and f.name != "__pycache__"}  # fmt: skip
    assert folders == set(ORDER) - {"engine", "diff", "engine.errors"}


def test_a_folder_holds_about_a_dozen_modules() -> None:
    counted = Counter(file.parent for file in modules() if file.name != "__init__.py")
    for folder, count in counted.items():
        if folder.name not in ("builtins", "cli"):
            assert count <= MOST, folder


def test_no_two_modules_share_a_name() -> None:
    stems = Counter(
        file.stem for file in modules() if file.stem != "__init__" and file.parent.name != "cli"
    )
    assert [name for name, count in stems.items() if count > 1] == []


def test_every_folder_says_what_it_is_for() -> None:
    for file in modules():
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file


def test_folders_import_in_no_circle_and_never_upward() -> None:
    found = arrows()
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        pytest.fail(f"folders import in a circle: {error.args[1]}")
    for folder, others in found.items():
        for other in others:
            assert ORDER.index(other) < ORDER.index(folder), f"{folder} imports {other}"


def test_nothing_uses_the_command_line() -> None:
    assert not any("engine.cli" in others for others in arrows().values())


NAMES = re.compile(
    r"(?i:anthropic|responsible scaling|\bclaude\b)|\bRSP\b|policies/rsp|\brsp[./]\w"
)


def test_engine_diff_and_library_name_no_policy() -> None:
    files = [*modules(), *(ROOT / "rules" / "lib").rglob("*.rego")]
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            # an example of a command works on what ships, and a schema's name has the program's
            if re.match(r" +rsp [a-z]", line) or re.search(r"[\"`]rsp\.[a-z]+/\d", line):
                continue
            text = line.replace("$XDG_CACHE_HOME/rsp-policy", "").replace(".cache/rsp-policy", "")
            assert not NAMES.search(text), f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
