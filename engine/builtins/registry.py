"""How a builtin is declared, and the errors it may raise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rsp_policy.engine.ir.constants import Constant

Function = TypeVar("Function", bound=Callable[..., Constant])

BUILTINS: dict[str, Callable[..., Constant]] = {}
"""Every builtin by its name in plans, such as `object.get` or `plus`."""


class BuiltinError(Exception):
    """A builtin was called with operands that it does not take.

    Attributes:
        code: OPA's error code, such as `eval_type_error` or `eval_builtin_error`.
    """

    def __init__(self, message: str, code: str = "eval_builtin_error") -> None:
        super().__init__(message)
        self.code = code


class UndefinedError(BuiltinError):
    """A builtin has no value for its operands, which is no error even where errors are strict."""


def builtin(*names: str) -> Callable[[Function], Function]:
    """Registers a function as the builtin of these names."""

    def register(function: Function) -> Function:
        for name in names:
            BUILTINS[name] = function
        return function

    return register
