"""What tests share: the packaged history, the command line, golden files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from rsp_policy.engine import Framework, load
from rsp_policy.engine.cli import run as run_cli
from rsp_policy.engine.files import cache as caches
from rsp_policy.engine.framework import loading, rule_tests

GOLDEN = Path(__file__).parent / "golden"
CASES = Path(__file__).parent / "cases"
LIBRARIES = {"opa": "opa_bindings", "regorus": "hobofan_regorus"}
"""What the tests with a marker need, by the marker."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests away from the user's own cache, in a folder that all workers share."""
    caches.MAX_STATES = 1000  # the policies of tests must not push out the packaged one
    if hasattr(config, "workerinput"):
        return  # the environment of the process that started this worker names its folder
    folder = tempfile.TemporaryDirectory(prefix="rsp-policy-")
    os.environ["RSP_POLICY_CACHE"] = folder.name
    config.add_cleanup(folder.cleanup)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Skip what compares with an implementation of Rego that is not here, and say so."""
    for marker, library in LIBRARIES.items():
        if find_spec(library) is None:
            skip = pytest.mark.skip(reason=f"{marker}: {library} is not installed")
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(skip)


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def history() -> Framework:
    """The packaged policy, lifted once for the tests of a module: each has diagrams of its own."""
    return load()


@pytest.fixture
def rsp(
    history: Framework,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Result]:
    """Runs `rsp` in this process, on the packaged policy as it was loaded and tested before."""
    import packaged

    def kept(name: str | Path | None = None) -> Framework:
        return history if name is None else load(name)

    monkeypatch.setattr(loading, "load_framework", kept)
    monkeypatch.setattr(rule_tests, "run_rule_tests", packaged.run_rule_tests)

    def run(*arguments: str) -> Result:
        code = run_cli(list(arguments))
        captured = capsys.readouterr()
        return Result(int(code), captured.out, captured.err)

    return run


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
