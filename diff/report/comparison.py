"""A comparison of two versions: what the record says, and what it means for given models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rsp_policy.diff.decisions.complete import CompleteDiff, check_assumptions
from rsp_policy.diff.decisions.questions import side_of
from rsp_policy.diff.records.changes import ORDER, CommitmentChange, FieldChange, record_diff
from rsp_policy.diff.sheets.case import CaseDiff, case_diff
from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.policy import PolicyVersion

from .decisions_json import decisions_json


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two versions.

    Attributes:
        commitments: The record diff.
        cases: The case diff of each fact sheet asked about.
        decisions: The complete diff; `None` where only given sheets are asked about.
    """

    old: PolicyVersion
    new: PolicyVersion
    commitments: tuple[CommitmentChange, ...]
    cases: tuple[CaseDiff, ...]
    decisions: CompleteDiff | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        alike = self.decisions is None or self.decisions.empty
        return alike and not self.commitments and all(case.empty for case in self.cases)

    @property
    def determined(self) -> bool:
        """Whether every case is determined on both sides."""
        return all(case.determined for case in self.cases)

    def counts(self) -> Mapping[str, int]:
        """The number of changes by direction, in the order of a reader's interest."""
        counted = Counter(change.direction for change in self.commitments)
        return {name: counted[name] for name in ORDER if counted[name]}

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.counts().items())
        return f"{self.old.id} to {self.new.id}: {counts or 'no change'}"

    def as_json(self, limit: int | None = None) -> dict[str, Value]:
        """The comparison in the stable form `rsp.diff/1`.

        Args:
            limit: The most regions of a transition; what is cut is counted.
        """
        decisions = {}
        if self.decisions is not None:
            decisions["decisions"] = decisions_json(self.decisions, limit)
        return {
            **decisions,
            "schema": "rsp.diff/1",
            "framework": self.old.history.id,
            "old": self.old.id,
            "new": self.new.id,
            "counts": dict(self.counts()),
            "commitments": [_commitment(change) for change in self.commitments],
            "cases": [_case(case) for case in self.cases],
        }


def compare(
    old: PolicyVersion,
    new: PolicyVersion,
    sheets: Iterable[FactSheet] = (),
    *,
    assumed: Mapping[str, Sequence[Value]] | None = None,
    about: Iterable[str] | None = None,
) -> Comparison:
    """Compare two versions of one framework, in every situation and for given fact sheets.

    Args:
        assumed: What facts are taken to be, by path; any one of the values given.
        about: The gates, standards or duties to ask about; all by default.

    Raises:
        UsageError: If the versions belong to different frameworks, or the assumptions leave no
            situation.
        RuleError: If a rule cannot be lifted.
        BudgetError: If the decision diagrams outgrow their budget.
    """
    _check_framework(old, new)
    return replace(
        compare_cases(old, new, sheets),
        commitments=record_diff(old, new),
        decisions=complete_diff(old, new, assumed=assumed, about=about),
    )


def compare_cases(
    old: PolicyVersion, new: PolicyVersion, sheets: Iterable[FactSheet]
) -> Comparison:
    """Decide fact sheets under two versions of one framework, and nothing else.

    Raises:
        UsageError: If the versions belong to different frameworks.
    """
    _check_framework(old, new)
    return Comparison(old, new, (), tuple(case_diff(old, new, sheet) for sheet in sheets))


def complete_diff(
    old: PolicyVersion,
    new: PolicyVersion,
    *,
    assumed: Mapping[str, Sequence[Value]] | None = None,
    about: Iterable[str] | None = None,
) -> CompleteDiff:
    """Every situation in which two versions of one framework decide differently.

    Raises:
        PolicyError: As for `compare`.
    """
    _check_framework(old, new)
    shared = old.history.lifting
    check_assumptions(old.history.vocabulary, assumed or {})
    sides = [side_of(part, part.lifted(assumed) if assumed else None) for part in (old, new)]
    return CompleteDiff(shared.facts, shared.pcs, *sides, assumed=assumed, about=about)


def _check_framework(old: PolicyVersion, new: PolicyVersion) -> None:
    if old.history is not new.history:
        raise UsageError(
            f"{old.history.id} {old.id} and {new.history.id} {new.id} are of two frameworks"
        )


def _commitment(change: CommitmentChange) -> dict[str, Value]:
    return {
        "id": change.id,
        "title": change.title,
        "direction": change.direction,
        "announced": change.announced or None,
        "where": change.where,
        "because": change.because,
        "force": change.force,
        "linked": list(change.linked),
        "left": change.left or None,
        "steps": [
            {"version": step.version, "direction": step.direction, "announced": step.announced}
            for step in change.steps
        ],
        "old_section": str(change.old_place) if change.old_place else None,
        "new_section": str(change.new_place) if change.new_place else None,
        "fields": [_field(item) for item in change.fields],
    }


def _field(item: FieldChange) -> dict[str, Value]:
    """A field before and after; of a set also what it gained and lost."""
    value: dict[str, Value] = {"field": item.field, "old": item.old, "new": item.new}
    if item.gained or item.lost:
        value |= {"gained": list(item.gained), "lost": list(item.lost)}
    return value


def _case(case: CaseDiff) -> dict[str, Value]:
    old, new = case.old.as_json(), case.new.as_json()
    old_gates, new_gates = old["gates"], new["gates"]
    assert isinstance(old_gates, dict)
    assert isinstance(new_gates, dict)
    return {
        "sheet": case.sheet.name,
        "determined": case.determined,
        "matters": [*sorted({*case.old.matters, *case.new.matters})],
        "gates": {
            change.gate: {"old": old_gates[change.gate], "new": new_gates[change.gate]}
            for change in case.gates
        },
        "standards": {name: {"old": was, "new": now} for name, was, now in case.standards},
        "thresholds": {"old": old["thresholds"], "new": new["thresholds"]},
        "duties": [
            {
                "commitment": change.commitment,
                "old": change.old.status if change.old else None,
                "new": change.new.status if change.new else None,
            }
            for change in case.duties
        ],
    }
