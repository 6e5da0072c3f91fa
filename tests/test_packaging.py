"""What is declared is what is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_declared() -> None:
    folders = ("engine", "diff", "policies", "rules")
    found = {
        "rsp_policy." + file.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for folder in folders
        for file in (ROOT / folder).rglob("__init__.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found


def test_every_kind_of_data_is_packaged() -> None:
    suffixes = {
        path.suffix
        for folder in ("policies", "rules")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    patterns = set(PROJECT["tool"]["setuptools"]["package-data"]["*"]) - {"py.typed"}
    assert suffixes - {".py", ".typed"} == {pattern.removeprefix("**/*") for pattern in patterns}


def test_the_top_level_holds_what_was_agreed() -> None:
    agreed = {"pyproject.toml", "policies", "rules", "engine", "diff", "tests", "CHANGELOG.md",
              "README.md", "LICENSE"}  # fmt: skip
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    built = {"build", "dist"}
    assert {name for name in found if not name.endswith(".egg-info")} - built == agreed
