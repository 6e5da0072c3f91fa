"""Other implementations of Rego, which the tests compare with: each a module, and its marker."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

import pytest

from rsp_policy.engine.framework.policy import PolicyVersion
from rsp_policy.engine.framework.rule_data import slice_data

import opa
import regorus


class Judge(Protocol):
    """What the modules `opa` and `regorus` offer."""

    def engine(self, modules: Mapping[str, str], data: object) -> Any: ...

    def evaluate(self, made: Any, rule: str, facts: object) -> object: ...


JUDGES = [
    pytest.param(opa, id="opa", marks=pytest.mark.opa),
    pytest.param(regorus, id="regorus", marks=pytest.mark.regorus),
]


@cache
def engine_of(judge: Judge, part: PolicyVersion) -> Any:
    """A judge's engine with the rules of a version."""
    return judge.engine(part.history.rule_set.texts, slice_data(part))
