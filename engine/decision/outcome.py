"""Outcomes: what rules decide, typed, with all that is possible where facts are unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rsp_policy.engine.errors import RuleError
from rsp_policy.engine.files.documents import Value, items, mapping
from rsp_policy.engine.records.scales import Scales

from .findings import DutyFinding, GateFinding, ThresholdFinding, finding

NOTHING = "none"
"""The level of a standard that is not asked for, and the status of a duty that does not arise."""

PARTS = ("gates", "standards", "thresholds", "duties")
"""The parts of a decision, by the keys under which rules give them."""


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """What is decided on one gate.

    Attributes:
        possible: The verdicts that some completion of the facts gives, the mildest first.
        because: The findings that reach one of them, and whether each holds in every completion.
        matters: The unknown facts that settle the verdict, most decisive first.
    """

    possible: tuple[str, ...]
    because: tuple[tuple[GateFinding, bool], ...]
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the rules of a version decide about some facts.

    Attributes:
        standards: The possible levels of each standard, `none` among them.
        thresholds: Each with whether it holds in every completion.
        duties: Each commitment with the possible statuses of its duty, `none` among them.
        matters: The unknown facts that settle everything.
    """

    gates: Mapping[str, GateOutcome]
    standards: Mapping[str, tuple[str, ...]]
    thresholds: tuple[tuple[ThresholdFinding, bool], ...]
    duties: tuple[tuple[str, tuple[str, ...]], ...]
    matters: tuple[str, ...] = ()


def outcome(value: Value, scales: Scales) -> Outcome:
    """The outcome in what rules give for complete facts.

    Raises:
        RuleError: If a part is missing, or a finding is none.
    """
    found = mapping(value)
    if missing := [part for part in PARTS if part not in found]:
        raise RuleError(f"the rules do not give {', '.join(missing)}")
    gates = {
        gate: GateOutcome(
            (str(mapping(item)["verdict"]),),
            tuple((gate_finding(each, scales), True) for each in items(mapping(item)["because"])),
        )
        for gate, item in mapping(found["gates"]).items()
    }
    standards = {name: (str(level),) for name, level in mapping(found["standards"]).items()}
    thresholds = tuple(
        (threshold_finding(each, scales), True) for each in items(found["thresholds"])
    )
    duties = [duty_finding(each, scales) for each in items(found["duties"])]
    pairs = tuple((duty.commitment, (duty.status,)) for duty in duties)
    return Outcome(gates, standards, thresholds, pairs)


def gate_finding(value: Value, scales: Scales) -> GateFinding:
    """A finding about a gate."""
    found = finding(value, scales)
    assert isinstance(found, GateFinding)
    return found


def threshold_finding(value: Value, scales: Scales) -> ThresholdFinding:
    """A finding about a threshold."""
    found = finding(value, scales)
    assert isinstance(found, ThresholdFinding)
    return found


def duty_finding(value: Value, scales: Scales) -> DutyFinding:
    """A finding about a duty."""
    found = finding(value, scales)
    assert isinstance(found, DutyFinding)
    return found
