"""Other implementations of Rego, which the tests compare with: each a module, and its marker."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

import pytest

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.policy import PolicyVersion
from rsp_policy.engine.framework.rule_data import slice_data

import opa
import regorus


class Judge(Protocol):
    """What the modules `opa` and `regorus` offer."""

    def engine(self, modules: Mapping[str, str], data: object) -> Any: ...

    def evaluate(self, made: Any, rule: str, facts: object) -> Any: ...


JUDGES = [
    pytest.param(opa, id="opa", marks=pytest.mark.opa),
    pytest.param(regorus, id="regorus", marks=pytest.mark.regorus),
]


REGOPY = None
"""In the place of a judge: regopy's own evaluation, which takes twenty times as long as others."""

JUDGED = pytest.mark.parametrize("judge", [*JUDGES, pytest.param(REGOPY, id="regopy")])
DECISION = "data.lib.decision.decision"


def decided(judge: Judge | None, part: PolicyVersion, facts: Mapping[str, Value]) -> Value:
    """The whole decision of a version on nested facts by a judge, or by regopy."""
    if judge is REGOPY:
        return part.program.evaluate(facts)
    return judge.evaluate(engine_of(judge, part), DECISION, facts)


@cache
def engine_of(judge: Judge, part: PolicyVersion) -> Any:
    """A judge's engine with the rules of a version."""
    return judge.engine(part.history.rule_set.texts, slice_data(part))
