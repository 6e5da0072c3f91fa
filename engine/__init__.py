"""The engine: a policy loaded from its files, and what its versions decide about facts.

>>> from rsp_policy import engine
>>> history = engine.load()
>>> history["v2.2"]
<slice v2.2 of rsp: ... commitments>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .decision.decisions import Decision, DutyDecision, GateDecision, Reason, ThresholdDecision
    from .errors import (
        InvalidFileError,
        NotEncodedError,
        PolicyError,
        Problem,
        RuleError,
        UnknownNameError,
        UnpublishedVersionError,
        UsageError,
    )
    from .facts.sheets import FactSheet
    from .facts.vocabulary import Fact, Vocabulary
    from .framework.loading import load_framework as load
    from .framework.policy import Framework, PolicyVersion
    from .records.history import History, Slice
    from .records.versions import Version

__all__ = [
    "Decision",
    "DutyDecision",
    "Fact",
    "FactSheet",
    "Framework",
    "GateDecision",
    "History",
    "InvalidFileError",
    "NotEncodedError",
    "PolicyError",
    "PolicyVersion",
    "Problem",
    "Reason",
    "RuleError",
    "Slice",
    "ThresholdDecision",
    "UnknownNameError",
    "UnpublishedVersionError",
    "UsageError",
    "Version",
    "Vocabulary",
    "load",
]

_HOMES = {
    "decision.decisions": (
        "Decision",
        "DutyDecision",
        "GateDecision",
        "Reason",
        "ThresholdDecision",
    ),
    "errors": (
        "InvalidFileError",
        "NotEncodedError",
        "PolicyError",
        "Problem",
        "RuleError",
        "UnknownNameError",
        "UnpublishedVersionError",
        "UsageError",
    ),
    "records.versions": ("Version",),
    "framework.policy": ("Framework", "PolicyVersion"),
    "records.history": ("History", "Slice"),
    "framework.loading": ("load",),
    "facts.sheets": ("FactSheet",),
    "facts.vocabulary": ("Fact", "Vocabulary"),
}
"""The public names by the module that defines them, each imported when a name of it is used."""


def __getattr__(name: str) -> object:
    """A public name, from its module."""
    for home, names in _HOMES.items():
        if name in names:
            module = import_module(f".{home}", __name__)
            value: object = getattr(module, "load_framework" if name == "load" else name)
            globals()[name] = value
            return value
    raise AttributeError(f"module `{__name__}` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
