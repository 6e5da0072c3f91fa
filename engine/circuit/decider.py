"""Running the Python code that `generate` makes of a circuit, without what it takes to make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import TypeAlias

from rsp_policy.engine.files.documents import Value

Decider: TypeAlias = "Callable[[Mapping[str, Value]], Value]"


def decider(code: CodeType) -> Decider:
    """The function in compiled code that `generate.compiled` made."""
    names: dict[str, object] = {"quoted": _quoted}
    exec(code, names)  # our own code, from `generate.source`
    function = names["decide"]
    assert callable(function)
    return function


def _quoted(builtin: str, *arguments: Value) -> Value:
    from .generated_code import quoted

    return quoted(builtin, *arguments)
