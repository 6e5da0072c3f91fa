"""Differences between versions of a policy.

>>> from rsp_policy import diff, engine
>>> history = engine.load()
>>> diff.compare(history["v2.2"], history["v2.2"]).empty
True
"""

from .case import CaseDiff, DutyChange, GateChange, case_diff
from .comparison import Comparison, compare
from .record import CommitmentChange, FieldChange, record_diff

__all__ = [
    "CaseDiff",
    "CommitmentChange",
    "Comparison",
    "DutyChange",
    "FieldChange",
    "GateChange",
    "case_diff",
    "compare",
    "record_diff",
]
