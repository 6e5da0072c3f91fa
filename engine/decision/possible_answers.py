"""The answers of a version's circuit, named as the parts of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rsp_policy.engine.bdd.path_conditions import PathCondition
from rsp_policy.engine.circuit.circuits import Answer, Circuit
from rsp_policy.engine.errors import RuleError, UnknownNameError
from rsp_policy.engine.ir.constants import Object, plain
from rsp_policy.engine.records.scales import Scales

from .findings import DutyFinding, GateFinding, ThresholdFinding
from .outcome import duty_finding, gate_finding, threshold_finding


@dataclass(frozen=True, slots=True)
class GateAnswers:
    """All that a version can say about one gate.

    Attributes:
        verdict: Its possible verdicts.
        because: Every finding that can reach a verdict, with the answer of whether it does.
    """

    verdict: Answer
    because: tuple[tuple[GateFinding, Answer], ...]


@dataclass(frozen=True, slots=True)
class PossibleAnswers:
    """All that a version can decide, whatever the facts are."""

    gates: Mapping[str, GateAnswers]
    standards: Mapping[str, Answer]
    thresholds: tuple[tuple[ThresholdFinding, Answer], ...]
    duties: tuple[tuple[DutyFinding, Answer], ...]

    def gate(self, name: str) -> GateAnswers:
        """The answers about one gate.

        Raises:
            UnknownNameError: If there is no such gate.
        """
        if name not in self.gates:
            raise UnknownNameError("gate", name, self.gates)
        return self.gates[name]


def possible_answers(circuit: Circuit, scales: Scales) -> PossibleAnswers:
    """The answers of a circuit whose entry point gives a decision.

    Raises:
        RuleError: If it gives something else.
    """
    verdicts: dict[str, Answer] = {}
    because: dict[str, list[tuple[GateFinding, Answer]]] = {}
    standards: dict[str, Answer] = {}
    thresholds: list[tuple[ThresholdFinding, Answer]] = []
    duties: list[tuple[DutyFinding, Answer]] = []
    for answer in circuit.answers:
        match answer.path:
            case ("gates", str(gate), "verdict"):
                verdicts[gate] = answer
            case ("gates", str(gate), "because", Object() as member):
                because.setdefault(gate, []).append((gate_finding(plain(member), scales), answer))
            case ("standards", str(name)):
                standards[name] = answer
            case ("thresholds", Object() as member):
                thresholds.append((threshold_finding(plain(member), scales), answer))
            case ("duties", Object() as member):
                duties.append((duty_finding(plain(member), scales), answer))
            case _:
                raise RuleError(
                    f"{circuit.entrypoint} gives {answer.name}, which is no part of a decision"
                )
    gates = {
        gate: GateAnswers(answer, tuple(because.get(gate, ()))) for gate, answer in verdicts.items()
    }
    return PossibleAnswers(gates, standards, tuple(thresholds), tuple(duties))


def holds(answer: Answer) -> PathCondition:
    """The path condition under which a finding is there."""
    return next(pc for value, pc in answer.values if value is not None)
