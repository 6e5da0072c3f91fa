"""The questions that versions of a framework answer: gates, standards and duties."""

from __future__ import annotations

from collections.abc import Iterator

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard
from rsp_policy.engine.circuit.circuits import Answer, Circuit
from rsp_policy.engine.framework.history import Slice
from rsp_policy.engine.ir.constants import Object

from .sides import NOTHING, Question, Reason, Side


def side_of(part: Slice, circuit: Circuit | None = None) -> Side:
    """A version as one side of a complete diff.

    Args:
        circuit: Its circuit under assumptions; the whole one by default.
    """
    circuit = circuit or part.circuit
    questions = {
        question.name: question
        for questions in (_gates, _standards, _duties)
        for question in questions(part, circuit)
    }
    return Side(part.id, questions, circuit.conditions)


def _of(circuit: Circuit, *start: str) -> Iterator[Answer]:
    for answer in circuit.answers:
        if answer.path[: len(start)] == start:
            yield answer


def _finding(answer: Answer) -> Object:
    member = answer.path[-1]
    assert isinstance(member, Object)
    return member


def _holds(answer: Answer) -> Guard:
    return next(guard for value, guard in answer.values if value is not None)


def _gates(part: Slice, circuit: Circuit) -> Iterator[Question]:
    order = tuple(part.history.scales.verdicts)
    reasons: dict[str, list[Reason]] = {}
    verdicts: dict[str, dict[str, Guard]] = {}
    for answer in _of(circuit, "gates"):
        gate = str(answer.path[1])
        if answer.path[2] == "verdict":
            verdicts[gate] = {str(value): guard for value, guard in answer.values}
        else:
            finding = _finding(answer)
            commitment, says = str(finding["commitment"]), str(finding["reason"])
            reason = Reason(str(finding["verdict"]), commitment, says, _holds(answer))
            reasons.setdefault(gate, []).append(reason)
    for gate, answers in verdicts.items():
        yield Question(gate, "gate", answers, order, tuple(reasons.get(gate, ())))


def _standards(part: Slice, circuit: Circuit) -> Iterator[Question]:
    order = (NOTHING, *part.history.scales.levels)
    for answer in _of(circuit, "standards"):
        name = str(answer.path[1])
        answers = {str(value or NOTHING): guard for value, guard in answer.values}
        yield Question(f"{name} standard", "standard", answers, order)


def _duties(part: Slice, circuit: Circuit) -> Iterator[Question]:
    """One question for each commitment with a duty; of several statuses the worst one counts."""
    guards = circuit.guards
    statuses = tuple(part.history.scales.statuses)
    order = (NOTHING, *reversed(statuses))
    found: dict[str, dict[str, Guard]] = {}
    for answer in _of(circuit, "duties"):
        finding = _finding(answer)
        held = found.setdefault(str(finding["commitment"]), {})
        status = str(finding["status"])
        held[status] = guards.either(held.get(status, NEVER), _holds(answer))
    for commitment, held in sorted(found.items()):
        answers: dict[str, Guard] = {}
        free = ALWAYS
        for status in statuses:
            guard = guards.both(held.get(status, NEVER), free)
            if guard != NEVER:
                answers[status] = guard
                free = guards.both(free, guard ^ 1)
        if free != NEVER:
            answers[NOTHING] = free
        yield Question(commitment, "duty", answers, order, ())
