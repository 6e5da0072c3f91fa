"""The packaged policy, loaded and lifted once for all tests of a process."""

from __future__ import annotations

from pathlib import Path

from rsp_policy.engine import History
from rsp_policy.engine.framework import loading, rule_tests
from rsp_policy.engine.rego.testing import RegoResult

_load, _run = loading.load_framework, rule_tests.run_rule_tests


HISTORY = _load()


def load_framework(folder: str | Path | None = None) -> History:
    """The packaged history where no folder is named, else what stands in the folder now."""
    return HISTORY if folder is None else _load(folder)


def run_rule_tests(history: History) -> tuple[RegoResult, ...]:
    """The outcomes of the packaged Rego tests, found out once by whichever process is first."""
    if history is not HISTORY:
        return _run(history)
    return HISTORY.cache.recall("rego-tests", lambda: _run(HISTORY))
