"""A comparison of two versions: what the record says, and what it means for given models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rsp_policy.engine.documents import Value
from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.history import Slice
from rsp_policy.engine.sheets import FactSheet

from .case import CaseDiff, case_diff
from .record import ORDER, CommitmentChange, record_diff


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two versions.

    Attributes:
        commitments: The record diff.
        cases: The case diff of each fact sheet asked about.
    """

    old: Slice
    new: Slice
    commitments: tuple[CommitmentChange, ...]
    cases: tuple[CaseDiff, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.commitments and all(case.empty for case in self.cases)

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

    def as_json(self) -> dict[str, Value]:
        """The comparison in the stable form `rsp.diff/1`."""
        return {
            "schema": "rsp.diff/1",
            "framework": self.old.history.id,
            "old": self.old.id,
            "new": self.new.id,
            "counts": dict(self.counts()),
            "commitments": [_commitment(change) for change in self.commitments],
            "cases": [_case(case) for case in self.cases],
        }


def compare(old: Slice, new: Slice, sheets: Iterable[FactSheet] = ()) -> Comparison:
    """Compare two versions of one framework, and decide fact sheets under both.

    Raises:
        UsageError: If the versions belong to different frameworks.
    """
    if old.history is not new.history:
        raise UsageError(
            f"{old.history.id} {old.id} and {new.history.id} {new.id} are of two frameworks"
        )
    cases = tuple(case_diff(old, new, sheet) for sheet in sheets)
    return Comparison(old, new, record_diff(old, new), cases)


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
        "old_section": str(change.old_source) if change.old_source else None,
        "new_section": str(change.new_source) if change.new_source else None,
        "fields": [
            {"field": item.field, "old": item.old, "new": item.new} for item in change.fields
        ],
    }


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
