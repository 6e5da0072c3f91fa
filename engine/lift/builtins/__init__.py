"""Builtin functions of Rego on constants, as OPA's documentation defines them.

A builtin takes constants (see `values`) and gives one. It raises `BuiltinError` where OPA reports
an error, which makes the calling expression undefined unless errors are strict. Everything here is
deterministic and touches neither clock, network nor files, but for the system's time zones.
"""

# ruff: noqa: F401 - a module registers its builtins when it is imported

from __future__ import annotations

from . import (
    aggregates,
    arithmetic,
    arrays,
    comparison,
    digests,
    documents,
    encoding,
    globs,
    graphs,
    integers,
    networks,
    notation,
    objects,
    overlaps,
    patches,
    paths,
    regex,
    rewriting,
    semver,
    sets,
    sprintf,
    strings,
    time,
    types,
    units,
    yaml_documents,
)
from .registry import BUILTINS, BuiltinError, UndefinedError

__all__ = ["BUILTINS", "BuiltinError", "UndefinedError"]
