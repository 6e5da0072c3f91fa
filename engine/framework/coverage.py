"""How much of each version is executed by rules, and what is left to words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rsp_policy.engine.records.history import History, Standing

    from .policy import PolicyVersion


@dataclass(frozen=True, slots=True)
class Coverage:
    """The commitments of one version by how they are executed.

    Attributes:
        by_rule: Those with a rule file of their own, or read by a condition.
        by_duty: Those executed by the generic duty rule alone.
        unexecuted: Those that no rule executes; each says why.
    """

    version: str
    by_rule: tuple[Standing, ...]
    by_duty: tuple[Standing, ...]
    unexecuted: tuple[Standing, ...]

    @property
    def total(self) -> int:
        """The number of commitments that stand in the version."""
        return len(self.by_rule) + len(self.by_duty) + len(self.unexecuted)

    def of_force(self, force: str) -> tuple[int, int]:
        """How many commitments of a force are executed, and how many there are."""
        executed = sum(item.entry.force == force for item in (*self.by_rule, *self.by_duty))
        return executed, executed + sum(item.entry.force == force for item in self.unexecuted)


def coverage(part: PolicyVersion) -> Coverage:
    """The coverage of one version."""
    rules = part.history.rule_set
    executed = rules.commitments.keys() | rules.used_by_conditions
    by_rule, by_duty, unexecuted = [], [], []
    for standing in part:
        if standing.id in executed:
            by_rule.append(standing)
        elif standing.entry.duty:
            by_duty.append(standing)
        else:
            unexecuted.append(standing)
    return Coverage(part.id, tuple(by_rule), tuple(by_duty), tuple(unexecuted))


def readings(history: History) -> tuple[tuple[str, str, str], ...]:
    """The readings on which entries depend, as (commitment, version, reading), each once."""
    found = {
        (commitment.id, entry.reading): entry.version
        for commitment in history.commitments.values()
        for entry in reversed(commitment.history)
        if entry.reading and not entry.ended
    }
    return tuple(sorted((id, version, reading) for (id, reading), version in found.items()))
