"""What a version decides while facts are unknown: everything that some completion gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rsp_policy.engine.circuit.circuits import Circuit
from rsp_policy.engine.facts.sheets import Completed
from rsp_policy.engine.records.scales import Scales

from .completions import Completions, Possible
from .findings import DutyFinding
from .outcome import NOTHING, GateOutcome, Outcome
from .possible_answers import GateAnswers, PossibleAnswers


def undetermined(
    circuit: Circuit, answers: PossibleAnswers, scales: Scales, complete: Completed
) -> Outcome:
    """The outcome of a version with what is possible in the place of what is unknown.

    Args:
        answers: All that the circuit can say.
        complete: A value for every fact; those of unknown ones play no part.

    Raises:
        UsageError: If the limits leave no value.
        BudgetError: If the diagrams outgrow their budget.
    """
    with circuit.pcs.bounded(pc for a in circuit.answers for _, pc in a.values):
        completions = Completions(circuit, complete.values, complete.unknown, complete.limits)
        return _outcome(answers, scales, completions)


def _outcome(answers: PossibleAnswers, scales: Scales, completions: Completions) -> Outcome:
    possible = completions.possible
    verdicts = {gate: possible(item.verdict) for gate, item in answers.gates.items()}
    standards = {name: possible(answer) for name, answer in answers.standards.items()}
    thresholds = [(found, possible(answer)) for found, answer in answers.thresholds]
    duties = [(found, possible(answer)) for found, answer in answers.duties]
    undecided = _open(verdicts.values())
    others = (*standards.values(), *(item for _, item in thresholds), *(item for _, item in duties))
    first = completions.matters(undecided)
    every = completions.matters([*undecided, *_open(others)])
    return Outcome(
        gates={
            gate: _gate(item, verdicts[gate], scales, completions)
            for gate, item in answers.gates.items()
        },
        standards={name: _levels(item, scales) for name, item in standards.items()},
        thresholds=tuple((found, item.certain) for found, item in thresholds if _occurs(item)),
        duties=tuple(_duties(duties, scales)),
        matters=(
            *(fact for fact in first if fact in every),
            *(fact for fact in every if fact not in first),
        ),
    )


def _open(found: Iterable[Possible]) -> list[Possible]:
    return [item for item in found if not item.certain]


def _occurs(item: Possible) -> bool:
    return any(value is not None for value, _ in item.values)


def _gate(
    answers: GateAnswers, verdict: Possible, scales: Scales, completions: Completions
) -> GateOutcome:
    because = [(found, completions.possible(answer)) for found, answer in answers.because]
    return GateOutcome(
        possible=tuple(sorted(_words(verdict), key=list(scales.verdicts).index)),
        because=tuple((found, item.certain) for found, item in because if _occurs(item)),
        matters=() if verdict.certain else completions.matters([verdict]),
    )


def _levels(item: Possible, scales: Scales) -> tuple[str, ...]:
    return tuple(sorted(_words(item), key=[NOTHING, *scales.levels].index))


def _words(item: Possible) -> list[str]:
    return [NOTHING if value is None else str(value) for value, _ in item.values]


def _duties(
    members: Sequence[tuple[DutyFinding, Possible]], scales: Scales
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The duties that may arise, each with the statuses that it may have."""
    statuses: dict[str, list[str]] = {}
    always: set[str] = set()
    for found, item in members:
        if _occurs(item):
            statuses.setdefault(found.commitment, []).append(found.status)
            if item.certain:
                always.add(found.commitment)
    order = list(scales.statuses)
    for commitment, words in statuses.items():
        possible = sorted(set(words), key=order.index)
        covered = commitment in always or _exhaustive(members, commitment)
        yield commitment, (*possible, *([] if covered else [NOTHING]))


def _exhaustive(members: Sequence[tuple[DutyFinding, Possible]], commitment: str) -> bool:
    """Whether in every completion some status of a duty holds."""
    missing = None
    for found, item in members:
        if found.commitment == commitment:
            absent = next((diagram for value, diagram in item.values if value is None), None)
            if absent is None:
                return True
            missing = absent if missing is None else missing & absent
    return missing is not None and not missing.satisfiable()
