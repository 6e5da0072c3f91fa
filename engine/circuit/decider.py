"""The generated code of a circuit, made callable: a function from facts to what rules decide.

A decision that is in the cache needs this module and none of those that lift rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import TypeAlias

from rsp_policy.engine.files.documents import Value

Decider: TypeAlias = "Callable[[Mapping[str, Value]], Value]"


def decider(code: CodeType) -> Decider:
    """A function from complete facts, by path, to the value of the entry point.

    Args:
        code: What `generated_code.compiled` made of a circuit.
    """
    names: dict[str, object] = {"quoted": _quoted}
    exec(code, names)  # our own code, from `generated_code.source`
    function = names["decide"]
    assert callable(function)
    return function


def _quoted(builtin: str, *arguments: Value) -> Value:
    from .generated_code import quoted

    return quoted(builtin, *arguments)
