"""Bisections for people."""

from __future__ import annotations

from collections.abc import Iterator

from rsp_policy.diff.records.changes import CommitmentChange, passages
from rsp_policy.diff.sheets.bisect import Bisection, Turn
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.report.blocks import Block, Heading, Items, Table, Text
from rsp_policy.engine.report.decision_report import gate_because


def bisection_blocks(found: Bisection) -> list[Block]:
    """The answer of every version, and what changed it."""
    sheet, gate = found.sheet, found.gate.replace("_", " ")
    first, last = found.answers[0][0].id, found.answers[-1][0].id
    blocks: list[Block] = [Heading(f"{sheet.model or sheet.name}: {gate}, {first} to {last}", 1)]
    rows = []
    before: tuple[str, ...] = ()
    for version, decision in found.answers:
        mark = "changed" if before and before != decision.possible else ""
        before = decision.possible
        rows.append((version.id, version.effective.isoformat(), " or ".join(before), mark))
    blocks.append(Table(("version", "effective", gate, ""), tuple(rows)))
    if not found.turns:
        return [*blocks, Text(f"No version from {first} to {last} changes the answer.")]
    for index, turn in enumerate(found.turns):
        blocks += _turn(turn, first=index == 0)
    return blocks


def bisection_json(found: Bisection) -> dict[str, Value]:
    """A bisection in the stable form `rsp.bisect/1`."""
    return {
        "schema": "rsp.bisect/1",
        "sheet": found.sheet.name,
        "gate": found.gate,
        "answers": {
            version.id: {"verdict": decision.verdict, "possible": list(decision.possible)}
            for version, decision in found.answers
        },
        "turns": [
            {
                "old": turn.old.id,
                "new": turn.new.id,
                "was": turn.was.verdict,
                "now": turn.now.verdict,
                "blame": [
                    {
                        "id": change.id,
                        "direction": change.direction,
                        "announced": change.announced,
                        "because": change.because,
                        "old_section": str(change.old_place) if change.old_place else None,
                        "new_section": str(change.new_place) if change.new_place else None,
                    }
                    for change in turn.blame
                ],
            }
            for turn in found.turns
        ],
    }


def _turn(turn: Turn, *, first: bool) -> Iterator[Block]:
    which = "first changed" if first else "changed"
    verdicts = " or ".join(turn.was.possible), " or ".join(turn.now.possible)
    yield Heading(f"{turn.new.id} {which} the answer: {' -> '.join(verdicts)}")
    yield Items(
        (
            f"{turn.old.id}: {gate_because(turn.was)}",
            f"{turn.new.id}: {gate_because(turn.now)}",
        )
    )
    count = len(turn.blame)
    many = f"These {count} changes do" if count > 1 else "This change does"
    yield Text(f"{many} it, everything else standing as in {turn.old.id}:")
    yield Items(tuple(map(_blamed, turn.blame)))


def _blamed(change: CommitmentChange) -> str:
    announced = f", {change.announced}" if change.announced else ""
    return f"{change.id} ({change.direction}{announced}; {passages(change)}): {change.because}"
