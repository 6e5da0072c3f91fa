"""A full comparison as a memo in Markdown, to be read from the top by somebody who was not there.

Figures first, then decisions with a witness each, then every material change with its passages, and
last the readings on which all of it depends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rsp_policy.diff.decisions.complete import CompleteDiff, QuestionDiff, Transition
from rsp_policy.diff.records.changes import ORDER, CommitmentChange, passages
from rsp_policy.engine.framework.policy import PolicyVersion
from rsp_policy.engine.report.blocks import (
    Block,
    Code,
    Emphasis,
    Heading,
    Items,
    Line,
    Span,
    Strong,
    Table,
    Text,
)

from .comparison import Comparison
from .comparison_report import (
    MEANING,
    cases_blocks,
    commitments_table,
    commitments_text,
    return_text,
)
from .decision_diff_report import (
    change_text,
    duty_blocks,
    opening,
    region_text,
    rounded,
    sentences,
    share,
    spoken_and_duties,
    unfolded_blocks,
)

_REGIONS = 2
"""How many regions of a transition the memo tells unless all are asked for."""


def memo_blocks(
    comparison: Comparison,
    *,
    detail: bool = False,
    limit: int | None = None,
    unfold: bool = False,
) -> Iterator[Block]:
    """The memo about two versions.

    Args:
        detail: Whether all regions are told, and all duties.
        limit: The most regions of a transition.
        unfold: Whether every condition that is named is put in terms of facts.
    """
    old, new = comparison.old, comparison.new
    yield Heading(f"{old.history.title}: {old.id} to {new.id}", 1)
    yield Text(f"{_edition(old)}. {_edition(new)}.")
    if comparison.empty:
        yield Text("Nothing differs.")
        return
    decisions = comparison.decisions
    assert decisions is not None
    yield from _summary(comparison, decisions)
    yield Heading("Decisions that change")
    most = limit or (None if detail else _REGIONS)
    told: dict[str, tuple[list[str], list[Block]]] = {}
    spoken, duties = spoken_and_duties(decisions)
    for question in spoken:
        if question.transitions:
            blocks = list(_question(decisions, question, most))
            names, _ = told.setdefault(repr(blocks), ([], blocks))
            names.append(question.name.replace("_", " "))
    for names, blocks in told.values():
        yield Heading(", ".join(names).capitalize(), 3)
        yield from blocks
    if duties and detail:
        yield from duty_blocks(duties)
    if unfold:
        yield from unfolded_blocks(decisions, spoken)
    yield from _changes(comparison)
    if comparison.cases:
        yield Heading("Models")
        yield from cases_blocks(comparison.cases, detail=detail, brief=not detail, level=3)
    yield from _readings(comparison, decisions)


def _edition(part: PolicyVersion) -> str:
    version = part.version
    end = f"to {version.until}" if version.until else "on"
    return f"{version.id}: in force from {version.effective} {end}, {version.pages} pages"


def _summary(comparison: Comparison, decisions: CompleteDiff) -> Iterator[Block]:
    yield Heading("Summary")
    yield Text(commitments_text(comparison))
    yield commitments_table(comparison)
    yield Text(opening(decisions))
    yield sentences(*spoken_and_duties(decisions))


def _question(diff: CompleteDiff, question: QuestionDiff, limit: int | None) -> Iterator[Block]:
    """What changes about a question, without its name, so that questions can be told together."""
    yield Text(f"{change_text(question).capitalize()}.")
    for transition in question.transitions:
        yield from _transition(diff, question, transition, limit)


def _transition(
    diff: CompleteDiff, question: QuestionDiff, transition: Transition, limit: int | None
) -> Iterator[Block]:
    portion = share(transition.situations, question.situations)
    way = Strong(f"{transition.source} to {transition.target}")
    yield Text((way, f", {portion} of situations:"))
    regions = sorted(transition.regions, key=lambda region: -region.situations)[:limit]
    named = f" ({question.name.replace('_', ' ')})"  # a condition about this very gate
    lines: list[Line] = []
    for region in regions:
        told, witness, end = region_text(diff, transition, region)
        lines.append((told.replace(named, ""), Code(witness), end))
    if cut := len(transition.regions) - len(regions):
        lines.append((f"{cut} more region{'s' * (cut > 1)}; ", Code("--gate"), " tells all."))
    if transition.described.left_out:
        lines.append(f"{rounded(transition.described.left_out)} situations are not described.")
    yield Items(tuple(lines))


def _changes(comparison: Comparison) -> Iterator[Block]:
    yield Heading("Material changes")
    yield Text(
        (
            "Each with its passage on both sides. Where it says ",
            Emphasis("silent"),
            ", the developer's own account of the revision does not identify the change.",
        )
    )
    for direction in ORDER:
        chosen = [item for item in comparison.commitments if item.direction == direction]
        if chosen and chosen[0].material:
            yield Heading(f"{direction.capitalize()}: {len(chosen)}", 3)
            yield Items(tuple(map(_change, chosen)))
    rest = [item for item in comparison.commitments if not item.material]
    if rest:
        yield Heading("Wording and place")
        yield Text(f"Relocated: {MEANING['relocated']}. Reworded: {MEANING['reworded']}.")
        rows = [(i.id, i.direction, ", ".join(i.linked), passages(i)) for i in rest]
        yield Table(("commitment", "direction", "linked with", "passages"), tuple(rows))


def _change(change: CommitmentChange) -> tuple[Span, ...]:
    announced = (", ", Emphasis(change.announced)) if change.announced else ()
    where = f" ({change.where})" if change.where else ""
    fields = [f"{item.field}: {item.old} to {item.new}" for item in change.figures]
    linked = f" Linked with {', '.join(change.linked)}." if change.linked else ""
    told = f" [{'; '.join(fields)}]" if fields else ""
    back = f" {return_text(change)}" if change.left else ""
    return (
        Strong(change.title),
        " (",
        Code(change.id),
        ")",
        *announced,
        f"{where}. {change.because}{told}{back}{linked} {passages(change)}.",
    )


def _readings(comparison: Comparison, decisions: CompleteDiff) -> Iterator[Block]:
    """The readings taken for what changed, those that bear on the decisions first."""
    blamed = set(_blamed(spoken_and_duties(decisions)[0]))
    changed = {change.id for change in comparison.commitments}
    first = list(_read(comparison, sorted(blamed)))
    second = list(_read(comparison, sorted(changed - blamed)))
    if not first and not second:
        return
    yield Heading("Readings on which this depends")
    yield Text("Where the text can be read in two ways, this is how it was read.")
    if first:
        yield Heading("Behind the decisions", 3)
        yield Items(tuple(first))
    if second:
        yield Heading("Behind other changes", 3)
        yield Items(tuple(second))


def _blamed(questions: Sequence[QuestionDiff]) -> Iterator[str]:
    for question in questions:
        for transition in question.transitions:
            for region in transition.regions:
                for blame in (*region.old_because, *region.new_because):
                    yield blame.source


def _read(comparison: Comparison, ids: Iterable[str]) -> Iterator[Line]:
    for id in ids:
        told: dict[str, list[str]] = {}
        for part in (comparison.old, comparison.new):
            if id in part.standing and (reading := part[id].entry.reading):
                told.setdefault(reading, []).append(part.id)
        for reading, versions in told.items():
            yield (Code(id), f" ({', '.join(versions)}): {reading}")
