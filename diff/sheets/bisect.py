"""Which version first changed an answer, and the commitments that did it.

The blame is found by trial: of all that a version changed, a smallest set of commitments is sought
that turns the old answer into the new one by itself, all others standing as they stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rsp_policy.diff.records.changes import CommitmentChange, record_diff
from rsp_policy.engine.decision.completions import Completions
from rsp_policy.engine.decision.decisions import GateDecision
from rsp_policy.engine.decision.possible_answers import possible_answers
from rsp_policy.engine.facts.sheets import Completed, FactSheet
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.policy import Framework, PolicyVersion
from rsp_policy.engine.records.versions import Version


@dataclass(frozen=True, slots=True)
class Turn:
    """A version that changed the answer.

    Attributes:
        was: The decision of the version before.
        now: Its own decision.
        blame: The changes that turn the one answer into the other by themselves; leaving any one of
            them out does not.
    """

    old: Version
    new: Version
    was: GateDecision
    now: GateDecision
    blame: tuple[CommitmentChange, ...]


@dataclass(frozen=True, slots=True)
class Bisection:
    """The answers of all versions about one gate, and the versions that changed it."""

    sheet: FactSheet
    gate: str
    answers: tuple[tuple[Version, GateDecision], ...]
    turns: tuple[Turn, ...]


def bisect(
    history: Framework,
    sheet: FactSheet,
    gate: str,
    *,
    since: str | None = None,
    until: str | None = None,
    every: bool = False,
) -> Bisection:
    """The first version that changed the answer about a gate, or every one that did.

    Args:
        since: The version to start from; the oldest by default.
        until: The version to stop at; the newest by default.
        every: Whether all changes of the answer are explained, and not only the first.

    Raises:
        UnknownNameError: If there is no such gate or version.
        UsageError: If `since` does not come before `until`.
    """
    gate = history.scales.gate(gate)
    parts = history.between(since, until)
    found = [part.decide(sheet).gate(gate) for part in parts]
    turns: list[Turn] = []
    for (old, was), (new, now) in pairwise(zip(parts, found, strict=True)):
        if was.possible != now.possible and (every or not turns):
            turns.append(Turn(old.version, new.version, was, now, blame(old, new, sheet, gate)))
    answers = tuple((part.version, decision) for part, decision in zip(parts, found, strict=True))
    return Bisection(sheet, gate, answers, tuple(turns))


def blame(
    old: PolicyVersion, new: PolicyVersion, sheet: FactSheet, gate: str
) -> tuple[CommitmentChange, ...]:
    """The changes that by themselves turn the answer of one version into that of another.

    Empty where both answer alike.
    """
    complete = sheet.complete(old.history.vocabulary)
    wanted = answer(new, complete, gate)
    if answer(old, complete, gate) == wanted:
        return ()
    changes = {change.id: change for change in record_diff(old, new)}

    def turns(chosen: Iterable[str]) -> bool:
        return answer(old.altered(new, chosen), complete, gate) == wanted

    candidates = [id for id in changes if _bears_on(id, gate, old, new)]
    return tuple(changes[id] for id in ddmin(candidates, turns))


def answer(part: PolicyVersion, complete: Completed, gate: str) -> tuple[str, ...]:
    """The verdicts that are possible under a version, which may be an altered one."""
    known: Mapping[str, Sequence[Value]] = {
        path: [value] for path, value in complete.values.items() if path not in complete.unknown
    }
    circuit = part.lifted(known)
    with circuit.pcs.bounded(pc for a in circuit.answers for _, pc in a.values):
        completions = Completions(circuit, complete.values, complete.unknown, complete.limits)
        verdict = possible_answers(circuit, part.history.scales).gate(gate).verdict
        return tuple(sorted(str(value) for value, _ in completions.possible(verdict).values))


def ddmin(items: Sequence[str], holds: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """A subset for which something holds and of which no single item can be left out.

    This is the delta debugging algorithm of Zeller and Hildebrandt (Simplifying and Isolating
    Failure-Inducing Input, 2002) by complements: ever smaller stretches are left out.

    Args:
        holds: True of all the items together.

    >>> ddmin("abcdefgh", lambda kept: {"b", "g"} <= set(kept))
    ('b', 'g')
    """
    kept = list(items)
    size = max(len(kept) // 2, 1)
    while True:
        start, shorter = 0, False
        while start < len(kept):
            trial = kept[:start] + kept[start + size :]
            if holds(trial):
                kept, shorter = trial, True
            else:
                start += size
        if size == 1 and not shorter:
            return tuple(kept)
        size = max(size // 2, 1)


def _bears_on(id: str, gate: str, old: PolicyVersion, new: PolicyVersion) -> bool:
    """Whether a commitment can bear on a gate: a rule executes it, or the gate waits for it."""
    rules = old.history.rule_set
    if id in rules.commitments or id in rules.used_by_conditions:
        return True
    standing = [part.standing[id].entry for part in (old, new) if id in part.standing]
    return any(entry.duty and gate in entry.duty.precondition_of for entry in standing)
