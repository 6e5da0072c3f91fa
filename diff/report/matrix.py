"""All pairs of versions at a glance: gates by complete diff, commitments by record diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rsp_policy.diff.decisions.complete import QuestionDiff
from rsp_policy.diff.records.changes import record_diff
from rsp_policy.engine.framework.policy import Framework
from rsp_policy.engine.records.versions import Version

from .comparison import complete_diff


@dataclass(frozen=True, slots=True)
class GateDifference:
    """How the verdicts on one gate differ between two versions.

    Attributes:
        situations: How many situations the rules of the two versions tell apart for the gates asked
            about.
        milder: In how many of them the new verdict is milder.
        stricter: In how many it is stricter.
    """

    direction: str
    situations: int
    milder: int
    stricter: int


@dataclass(frozen=True, slots=True)
class Pair:
    """How one version differs from an earlier one.

    Attributes:
        gates: The difference of every gate, by complete diff.
        commitments: The number of commitments that changed, by direction.
        material: How many changes touch more than wording or place.
        silent: How many of these the developer's own account does not identify.
    """

    old: Version
    new: Version
    gates: Mapping[str, GateDifference]
    commitments: Mapping[str, int]
    material: int
    silent: int


def matrix(history: Framework, gates: Sequence[str] | None = None) -> tuple[Pair, ...]:
    """Every pair of versions, the older one first.

    Args:
        gates: The gates to ask about; all by default.

    Raises:
        RuleError: If a rule cannot be lifted.
        BudgetError: If the decision diagrams outgrow their budget.
    """
    return tuple(
        _pair(history, old, new, gates or list(history.scales.gates))
        for old, new in combinations(history.encoded, 2)
    )


def _pair(history: Framework, old: str, new: str, gates: Sequence[str]) -> Pair:
    before, after = history[old], history[new]
    decisions = complete_diff(before, after, about=gates)
    changes = record_diff(before, after)
    return Pair(
        old=before.version,
        new=after.version,
        gates={question.name: _gate(question) for question in decisions.questions},
        commitments=Counter(change.direction for change in changes),
        material=sum(change.material for change in changes),
        silent=sum(change.silent for change in changes),
    )


def _gate(question: QuestionDiff) -> GateDifference:
    return GateDifference(
        question.direction, question.situations, question.milder, question.stricter
    )
