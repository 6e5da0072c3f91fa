"""Decisions as reports for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rsp_policy.engine.decision.decisions import (
    UNDETERMINED,
    Decision,
    DutyDecision,
    GateDecision,
    Reason,
)
from rsp_policy.engine.facts.sheets import FactSheet
from rsp_policy.engine.files.documents import written
from rsp_policy.engine.framework.policy import PolicyVersion

from .blocks import Block, Heading, Items, Table, Text

ASSUMED = "* The fact behind it is assumed: the sheet says nothing about it."


def decision_blocks(
    part: PolicyVersion,
    sheet: FactSheet,
    decision: Decision,
    gates: Sequence[str] = (),
    *,
    everything: bool = False,
) -> list[Block]:
    """One decision: gates with reasons, standards, thresholds, open duties, what was assumed.

    Args:
        gates: Only these gates; all by default.
        everything: Whether met duties and assumed facts are listed one by one.
    """
    name = sheet.model or sheet.name
    dated = f", {sheet.date}" if sheet.date else ""
    blocks: list[Block] = [Heading(f"{name}{dated}, under {part.history.title} {part.id}", 1)]
    chosen = [gate for gate in decision.gates if not gates or gate.gate in gates]
    blocks.append(Table(("gate", "verdict", "because"), tuple(map(_gate, chosen))))
    if gates:
        silent = any(reason.assumed for gate in chosen for reason in gate.because)
        wanted = dict.fromkeys(fact for gate in chosen for fact in gate.matters)
        blocks += _wanted(part, tuple(wanted))
        return [*blocks, Text(ASSUMED)] if silent else blocks
    blocks += _wanted(part, decision.matters)
    blocks.append(Text(_summary(part, decision)))
    blocks += _duties(part, decision, everything=everything)
    blocks += _assumed(part, decision, everything=everything)
    return blocks


def gate_because(gate: GateDecision) -> str:
    """The reasons of a verdict on one line, each with its commitment.

    Where several verdicts are possible, each stands with the reasons that would give it.
    """
    if gate.determined:
        return _reasons(gate.because) or "no commitment stands in the way"
    by_verdict = {
        verdict: [r for r in gate.because if r.verdict == verdict] for verdict in gate.possible
    }
    words = [f"{verdict} if {_reasons(found)}" for verdict, found in by_verdict.items() if found]
    return "; or ".join(words)


def _reasons(found: Sequence[Reason]) -> str:
    reasons: dict[str, list[str]] = {}
    for item in found:
        reasons.setdefault(item.reason + "*" * item.assumed, []).append(item.commitment)
    return "; ".join(f"{reason} ({', '.join(ids)})" for reason, ids in reasons.items())


def standards_text(part: PolicyVersion, decision: Decision) -> str:
    """The standards that a version demands, in words."""
    named = dict(decision.standards)
    return ", ".join(f"{name} {named.get(name, 'none')}" for name in part.history.scales.standards)


def thresholds_text(decision: Decision) -> str:
    """The thresholds that count, in words."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for item in decision.thresholds:
        status = item.status if item.certain else f"possibly {item.status}"
        grouped.setdefault((item.commitment, status), []).append(item.subject)
    words = []
    for (commitment, status), subjects in grouped.items():
        inner = ", ".join(filter(None, subjects))
        words.append(f"{commitment} {status}" + (f" ({inner})" if inner else ""))
    return "; ".join(words) or "none counts as reached"


def _gate(gate: GateDecision) -> tuple[str, str, str]:
    return gate.gate.replace("_", " "), " or ".join(gate.possible), gate_because(gate)


def _summary(part: PolicyVersion, decision: Decision) -> str:
    return (
        f"Standards required: {standards_text(part, decision)}. "
        f"Thresholds: {thresholds_text(decision)}."
    )


def _duties(part: PolicyVersion, decision: Decision, *, everything: bool) -> list[Block]:
    scales = part.history.scales
    counted = Counter(duty.status for duty in decision.duties)
    known = (UNDETERMINED, *scales.statuses)
    counts = ", ".join(f"{counted[status]} {status}" for status in known if counted[status])
    blocks: list[Block] = [Heading(f"Duties: {counts or 'none'}")]
    marked = any(reason.assumed for gate in decision.gates for reason in gate.because)
    for status in known:
        if status == scales.roles["done"] and not everything:
            continue
        shown = [duty for duty in decision.duties if duty.status == status]
        marked = marked or any(duty.assumed for duty in shown)
        if shown:
            blocks += [
                Heading(status.capitalize(), 3),
                Items(tuple(_duty(part, duty) for duty in shown)),
            ]
    if marked:
        blocks.append(Text(ASSUMED))
    return blocks


def _duty(part: PolicyVersion, duty: DutyDecision) -> str:
    mark = "*" if duty.assumed else ""
    force = "" if duty.force == part.history.scales.binding else f" [{duty.force}]"
    when = f", {duty.by}" if duty.by else ""
    who = part.history.scales.actors[duty.who]
    may = f" [{' or '.join(duty.possible)}]" if len(duty.possible) > 1 else ""
    return f"{duty.title}{mark}{force}{may}: {who}{when} ({duty.commitment}, {duty.section})"


def _assumed(part: PolicyVersion, decision: Decision, *, everything: bool) -> list[Block]:
    read = [path for path in decision.assumed if path in part.reads]
    if not read:
        return []
    if not everything:
        text = f"{len(read)} facts are assumed at their defaults; --duties lists them."
        return [Text(text)]
    vocabulary = part.history.vocabulary
    items = tuple(f"{path}: {written(vocabulary[path].default) or 'none'}" for path in read)
    return [Heading(f"Assumed facts: {len(read)}"), Items(items)]


def _wanted(part: PolicyVersion, matters: Sequence[str]) -> list[Block]:
    """The unknown facts that settle what is open, most decisive first."""
    if not matters:
        return []
    vocabulary = part.history.vocabulary
    items = tuple(f"{path}: {vocabulary[path].title}" for path in matters)
    return [Heading("Undetermined until these facts are known, most decisive first"), Items(items)]
