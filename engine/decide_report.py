"""Decisions as reports for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .blocks import Block, Heading, Items, Table, Text
from .decide import Decision, DutyDecision, GateDecision
from .history import Slice
from .sheets import FactSheet

ASSUMED = "* The fact behind it is assumed: the sheet says nothing about it."


def decision_blocks(
    part: Slice,
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
    if not decision.determined:
        return blocks + _undetermined(part, decision)
    chosen = [gate for gate in decision.gates if not gates or gate.gate in gates]
    blocks.append(Table(("gate", "verdict", "because"), tuple(map(_gate, chosen))))
    if gates:
        silent = any(reason.assumed for gate in chosen for reason in gate.because)
        return [*blocks, Text(ASSUMED)] if silent else blocks
    blocks.append(Text(_summary(part, decision)))
    blocks += _duties(part, decision, everything=everything)
    blocks += _assumed(part, decision, everything=everything)
    return blocks


def gate_because(gate: GateDecision) -> str:
    """The reasons of a verdict on one line, each with its commitment."""
    if not gate.because:
        return "no commitment stands in the way"
    reasons: dict[str, list[str]] = {}
    for item in gate.because:
        reasons.setdefault(item.reason + "*" * item.assumed, []).append(item.commitment)
    return "; ".join(f"{reason} ({', '.join(ids)})" for reason, ids in reasons.items())


def standards_text(part: Slice, decision: Decision) -> str:
    """The standards that a version demands, in words."""
    named = dict(decision.standards)
    return ", ".join(f"{name} {named.get(name, 'none')}" for name in part.history.scales.standards)


def thresholds_text(decision: Decision) -> str:
    """The thresholds that count, in words."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for item in decision.thresholds:
        grouped.setdefault((item.commitment, item.status), []).append(item.subject)
    words = []
    for (commitment, status), subjects in grouped.items():
        inner = ", ".join(filter(None, subjects))
        words.append(f"{commitment} {status}" + (f" ({inner})" if inner else ""))
    return "; ".join(words) or "none counts as reached"


def _gate(gate: GateDecision) -> tuple[str, str, str]:
    return gate.gate.replace("_", " "), gate.verdict, gate_because(gate)


def _summary(part: Slice, decision: Decision) -> str:
    return (
        f"Standards required: {standards_text(part, decision)}. "
        f"Thresholds: {thresholds_text(decision)}."
    )


def _duties(part: Slice, decision: Decision, *, everything: bool) -> list[Block]:
    counted = Counter(duty.status for duty in decision.duties)
    counts = ", ".join(f"{counted[s]} {s}" for s in part.history.scales.statuses if counted[s])
    blocks: list[Block] = [Heading(f"Duties: {counts or 'none'}")]
    marked = any(reason.assumed for gate in decision.gates for reason in gate.because)
    for status in part.history.scales.statuses:
        if status == "met" and not everything:
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


def _duty(part: Slice, duty: DutyDecision) -> str:
    mark = "*" if duty.assumed else ""
    force = "" if duty.force == "commits" else f" [{duty.force}]"
    when = f", {duty.by}" if duty.by else ""
    who = part.history.scales.actors[duty.who]
    return f"{duty.title}{mark}{force}: {who}{when} ({duty.commitment}, {duty.section})"


def _assumed(part: Slice, decision: Decision, *, everything: bool) -> list[Block]:
    read = [path for path in decision.assumed if path in part.reads]
    if not read:
        return []
    if not everything:
        text = f"{len(read)} facts are assumed at their defaults; --duties lists them."
        return [Text(text)]
    vocabulary = part.history.vocabulary
    items = tuple(f"{path}: {_plain(vocabulary[path].default)}" for path in read)
    return [Heading(f"Assumed facts: {len(read)}"), Items(items)]


def _undetermined(part: Slice, decision: Decision) -> list[Block]:
    vocabulary = part.history.vocabulary
    items = tuple(f"{path}: {vocabulary[path].title}" for path in decision.matters)
    return [
        Text("Undetermined: the rules of this version read facts that are unknown."),
        Heading("Facts that are wanted"),
        Items(items),
    ]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)
