"""What one version decides about one fact sheet: verdicts, standards, thresholds, duties."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from rsp_policy.engine.errors import UnknownNameError
from rsp_policy.engine.facts.sheets import Completed, FactSheet
from rsp_policy.engine.files.documents import Value, written
from rsp_policy.engine.records.history import Slice, Standing

from .findings import GateFinding
from .outcome import NOTHING, Outcome

UNDETERMINED = "undetermined"
"""In the place of a verdict or status of which several are possible."""


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


def decision_of(
    outcome: Outcome,
    part: Slice,
    titles: Mapping[str, str],
    sheet: FactSheet,
    complete: Completed,
) -> Decision:
    """A decision from what rules give: each finding with the record that it rests on.

    Args:
        part: The records of the version.
        titles: The titles of conditions by name.
    """
    assumed = frozenset(complete.assumed)
    return Decision(
        framework=part.history.id,
        version=part.id,
        sheet=sheet.name,
        date=sheet.date,
        assumed=complete.assumed,
        unknown=complete.unknown,
        matters=outcome.matters,
        gates=_gates(outcome, part, assumed),
        standards=tuple(
            (name, " or ".join(possible))
            for name in part.history.scales.standards
            if (possible := outcome.standards.get(name, (NOTHING,))) != (NOTHING,)
        ),
        thresholds=_thresholds(outcome),
        duties=_duties(outcome, part, titles, assumed),
    )


def deadline(part: Slice, standing: Standing, titles: Mapping[str, str]) -> str:
    """By when a declared duty falls due, in words; empty where the text sets no time."""
    duty = standing.entry.duty
    if duty is None:
        return ""
    words = []
    if duty.within:
        figure = written(standing.entry.terms[duty.within])
        unit = part.history.terms[duty.within].unit
        words.append(f"within {figure} {unit if figure != '1' else unit.removesuffix('s')}")
    if duty.before:
        words.append(f"before {titles[duty.before]}")
    elif duty.precondition_of:
        gates = ", ".join(gate.replace("_", " ") for gate in duty.precondition_of)
        words.append(f"first, to {gates}")
    if duty.practice and not words:
        words.append("at all times")
    return ", ".join(words)


def _gates(outcome: Outcome, part: Slice, assumed: frozenset[str]) -> tuple[GateDecision, ...]:
    decisions = []
    for gate in part.history.scales.gates:
        if gate not in outcome.gates:
            continue
        item = outcome.gates[gate]
        reasons = [_reason(part, found, assumed, certain=sure) for found, sure in item.because]
        reasons.sort(key=lambda reason: (reason.commitment, reason.reason))
        verdict = _one(item.possible)
        decisions.append(GateDecision(gate, verdict, tuple(reasons), item.possible, item.matters))
    return tuple(decisions)


def _one(possible: tuple[str, ...]) -> str:
    return possible[0] if len(possible) == 1 else UNDETERMINED


def _reason(part: Slice, found: GateFinding, assumed: frozenset[str], *, certain: bool) -> Reason:
    standing = part[found.commitment]
    duty = standing.entry.duty
    waits = duty is not None and found.gate in duty.precondition_of
    return Reason(
        commitment=standing.id,
        section=str(standing.place),
        says=standing.entry.says,
        reason=found.reason,
        verdict=found.verdict,
        assumed=duty is not None and waits and duty.done in assumed,
        certain=certain,
    )


def _thresholds(outcome: Outcome) -> tuple[ThresholdDecision, ...]:
    found = [
        ThresholdDecision(item.commitment, item.status, item.subject, certain)
        for item, certain in outcome.thresholds
    ]
    return tuple(sorted(found, key=lambda item: (item.commitment, item.subject)))


def _duties(
    outcome: Outcome, part: Slice, titles: Mapping[str, str], assumed: frozenset[str]
) -> tuple[DutyDecision, ...]:
    scales = part.history.scales
    order = [UNDETERMINED, *scales.statuses]
    forces = list(scales.forces)
    found = []
    for commitment, possible in outcome.duties:
        standing = part[commitment]
        duty = standing.entry.duty
        found.append(
            DutyDecision(
                commitment=standing.id,
                title=standing.title,
                status=_one(possible),
                possible=possible,
                force=standing.entry.force,
                who=standing.entry.actor,
                by=deadline(part, standing, titles),
                section=str(standing.place),
                assumed=duty is not None and duty.done in assumed,
            )
        )
    found.sort(
        key=lambda duty: (order.index(duty.status), forces.index(duty.force), duty.commitment)
    )
    return tuple(found)
