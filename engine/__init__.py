"""The engine: a policy loaded from its files, and what its versions decide about facts.

>>> from rsp_policy import engine
>>> history = engine.load()
>>> history["v2.2"]
<slice v2.2 of rsp: ... commitments>
"""

from .decide import Decision, DutyDecision, GateDecision, Reason, ThresholdDecision
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
from .framework import Version
from .history import History, Slice
from .loading import load_history as load
from .sheets import FactSheet
from .vocabulary import Fact, Vocabulary

__all__ = [
    "Decision",
    "DutyDecision",
    "Fact",
    "FactSheet",
    "GateDecision",
    "History",
    "InvalidFileError",
    "NotEncodedError",
    "PolicyError",
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
