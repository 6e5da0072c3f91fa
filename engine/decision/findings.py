"""Findings: what one rule says about one set of facts, decoded and checked in one place.

A finding is an object with one of four shapes, told apart by its keys: a verdict on a gate, a level
of a standard, the status of a threshold, the status of a duty. Every word in it stands on a scale
of the framework; a word that does not is an error and never a finding less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rsp_policy.engine.errors import RuleError, alternatives
from rsp_policy.engine.files.documents import Value, mapping
from rsp_policy.engine.records.scales import Scales


@dataclass(frozen=True, slots=True)
class GateFinding:
    """A verdict that a commitment asks for on a gate, and why."""

    commitment: str
    gate: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class StandardFinding:
    """A level of a standard that a commitment asks for."""

    commitment: str
    standard: str
    level: str


@dataclass(frozen=True, slots=True)
class ThresholdFinding:
    """What a commitment says of its threshold, for one subject of several or for the whole."""

    commitment: str
    status: str
    subject: str


@dataclass(frozen=True, slots=True)
class DutyFinding:
    """The status of what a commitment requires."""

    commitment: str
    status: str


Finding: TypeAlias = GateFinding | StandardFinding | ThresholdFinding | DutyFinding

SHAPES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "gate": (frozenset({"gate", "verdict", "reason"}), frozenset()),
    "standard": (frozenset({"standard", "level"}), frozenset()),
    "threshold": (frozenset({"threshold"}), frozenset({"subject"})),
    "status": (frozenset({"status"}), frozenset()),
}
"""By the key that tells it: the keys that a finding must have, and those that it may have."""

ORIGIN = ("commitment", "force", "who")
"""The keys that the library adds to every finding."""


class FindingError(RuleError):
    """A finding with a key or a word that is on no scale.

    Attributes:
        commitment: The commitment whose rule gives it.
        word: The key or word as the rule spells it.
    """

    def __init__(self, commitment: str, word: str, message: str) -> None:
        self.commitment = commitment
        self.word = word
        self.message = message
        super().__init__(f"the rule of {commitment}: {message}")


def finding(value: Value, scales: Scales) -> Finding:
    """The finding in what a rule gives.

    Raises:
        FindingError: If a key is missing or unknown, or a word is on no scale.
    """
    found = mapping(value)
    origin = str(found.get("commitment", ""))
    own = {key: item for key, item in found.items() if key not in ORIGIN}
    shape = next((key for key in SHAPES if key in own), None)
    if shape is None:
        words = ", ".join(own) or "nothing"
        told = f"a finding says {words}; one of {', '.join(SHAPES)} is wanted"
        raise FindingError(origin, next(iter(own), ""), told)
    wanted, optional = SHAPES[shape]
    for key in own.keys() - wanted - optional:
        near = alternatives(key, sorted(wanted | optional))
        raise FindingError(origin, key, f"unknown key `{key}` in a finding about a {shape}{near}")
    for key in sorted(wanted - own.keys()):
        raise FindingError(origin, shape, f"a finding about a {shape} lacks `{key}`")
    for key, known in scales.words.items():
        word = found.get(key)
        if word is not None and str(word) not in known:
            message = f"unknown {key} `{word}`{alternatives(str(word), known)}"
            raise FindingError(origin, str(word), message)
    match shape:
        case "gate":
            return GateFinding(origin, str(own["gate"]), str(own["verdict"]), str(own["reason"]))
        case "standard":
            return StandardFinding(origin, str(own["standard"]), str(own["level"]))
        case "threshold":
            return ThresholdFinding(origin, str(own["threshold"]), str(own.get("subject", "")))
    return DutyFinding(origin, str(own["status"]))
