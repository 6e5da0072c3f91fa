"""Comparisons as reports for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rsp_policy.diff.records.changes import ANNOUNCED, ORDER, CommitmentChange, passages
from rsp_policy.diff.sheets.case import CaseDiff, DutyChange
from rsp_policy.engine.decision.decisions import GateDecision
from rsp_policy.engine.report.blocks import Block, Heading, Items, Table, Text
from rsp_policy.engine.report.decision_report import ASSUMED, gate_because, thresholds_text

from .comparison import Comparison
from .decision_diff_report import decision_diff_blocks

MEANING = {
    "removed": "stands in the old version only",
    "weakened": "binds less",
    "mixed": "tighter in one respect, looser in another",
    "strengthened": "binds more",
    "added": "stands in the new version only",
    "relocated": "goes on under another commitment",
    "reworded": "same substance in other words or another place",
}

_WANTED = 5
"""How many facts that would settle a case are named unless all are asked for."""


def comparison_blocks(
    comparison: Comparison,
    *,
    detail: bool = False,
    limit: int | None = None,
    unfold: bool = False,
    every_region: bool = False,
) -> list[Block]:
    """What changes in decisions, then the changed commitments, then the models.

    Args:
        detail: Whether every commitment comes with its reason, passages and changed fields, and
            every transition of a decision with its regions.
        limit: The most regions of a transition that are shown.
        unfold: Whether every condition that is named is put in terms of facts.
        every_region: Whether transitions come with their regions even without `detail`.
    """
    old, new = comparison.old, comparison.new
    blocks: list[Block] = [Heading(f"{old.history.title}: {old.id} to {new.id}", 1)]
    if comparison.empty:
        return [*blocks, Text("Nothing differs.")]
    if comparison.decisions is not None:
        blocks += decision_diff_blocks(
            comparison.decisions, detail=detail or every_region, limit=limit, unfold=unfold
        )
    if comparison.commitments:
        blocks += [Text(commitments_text(comparison)), commitments_table(comparison)]
        for direction in ORDER:
            chosen = [item for item in comparison.commitments if item.direction == direction]
            if chosen:
                blocks += _direction(direction, chosen, detail=detail)
    brief = comparison.decisions is not None and not detail
    blocks += cases_blocks(comparison.cases, detail=detail, brief=brief)
    return blocks


def commitments_text(comparison: Comparison) -> str:
    """How many commitments stand on either side, and how many changes are material."""
    old, new = comparison.old, comparison.new
    material = [item for item in comparison.commitments if item.material]
    text = f"{old.id} holds {len(old)} commitments, {new.id} holds {len(new)}. "
    text += f"{len(material)} change{'s are' if len(material) != 1 else ' is'} material"
    if material and _forwards(comparison.commitments):
        silent = sum(item.silent for item in material)
        text += (
            f"; {silent or 'none'} of them {'is' if silent == 1 else 'are'} silent, that is not "
            "identified by the developer's own account of the revision"
        )
    return f"{text}."


def commitments_table(comparison: Comparison) -> Table:
    """The number of changes by direction and by whether they were announced."""
    marks = ANNOUNCED if _forwards(comparison.commitments) else ()
    rows = []
    for direction, count in comparison.counts().items():
        chosen = [item for item in comparison.commitments if item.direction == direction]
        statuses = Counter(item.announced for item in chosen)
        cells = [str(statuses[name]) for name in marks]
        rows.append((direction, str(count), *cells, MEANING[direction]))
    return Table(("direction", "all", *marks, "meaning"), tuple(rows))


def return_text(change: CommitmentChange) -> str:
    """That a commitment had left before it came back; empty where it had not."""
    return f"Left in {change.left}, came back in {change.back}." if change.left else ""


def _forwards(changes: Sequence[CommitmentChange]) -> bool:
    """Whether the newer version is the new one, so that changes can have been announced."""
    return any(item.announced for item in changes)


def _direction(
    direction: str, changes: Sequence[CommitmentChange], *, detail: bool
) -> Iterator[Block]:
    yield Heading(f"{direction.capitalize()}: {len(changes)}")
    if detail:
        for change in changes:
            yield from _detailed(change)
    elif direction in ("weakened", "mixed", "strengthened"):
        yield Items(tuple(f"{item.id}{_mark(item)}: {item.because}" for item in changes))
    elif direction == "relocated":
        yield Items(
            tuple(f"{item.id}{_mark(item)} -> {', '.join(item.linked)}" for item in changes)
        )
    elif direction == "reworded":
        yield Items(tuple(f"{item.id}{_mark(item)}" for item in changes))
    else:
        columns = ("commitment", "force", "announced")
        forwards = _forwards(changes)
        rows = [
            (f"{item.id}{_returned(item)}", item.force, item.announced)[: 2 + forwards]
            for item in changes
        ]
        yield Table(columns[: 2 + forwards], tuple(rows))


def _mark(change: CommitmentChange) -> str:
    announced = f" [{change.announced}]" if change.announced else ""
    return f"{announced}{_returned(change)}"


def _returned(change: CommitmentChange) -> str:
    return f" (left in {change.left}, back in {change.back})" if change.left else ""


def _detailed(change: CommitmentChange) -> Iterator[Block]:
    where = f" ({change.where})" if change.where else ""
    announced = f"; {change.announced}{where}" if change.announced else ""
    yield Heading(change.id, 3)
    yield Text(f"{change.title}. {change.because}")
    lines = [f"{passages(change)}{announced}"]
    lines += [f"{item.field}: {item.old} -> {item.new}" for item in change.figures]
    if change.left:
        lines.append(return_text(change))
    if change.linked:
        lines.append(f"linked with {', '.join(change.linked)}")
    yield Items(tuple(lines))


def cases_blocks(
    cases: Sequence[CaseDiff], *, detail: bool, brief: bool, level: int = 2
) -> Iterator[Block]:
    """What changes for fact sheets.

    Args:
        detail: Whether duties are listed one by one.
        brief: Whether only gates that change are shown, and sheets for which nothing changes are
            named together.
        level: The level of the headings.
    """
    alike = [case for case in cases if brief and case.empty]
    for case in cases:
        if case not in alike:
            yield from _case(case, detail=detail, brief=brief, level=level)
    if alike:
        names = ", ".join(case.sheet.model or case.sheet.name for case in alike)
        yield Text(f"Nothing changes for {names}.")


def _case(case: CaseDiff, *, detail: bool, brief: bool, level: int) -> Iterator[Block]:
    dated = f", {case.sheet.date}" if case.sheet.date else ""
    yield Heading(f"{case.sheet.model or case.sheet.name}{dated}", level)
    pairs = list(zip(case.old.gates, case.new.gates, strict=True))
    shown = [pair for pair in pairs if not brief or pair[0].possible != pair[1].possible]
    if shown:
        rows = tuple(_gate(case, old, new) for old, new in shown)
        yield Table(("gate", "verdict", "because"), rows)
    else:
        verdicts = ", ".join(
            f"{gate.gate.replace('_', ' ')} {' or '.join(gate.possible)}" for gate in case.new.gates
        )
        yield Text(f"No gate changes: {verdicts}.")
    if any(reason.assumed for pair in shown for gate in pair for reason in gate.because):
        yield Text(ASSUMED)
    if not case.determined:
        wanted = list(dict.fromkeys((*case.old.matters, *case.new.matters)))
        rest = f" and {len(wanted) - _WANTED} more" if len(wanted) > _WANTED and not detail else ""
        facts = wanted if detail else wanted[:_WANTED]
        yield Text(f"Undetermined in part; these facts would settle it: {', '.join(facts)}{rest}.")
    counted = {decision.version: thresholds_text(decision) for decision in (case.old, case.new)}
    if len(set(counted.values())) == 1:
        counted = {"Thresholds": thresholds_text(case.new)}
    for version, words in counted.items():
        yield Text(f"{version}: {words}", indent=6)
    if case.standards:
        changed = "; ".join(f"{name} {was} -> {now}" for name, was, now in case.standards)
        yield Text(f"Standards: {changed}.", indent=2)
    yield from _duties(case, detail=detail)


def _gate(case: CaseDiff, old: GateDecision, new: GateDecision) -> tuple[str, str, str]:
    was, now = " or ".join(old.possible), " or ".join(new.possible)
    reasons = gate_because(old), gate_because(new)
    because = reasons[0]
    if was != now or reasons[0] != reasons[1]:
        because = f"{case.old.version}: {reasons[0]}. {case.new.version}: {reasons[1]}"
    return old.gate.replace("_", " "), was if was == now else f"{was} -> {now}", because


def _duties(case: CaseDiff, *, detail: bool) -> Iterator[Block]:
    ended = [item for item in case.duties if item.new is None]
    begun = [item for item in case.duties if item.old is None]
    moved = [item for item in case.duties if item.old and item.new]
    listed = "" if detail else " (--detail lists them)"
    yield Text(
        f"Duties: {len(ended)} end, {len(begun)} begin, {len(moved)} change their status{listed}."
    )
    if detail:
        rows = [_duty(item) for item in (*ended, *begun, *moved)]
        yield Table(("duty", case.old.version, case.new.version), tuple(rows))


def _duty(change: DutyChange) -> tuple[str, str, str]:
    sides = (change.old, change.new)
    old, new = (duty.status if duty else "-" for duty in sides)
    return change.commitment, old, new
