"""How much of each version is executed by rules, and what is left to words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rsp_policy.engine.records.history import History, Standing

    from .policy import Framework, PolicyVersion

_TERMS = re.compile(r"\bdata\.slice\.(\w+)\.(\w+)\.terms(?:\.(\w+)|(\[))?")
_NAMED = re.compile(r"\b(\w+) := data\.slice\.(\w+)\.(\w+)\.terms$", re.MULTILINE)


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


def unread_terms(framework: Framework) -> tuple[tuple[str, str], ...]:
    """The terms that no rule and no duty reads, as (commitment, term): they only inform."""
    read = set(_read_terms(framework))
    found = {
        (commitment.id, name)
        for commitment in framework.commitments.values()
        for entry in commitment.history
        for name in entry.terms
        if not entry.ended and not (entry.duty and name in (entry.duty.within, entry.duty.at_least))
    }
    return tuple(sorted((id, name) for id, name in found if not {(id, name), (id, "")} & read))


def _read_terms(framework: Framework) -> Iterator[tuple[str, str]]:
    """The terms that rules name; without a name where a rule may read any of a commitment."""
    for module in framework.rule_set.modules:
        for topic, name, term, computed in _TERMS.findall(module.text):
            if term or computed:
                yield f"{topic}/{name}", term
        bound = {rule: _NAMED.findall(rule.text) for rule in module.rules}
        shared = [item for rule, found in bound.items() for item in found if item[0] == rule.name]
        for rule, found in bound.items():
            for local, topic, name in {*shared, *found}:
                for term in re.findall(rf"(?<![.\w]){local}\.(\w+)", rule.text):
                    yield f"{topic}/{name}", term
                if re.search(rf"(?<![.\w]){local}(?![.\w]| :=)", rule.text):
                    yield f"{topic}/{name}", ""


def unconfirmed_places(framework: Framework) -> tuple[tuple[str, str], ...]:
    """What stands in a version without a place of its own, as (version, commitment)."""
    return tuple(
        (part.id, standing.id)
        for part in framework.slices()
        for standing in part
        if not standing.confirmed
    )
