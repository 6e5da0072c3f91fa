"""Builtin functions of Rego on constants, as OPA's documentation defines them.

A builtin takes constants (see `ir.constants`) and gives one. It raises `BuiltinError` where OPA
reports an error, which makes the calling expression undefined unless errors are strict. Everything
here is deterministic and touches neither clock, network nor files, but for the system's time zones.
Folders and modules follow OPA's own categories.
"""

# ruff: noqa: F401 - a module registers its builtins when it is imported

from __future__ import annotations

from . import (
    aggregates,
    arithmetic,
    arrays,
    comparisons,
    crypto,
    globs,
    graphs,
    integers,
    networks,
    semver,
    sets,
    types,
    units,
)
from .encoding import encodings, json_texts, yaml_texts
from .object import objects, patches, paths
from .regex import matching, overlaps
from .registry import BUILTINS, BuiltinError, UndefinedError
from .strings import notation, rewriting, sprintf, substrings
from .time import times

__all__ = ["BUILTINS", "BuiltinError", "UndefinedError"]
