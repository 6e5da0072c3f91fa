"""What one version decides about one fact sheet: verdicts, standards, thresholds, duties."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .direction import text
from .documents import Value, items, mapping
from .errors import RuleError, UnknownNameError
from .vocabulary import nested

if TYPE_CHECKING:
    from .history import Slice, Standing
    from .sheets import FactSheet


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding that reaches a verdict, with the passage it rests on.

    Attributes:
        assumed: Whether it says that an act is missing only because the sheet is silent about it.
    """

    commitment: str
    section: str
    says: str
    reason: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class GateDecision:
    """The verdict on a gate and the findings that reach it."""

    gate: str
    verdict: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ThresholdDecision:
    """A threshold that counts as reached, or that could not be ruled out."""

    commitment: str
    status: str
    subject: str


@dataclass(frozen=True, slots=True)
class DutyDecision:
    """Something that the version requires of somebody in these circumstances."""

    commitment: str
    title: str
    status: str
    force: str
    who: str
    by: str
    section: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """All that a version says about a fact sheet.

    Attributes:
        assumed: Facts that stand at their default.
        unknown: Facts without a value.
        matters: Unknown facts that the version's rules read; while there are any, the decision is
            undetermined and gates, standards, thresholds and duties are empty.
    """

    framework: str
    version: str
    sheet: str
    date: datetime.date | None
    assumed: tuple[str, ...]
    unknown: tuple[str, ...]
    matters: tuple[str, ...]
    gates: tuple[GateDecision, ...]
    standards: tuple[tuple[str, str], ...]
    thresholds: tuple[ThresholdDecision, ...]
    duties: tuple[DutyDecision, ...]

    @property
    def determined(self) -> bool:
        """Whether nothing unknown matters."""
        return not self.matters

    def gate(self, name: str) -> GateDecision:
        """The decision on one gate.

        Raises:
            UnknownNameError: If there is no such gate, or the decision is undetermined.
        """
        for gate in self.gates:
            if gate.gate == name:
                return gate
        note = "" if self.determined else "the decision is undetermined"
        raise UnknownNameError("gate", name, [gate.gate for gate in self.gates], note)

    def duty(self, commitment: str) -> DutyDecision | None:
        """The duty of one commitment, if it is triggered."""
        return next((duty for duty in self.duties if duty.commitment == commitment), None)

    def __str__(self) -> str:
        if not self.determined:
            return f"{self.sheet} under {self.version}: undetermined ({', '.join(self.matters)})"
        verdicts = ", ".join(f"{gate.gate} {gate.verdict}" for gate in self.gates)
        return f"{self.sheet} under {self.version}: {verdicts}"

    def as_json(self) -> dict[str, Value]:
        """The decision in the stable form `rsp.decision/1`."""
        facts: dict[str, Value] = {
            "sheet": self.sheet,
            "assumed": list(self.assumed),
            "unknown": list(self.unknown),
        }
        if self.date:
            facts["date"] = self.date.isoformat()
        return {
            "schema": "rsp.decision/1",
            "framework": self.framework,
            "version": self.version,
            "determined": self.determined,
            "matters": list(self.matters),
            "facts": facts,
            "gates": {
                gate.gate: {
                    "verdict": gate.verdict,
                    "because": [
                        {
                            "commitment": reason.commitment,
                            "section": reason.section,
                            "says": reason.says,
                            "reason": reason.reason,
                            "assumed": reason.assumed,
                        }
                        for reason in gate.because
                    ],
                }
                for gate in self.gates
            },
            "standards": dict(self.standards),
            "thresholds": [
                {"commitment": item.commitment, "status": item.status, "subject": item.subject}
                for item in self.thresholds
            ],
            "duties": [
                {
                    "commitment": duty.commitment,
                    "title": duty.title,
                    "status": duty.status,
                    "force": duty.force,
                    "who": duty.who,
                    "by": duty.by,
                    "section": duty.section,
                    "assumed": duty.assumed,
                }
                for duty in self.duties
            ],
        }


