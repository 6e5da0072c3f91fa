"""The questions that versions of a framework answer: gates, standards and duties."""

from __future__ import annotations

from collections.abc import Iterator

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition
from rsp_policy.engine.circuit.circuits import Circuit
from rsp_policy.engine.decision.possible_answers import PossibleAnswers, holds, possible_answers
from rsp_policy.engine.framework.policy import PolicyVersion

from .sides import NOTHING, Cause, Question, Side


def side_of(part: PolicyVersion, circuit: Circuit | None = None) -> Side:
    """A version as one side of a complete diff.

    Args:
        circuit: Its circuit under assumptions; the whole one by default.
    """
    if circuit is None:
        circuit, answers = part.circuit, part.answers
    else:
        answers = possible_answers(circuit, part.history.scales)
    questions = [*_gates(part, answers), *_standards(part, answers), *_duties(part, answers)]
    return Side(part.id, {question.name: question for question in questions}, circuit.conditions)


def _gates(part: PolicyVersion, answers: PossibleAnswers) -> Iterator[Question]:
    order = tuple(part.history.scales.verdicts)
    for gate, item in answers.gates.items():
        verdicts = {str(value): pc for value, pc in item.verdict.values}
        causes = [
            Cause(found.verdict, found.commitment, found.reason, holds(answer))
            for found, answer in item.because
        ]
        yield Question(gate, "gate", verdicts, order, tuple(causes))


def _standards(part: PolicyVersion, answers: PossibleAnswers) -> Iterator[Question]:
    order = (NOTHING, *part.history.scales.levels)
    for name, answer in answers.standards.items():
        levels = {str(value or NOTHING): pc for value, pc in answer.values}
        yield Question(f"{name} standard", "standard", levels, order)


def _duties(part: PolicyVersion, answers: PossibleAnswers) -> Iterator[Question]:
    """One question for each commitment with a duty; of several statuses the worst one counts."""
    pcs = part.history.lifting.pcs
    statuses = tuple(part.history.scales.statuses)
    order = (NOTHING, *reversed(statuses))
    found: dict[str, dict[str, PathCondition]] = {}
    for duty, answer in answers.duties:
        held = found.setdefault(duty.commitment, {})
        held[duty.status] = pcs.either(held.get(duty.status, NEVER), holds(answer))
    for commitment, held in sorted(found.items()):
        stands: dict[str, PathCondition] = {}
        free = ALWAYS
        for status in statuses:
            pc = pcs.both(held.get(status, NEVER), free)
            if pc != NEVER:
                stands[status] = pc
                free = pcs.both(free, pc ^ 1)
        if free != NEVER:
            stands[NOTHING] = free
        yield Question(commitment, "duty", stands, order, ())
