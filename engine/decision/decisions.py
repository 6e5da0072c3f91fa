"""What one version decides about one fact sheet: verdicts, standards, thresholds, duties."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import RuleError, UnknownNameError, UsageError
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.documents import Value, items, mapping, texts
from rsp_policy.engine.records.direction import text

if TYPE_CHECKING:
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.framework.history import Slice, Standing


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding that reaches a verdict, with the passage it rests on.

    Attributes:
        verdict: The verdict that it asks for.
        assumed: Whether it says that an act is missing only because the sheet is silent about it.
        certain: Whether it holds whatever the unknown facts are.
    """

    commitment: str
    section: str
    says: str
    reason: str
    verdict: str
    assumed: bool
    certain: bool = True


@dataclass(frozen=True, slots=True)
class GateDecision:
    """The verdict on a gate and the findings that reach it.

    Attributes:
        verdict: The verdict, or `undetermined`.
        possible: The verdicts that some completion of the unknown facts gives.
        matters: The unknown facts that settle the verdict, most decisive first.
    """

    gate: str
    verdict: str
    because: tuple[Reason, ...]
    possible: tuple[str, ...]
    matters: tuple[str, ...] = ()

    @property
    def determined(self) -> bool:
        """Whether only one verdict is possible."""
        return len(self.possible) == 1


@dataclass(frozen=True, slots=True)
class ThresholdDecision:
    """A threshold that counts as reached, or that could not be ruled out.

    Attributes:
        certain: Whether it does so whatever the unknown facts are.
    """

    commitment: str
    status: str
    subject: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DutyDecision:
    """Something that the version requires of somebody in these circumstances.

    Attributes:
        status: Its status, or `undetermined`.
        possible: The statuses that some completion of the unknown facts gives; `none` where the
            duty does not arise.
    """

    commitment: str
    title: str
    status: str
    possible: tuple[str, ...]
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
        matters: The smallest set of unknown facts that settles verdicts, standards, thresholds and
            duties, most decisive first; empty where all completions agree.
        standards: Each standard with its level, or with its possible levels joined by `or`.
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
            UnknownNameError: If there is no such gate.
        """
        for gate in self.gates:
            if gate.gate == name:
                return gate
        raise UnknownNameError("gate", name, [gate.gate for gate in self.gates])

    def duty(self, commitment: str) -> DutyDecision | None:
        """The duty of one commitment, if it is triggered."""
        return next((duty for duty in self.duties if duty.commitment == commitment), None)

    def __str__(self) -> str:
        verdicts = ", ".join(f"{gate.gate} {' or '.join(gate.possible)}" for gate in self.gates)
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
                    "possible": list(gate.possible),
                    "matters": list(gate.matters),
                    "because": [
                        {
                            "commitment": reason.commitment,
                            "section": reason.section,
                            "says": reason.says,
                            "reason": reason.reason,
                            "verdict": reason.verdict,
                            "assumed": reason.assumed,
                            "certain": reason.certain,
                        }
                        for reason in gate.because
                    ],
                }
                for gate in self.gates
            },
            "standards": dict(self.standards),
            "thresholds": [
                {
                    "commitment": item.commitment,
                    "status": item.status,
                    "subject": item.subject,
                    "certain": item.certain,
                }
                for item in self.thresholds
            ],
            "duties": [
                {
                    "commitment": duty.commitment,
                    "title": duty.title,
                    "status": duty.status,
                    "possible": list(duty.possible),
                    "force": duty.force,
                    "who": duty.who,
                    "by": duty.by,
                    "section": duty.section,
                    "assumed": duty.assumed,
                }
                for duty in self.duties
            ],
        }


ENGINES = ("circuit", "rego")
"""How a decision is reached: by the version's circuit, or by regopy's evaluation of its rules."""


def decide(part: Slice, sheet: FactSheet, engine: str = "circuit") -> Decision:
    """Evaluate a sheet under one version.

    Args:
        engine: One of `ENGINES`.

    Raises:
        RuleError: If the rules break their contract.
        UsageError: If regopy is asked while the sheet leaves facts unknown that the rules read.
    """
    complete = sheet.complete(part.history.vocabulary)
    unknown = [path for path in complete.unknown if path in part.reads]
    if unknown and engine == "circuit":
        from .undetermined import partly

        raw: Mapping[str, Value] = partly(part, complete.values, complete.unknown, complete.limits)
    elif unknown:
        raise UsageError(f"the Rego engine needs a value for {', '.join(unknown)}")
    else:
        raw = _raw(part, complete.values, engine)
    assumed = frozenset(complete.assumed)
    return Decision(
        framework=part.history.id,
        version=part.id,
        sheet=sheet.name,
        date=sheet.date,
        assumed=complete.assumed,
        unknown=complete.unknown,
        matters=texts(raw.get("matters", [])),
        gates=_gates(part, raw["gates"], assumed),
        standards=_standards(part, raw["standards"]),
        thresholds=_thresholds(raw["thresholds"]),
        duties=_duties(part, raw["duties"], assumed),
    )


def _raw(part: Slice, values: Mapping[str, Value], engine: str) -> Mapping[str, Value]:
    """The value of `decision` for complete facts."""
    value = part.decider(values) if engine == "circuit" else part.program.evaluate(nested(values))
    wanted = {"gates", "standards", "thresholds", "duties"}
    if not isinstance(value, dict) or wanted - value.keys():
        raise RuleError(f"{part.history.entry} does not give {', '.join(sorted(wanted))}")
    return value


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
        words.append(f"before {part.history.condition_titles[duty.before]}")
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
        possible = texts(item.get("possible") or [item["verdict"]])
        verdict = possible[0] if len(possible) == 1 else "undetermined"
        matters = texts(item.get("matters", []))
        decisions.append(GateDecision(gate, verdict, tuple(reasons), possible, matters))
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
        verdict=str(finding["verdict"]),
        assumed=duty is not None and waits and duty.done in assumed,
        certain=bool(finding.get("certain", True)),
    )


def _standards(part: Slice, value: Value) -> tuple[tuple[str, str], ...]:
    found = mapping(value)
    return tuple(
        (name, " or ".join(texts(level)) if isinstance(level, list) else str(level))
        for name in part.history.scales.standards
        if (level := found.get(name)) is not None
    )


def _thresholds(value: Value) -> tuple[ThresholdDecision, ...]:
    found = [
        ThresholdDecision(
            str(item["commitment"]),
            str(item["threshold"]),
            str(item.get("subject", "")),
            bool(item.get("certain", True)),
        )
        for item in map(mapping, items(value))
    ]
    return tuple(sorted(found, key=lambda item: (item.commitment, item.subject)))


def _duties(part: Slice, value: Value, assumed: frozenset[str]) -> tuple[DutyDecision, ...]:
    order = ["undetermined", *part.history.scales.statuses]
    forces = list(part.history.scales.forces)
    found = []
    for item in map(mapping, items(value)):
        standing: Standing = part[str(item["commitment"])]
        duty = standing.entry.duty
        possible = texts(item.get("possible") or [item["status"]])
        found.append(
            DutyDecision(
                commitment=standing.id,
                title=standing.title,
                status=possible[0] if len(possible) == 1 else "undetermined",
                possible=possible,
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