def decide(part: Slice, sheet: FactSheet) -> Decision:
    """Evaluate a sheet under one version.

    Raises:
        RuleError: If the rules break their contract.
    """
    complete = sheet.complete(part.history.vocabulary)
    matters = tuple(path for path in complete.unknown if path in part.reads)
    raw: Mapping[str, Value] = {"gates": {}, "standards": {}, "thresholds": [], "duties": []}
    if not matters:
        value = part.program.evaluate(nested(complete.values))
        if not isinstance(value, dict) or raw.keys() - value.keys():
            raise RuleError(f"{part.program.entry} does not give {', '.join(sorted(raw))}")
        raw = value
    return Decision(
        framework=part.history.id,
        version=part.id,
        sheet=sheet.name,
        date=sheet.date,
        assumed=complete.assumed,
        unknown=complete.unknown,
        matters=matters,
        gates=_gates(part, raw["gates"], frozenset(complete.assumed)),
        standards=_standards(part, raw["standards"]),
        thresholds=_thresholds(raw["thresholds"]),
        duties=_duties(part, raw["duties"], frozenset(complete.assumed)),
    )


def deadline(part: Slice, standing: Standing) -> str:
    """By when a declared duty falls due, in words; empty where the text sets no time."""
    duty = standing.entry.duty
    if duty is None:
        return ""
    words = []
    if duty.within:
        figure = text(standing.entry.terms[duty.within])
        unit = part.history.terms[duty.within].unit
        words.append(f"within {figure} {unit if figure != '1' else unit.removesuffix('s')}")
    if duty.before:
        words.append(f"before {part.history.rule_set.title(duty.before)}")
    elif duty.precondition_of:
        gates = ", ".join(gate.replace("_", " ") for gate in duty.precondition_of)
        words.append(f"first, to {gates}")
    if duty.standing and not words:
        words.append("at all times")
    return ", ".join(words)


def _gates(part: Slice, value: Value, assumed: frozenset[str]) -> tuple[GateDecision, ...]:
    found = mapping(value)
    decisions = []
    for gate in part.history.scales.gates:
        if gate not in found:
            continue
        item = mapping(found[gate])
        reasons = sorted(
            (_reason(part, mapping(finding), assumed) for finding in items(item["because"])),
            key=lambda reason: (reason.commitment, reason.reason),
        )
        decisions.append(GateDecision(gate, str(item["verdict"]), tuple(reasons)))
    return tuple(decisions)


def _reason(part: Slice, finding: Mapping[str, Value], assumed: frozenset[str]) -> Reason:
    standing: Standing = part[str(finding["commitment"])]
    duty = standing.entry.duty
    waits = duty is not None and finding["gate"] in duty.precondition_of
    return Reason(
        commitment=standing.id,
        section=str(standing.entry.source),
        says=standing.entry.says,
        reason=str(finding["reason"]),
        assumed=duty is not None and waits and duty.done in assumed,
    )


def _standards(part: Slice, value: Value) -> tuple[tuple[str, str], ...]:
    found = mapping(value)
    return tuple(
        (name, str(found[name])) for name in part.history.scales.standards if name in found
    )


def _thresholds(value: Value) -> tuple[ThresholdDecision, ...]:
    found = [
        ThresholdDecision(
            str(item["commitment"]), str(item["threshold"]), str(item.get("subject", ""))
        )
        for item in map(mapping, items(value))
    ]
    return tuple(sorted(found, key=lambda item: (item.commitment, item.subject)))


def _duties(part: Slice, value: Value, assumed: frozenset[str]) -> tuple[DutyDecision, ...]:
    order = list(part.history.scales.statuses)
    forces = list(part.history.scales.forces)
    found = []
    for item in map(mapping, items(value)):
        standing: Standing = part[str(item["commitment"])]
        duty = standing.entry.duty
        found.append(
            DutyDecision(
                commitment=standing.id,
                title=standing.commitment.title,
                status=str(item["status"]),
                force=standing.entry.force,
                who=standing.entry.actor,
                by=deadline(part, standing),
                section=str(standing.entry.source),
                assumed=duty is not None and duty.done in assumed,
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda duty: (
                order.index(duty.status),
                forces.index(duty.force),
                duty.commitment,
            ),
        )
    )
