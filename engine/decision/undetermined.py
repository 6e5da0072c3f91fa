"""What a version decides while facts are unknown, in the shape in which rules give a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rsp_policy.engine.circuit.circuits import Answer
from rsp_policy.engine.files.documents import Value, mapping
from rsp_policy.engine.ir.constants import Object, plain

from .completions import Completions, Possible

if TYPE_CHECKING:
    from rsp_policy.engine.facts.bounds import Limits
    from rsp_policy.engine.framework.history import Slice


def partly(
    part: Slice,
    known: Mapping[str, Value],
    unknown: Iterable[str],
    limits: Mapping[str, Limits] | None = None,
) -> dict[str, Value]:
    """The decision of a version with what is possible in the place of what is unknown.

    Gates have `possible` verdicts and what `matters` to them, findings say whether they are
    `certain`, standards have a list of levels where several are possible, duties have `possible`
    statuses.

    Args:
        known: A value for every fact; those of unknown ones play no part.
        limits: What is known of some unknown facts.

    Raises:
        UsageError: If the limits leave no value.
        BudgetError: If the diagrams outgrow their budget.
    """
    circuit = part.circuit
    with circuit.guards.bounded(guard for a in circuit.answers for _, guard in a.values):
        return _partly(part, Completions(circuit, known, unknown, limits))


def _partly(part: Slice, completions: Completions) -> dict[str, Value]:
    groups: dict[str, list[Possible]] = {}
    for answer in part.circuit.answers:
        groups.setdefault(_kind(answer), []).append(completions.possible(answer))
    verdicts = groups.get("verdict", [])
    others = [
        *groups.get("standards", []),
        *groups.get("thresholds", []),
        *groups.get("duties", []),
    ]
    undecided = [item for item in verdicts if not item.certain]
    first = completions.matters(undecided)
    every = completions.matters(undecided + [item for item in others if not item.certain])
    return {
        "matters": [
            *(fact for fact in first if fact in every),
            *(f for f in every if f not in first),
        ],
        "gates": {
            str(item.answer.path[1]): _gate(part, item, groups.get("because", []), completions)
            for item in verdicts
        },
        "standards": {
            str(item.answer.path[1]): _levels(part, item) for item in groups.get("standards", [])
        },
        "thresholds": [
            {**_finding(item), "certain": item.certain}
            for item in groups.get("thresholds", [])
            if _occurs(item)
        ],
        "duties": _duties(part, groups.get("duties", [])),
    }


def _kind(answer: Answer) -> str:
    """Which part of a decision an answer belongs to."""
    return str(answer.path[2] if answer.path[0] == "gates" else answer.path[0])


def _occurs(item: Possible) -> bool:
    return any(value is not None for value, _ in item.values)


def _finding(item: Possible) -> dict[str, Value]:
    member = item.answer.path[-1]
    assert isinstance(member, Object)
    return dict(mapping(plain(member)))


def _gate(
    part: Slice, verdict: Possible, because: Iterable[Possible], completions: Completions
) -> Value:
    gate = verdict.answer.path[1]
    order = list(part.history.scales.verdicts)
    possible = sorted((_text(value) for value, _ in verdict.values), key=order.index)
    return {
        "possible": list(possible),
        "matters": list(completions.matters([verdict])) if not verdict.certain else [],
        "because": [
            {**_finding(item), "certain": item.certain}
            for item in because
            if item.answer.path[1] == gate and _occurs(item)
        ],
    }


def _levels(part: Slice, item: Possible) -> Value:
    levels = [_text(value) if value is not None else "none" for value, _ in item.values]
    order = ["none", *part.history.scales.levels]
    levels.sort(key=order.index)
    if len(levels) == 1:
        return levels[0] if levels[0] != "none" else None
    return list(levels)


def _duties(part: Slice, members: Sequence[Possible]) -> list[Value]:
    """The duties that may arise, each with the statuses that it may have."""
    found: dict[str, dict[str, Value]] = {}
    statuses: dict[str, list[str]] = {}
    always: set[str] = set()
    for item in members:
        if _occurs(item):
            finding = _finding(item)
            commitment = str(finding["commitment"])
            found.setdefault(commitment, finding)
            statuses.setdefault(commitment, []).append(str(finding["status"]))
            if item.certain:
                always.add(commitment)
    order = [*part.history.scales.statuses, "none"]
    duties: list[Value] = []
    for commitment, finding in found.items():
        possible = sorted(set(statuses[commitment]), key=order.index)
        covered = commitment in always or _exhaustive(members, commitment)
        duties.append({**finding, "possible": [*possible, *([] if covered else ["none"])]})
    return duties


def _exhaustive(members: Sequence[Possible], commitment: str) -> bool:
    """Whether in every completion some status of a duty holds."""
    missing = None
    for item in members:
        if _finding(item)["commitment"] == commitment:
            absent = next((diagram for value, diagram in item.values if value is None), None)
            if absent is None:
                return True
            missing = absent if missing is None else missing & absent
    return missing is not None and not missing.satisfiable()


def _text(value: object) -> str:
    assert isinstance(value, str)
    return value
