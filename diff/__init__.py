"""Differences between versions of a policy.

>>> from rsp_policy import diff, engine
>>> history = engine.load()
>>> diff.compare(history["v2.2"], history["v2.2"]).empty
True
"""

from .case import CaseDiff, DutyChange, GateChange, case_diff
from .claims import Checked, Claim, Counterexample, check_claims
from .comparison import Comparison, compare, complete_diff
from .complete import CompleteDiff, QuestionDiff, Transition
from .policies import Rules, circuits, compare_rules, rules_in
from .record import CommitmentChange, FieldChange, record_diff
from .regions import Region

__all__ = [
    "CaseDiff",
    "Checked",
    "Claim",
    "CommitmentChange",
    "Comparison",
    "CompleteDiff",
    "Counterexample",
    "DutyChange",
    "FieldChange",
    "GateChange",
    "QuestionDiff",
    "Region",
    "Rules",
    "Transition",
    "case_diff",
    "check_claims",
    "circuits",
    "compare",
    "compare_rules",
    "complete_diff",
    "record_diff",
    "rules_in",
]
