"""The case diff: what changes between two versions for one fact sheet."""

from __future__ import annotations

from dataclasses import dataclass

from rsp_policy.engine.decision.decisions import Decision, DutyDecision, GateDecision
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.framework.policy import PolicyVersion


@dataclass(frozen=True, slots=True)
class GateChange:
    """A gate whose verdict differs, with the reasons on each side."""

    old: GateDecision
    new: GateDecision

    @property
    def gate(self) -> str:
        """The gate."""
        return self.old.gate


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty that begins, ends or changes its status; `None` on the side where it is not."""

    old: DutyDecision | None
    new: DutyDecision | None

    @property
    def commitment(self) -> str:
        """The commitment that the duty belongs to."""
        duty = self.old or self.new
        assert duty is not None
        return duty.commitment


@dataclass(frozen=True, slots=True)
class CaseDiff:
    """Two decisions about one fact sheet, and where they differ."""

    sheet: FactSheet
    old: Decision
    new: Decision

    @property
    def determined(self) -> bool:
        """Whether both sides are determined."""
        return self.old.determined and self.new.determined

    @property
    def gates(self) -> tuple[GateChange, ...]:
        """The gates whose possible verdicts differ."""
        pairs = zip(self.old.gates, self.new.gates, strict=False)
        return tuple(GateChange(old, new) for old, new in pairs if old.possible != new.possible)

    @property
    def standards(self) -> tuple[tuple[str, str, str], ...]:
        """The standards that differ, as (standard, old level, new level)."""
        old, new = dict(self.old.standards), dict(self.new.standards)
        names = dict.fromkeys((*old, *new))
        changed = [(name, old.get(name, "none"), new.get(name, "none")) for name in names]
        return tuple(item for item in changed if item[1] != item[2])

    @property
    def duties(self) -> tuple[DutyChange, ...]:
        """The duties that begin, end or change their status."""
        old = {duty.commitment: duty for duty in self.old.duties}
        new = {duty.commitment: duty for duty in self.new.duties}
        changes = []
        for id in sorted(old.keys() | new.keys()):
            before, after = old.get(id), new.get(id)
            if before is None or after is None or before.possible != after.possible:
                changes.append(DutyChange(before, after))
        return tuple(changes)

    @property
    def empty(self) -> bool:
        """Whether both versions decide alike."""
        return not (self.gates or self.standards or self.duties) and (
            self.old.thresholds == self.new.thresholds
        )


def case_diff(old: PolicyVersion, new: PolicyVersion, sheet: FactSheet) -> CaseDiff:
    """Decide a sheet under both versions."""
    return CaseDiff(sheet, old.decide(sheet), new.decide(sheet))
