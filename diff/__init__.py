"""Differences between versions of a policy.

>>> from rsp_policy import diff, engine
>>> history = engine.load()
>>> diff.compare(history["v2.2"], history["v2.2"]).empty
True
"""

from .decisions.claims import Checked, Claim, Counterexample, check_claims
from .decisions.complete import CompleteDiff, QuestionDiff, Transition
from .decisions.policies import Rules, circuits, compare_rules, rules_in
from .decisions.regions import Region
from .records.changes import CommitmentChange, FieldChange, Step, record_diff
from .records.log import Life, Moment, Revision, life, revisions
from .report.comparison import Comparison, compare, complete_diff
from .report.matrix import GateDifference, Pair, matrix
from .sheets.bisect import Bisection, Turn, bisect
from .sheets.case import CaseDiff, DutyChange, GateChange, case_diff
from .sheets.timeline import Timeline, timeline

__all__ = [
    "Bisection",
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
    "GateDifference",
    "Life",
    "Moment",
    "Pair",
    "QuestionDiff",
    "Region",
    "Revision",
    "Rules",
    "Step",
    "Timeline",
    "Transition",
    "Turn",
    "bisect",
    "case_diff",
    "check_claims",
    "circuits",
    "compare",
    "compare_rules",
    "complete_diff",
    "life",
    "matrix",
    "record_diff",
    "revisions",
    "rules_in",
    "timeline",
]
