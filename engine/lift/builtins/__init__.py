"""Builtin functions of Rego on constants, as OPA's documentation defines them.

A builtin takes constants (see `values`) and gives one. It raises `BuiltinError` where OPA reports
an error, which makes the calling expression undefined unless errors are strict. Everything here is
deterministic and touches neither clock, network nor files.
"""

# ruff: noqa: F401 - a module registers its builtins when it is imported

from __future__ import annotations

from . import (
    aggregates,
    arithmetic,
    arrays,
    comparison,
    integers,
    objects,
    rewriting,
    sets,
    strings,
    types,
)
from .registry import BUILTINS, BuiltinError, UndefinedError

__all__ = ["BUILTINS", "BuiltinError", "UndefinedError"]
