"""The record diff: which commitments changed between two versions, how, and which way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from rsp_policy.engine.framework.history import Slice
from rsp_policy.engine.framework.integrity import computed_direction
from rsp_policy.engine.records.commitments import Commitment, Entry, Source
from rsp_policy.engine.records.direction import direction, movements, text

ORDER = ("removed", "weakened", "mixed", "strengthened", "added", "relocated", "reworded")
"""Directions in the order in which a reader wants them: what was lost first."""

ANNOUNCED = ("announced", "partly", "silent")
"""Whether the developer's own account identifies a change, from yes to no."""

_REVERSED = {
    "removed": "added",
    "added": "removed",
    "weakened": "strengthened",
    "strengthened": "weakened",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a commitment, before and after; empty where it is not there."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one version did to a commitment, in its author's judgement."""

    version: str
    direction: str
    because: str
    announced: str
    where: str


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """How one commitment differs between two versions.

    Attributes:
        announced: Whether the developer's own account identifies it; empty when versions are
            compared backwards, which nobody announced.
        linked: Ids that the commitment moved to or takes the place of.
        steps: What each version in between did, oldest first; from end to end it may come to less.
        left: The version in which it had ended before it came back between the two; mostly empty.
        linked_sources: Where the linked commitments stand: in the new version what it moved to, in
            the old one what it takes the place of.
        old_source: The passage in the old version; `None` if it did not stand there.
    """

    id: str
    title: str
    direction: str
    announced: str
    where: str
    because: str
    force: str
    fields: tuple[FieldChange, ...]
    linked: tuple[str, ...]
    steps: tuple[Step, ...]
    left: str
    linked_sources: tuple[Source, ...]
    old_source: Source | None
    new_source: Source | None

    @property
    def back(self) -> str:
        """The version in which it came back after it had ended; mostly empty."""
        if not self.left:
            return ""
        return next(step.version for step in self.steps if step.direction == "added")

    @property
    def material(self) -> bool:
        """Whether anything but wording or place changed."""
        return self.direction not in ("reworded", "relocated")

    @property
    def silent(self) -> bool:
        """Whether it is material and the developer's own account does not identify it."""
        return self.material and self.announced == "silent"

    @property
    def figures(self) -> tuple[FieldChange, ...]:
        """The fields that changed but for wording and place: force, actor and terms, in words."""
        return tuple(
            FieldChange(
                item.field.removeprefix("terms.").replace("_", " "),
                item.old.replace("_", " ") or "none",
                item.new.replace("_", " ") or "none",
            )
            for item in self.fields
            if item.field not in ("says", "source")
        )


def record_diff(
    old: Slice, new: Slice, only: Collection[str] | None = None
) -> tuple[CommitmentChange, ...]:
    """Every commitment that differs between two versions, in the order of `ORDER`.

    Versions may be given in either order; backwards, the directions turn round.

    Args:
        only: The commitments to compare; all by default.
    """
    versions = list(old.history.versions_by_id)
    if versions.index(old.id) > versions.index(new.id):
        return _sorted(_backwards(change) for change in record_diff(new, old, only))
    commitments = old.history.commitments
    chosen = [commitments[id] for id in commitments if only is None or id in only]
    fields = _field_changes(old, new, {item.id for item in chosen})
    span = versions[versions.index(old.id) + 1 : versions.index(new.id) + 1]
    changes = []
    for commitment in chosen:
        between = tuple(entry for entry in commitment.history if entry.version in span)
        if between:
            change = _change(old, new, commitment, between, fields.get(commitment.id, ()))
            if change is not None:
                changes.append(change)
    return _sorted(changes)


def passages(change: CommitmentChange) -> str:
    """Where a commitment stands on either side, or what it is linked with there."""
    linked = "; ".join(dict.fromkeys(map(str, change.linked_sources))) or "nothing"
    sides = (change.old_source, change.new_source)
    return " -> ".join(str(source) if source else linked for source in sides)


def _sorted(changes: Iterable[CommitmentChange]) -> tuple[CommitmentChange, ...]:
    return tuple(sorted(changes, key=lambda item: (ORDER.index(item.direction), item.id)))


def _change(
    old: Slice,
    new: Slice,
    commitment: Commitment,
    between: Sequence[Entry],
    fields: tuple[FieldChange, ...],
) -> CommitmentChange | None:
    before = old.standing.get(commitment.id)
    after = new.standing.get(commitment.id)
    shown = after or before
    if shown is None:
        return None
    last = between[-1]
    steps = tuple(_steps(old, commitment, between))
    announced = {step.announced for step in steps}
    return CommitmentChange(
        id=commitment.id,
        title=commitment.title,
        direction=_direction(old, before.entry if before else None, last, between),
        announced=announced.pop() if len(announced) == 1 else "partly",
        where="; ".join(dict.fromkeys(filter(None, (step.where for step in steps)))),
        because=" ".join(step.because for step in steps),
        force=shown.entry.force,
        fields=fields,
        linked=tuple(filter(None, (last.moved_to, *last.replaces))),
        steps=steps,
        left=_left(commitment, between),
        linked_sources=tuple(_linked_sources(old, new, last)),
        old_source=before.entry.source if before else None,
        new_source=after.entry.source if after else None,
    )


def _steps(old: Slice, commitment: Commitment, between: Sequence[Entry]) -> Iterator[Step]:
    for entry in between:
        change = entry.change
        if change is not None:
            before = commitment.history[commitment.history.index(entry) - 1]
            direction = change.direction or computed_direction(
                old.history, None if entry is commitment.history[0] else before, entry
            )
            yield Step(entry.version, direction, change.because, change.announced, change.where)


def _linked_sources(old: Slice, new: Slice, last: Entry) -> Iterator[Source]:
    ids, part = ([last.moved_to], new) if last.moved_to else (last.replaces, old)
    for id in ids:
        if id in part.standing:
            yield part[id].entry.source


def _left(commitment: Commitment, between: Sequence[Entry]) -> str:
    """The version in which a commitment had ended that came back in one of these entries."""
    pairs = zip(commitment.history, commitment.history[1:], strict=False)
    versions = [old.version for old, new in pairs if old.ended and new in between]
    return versions[-1] if versions else ""


def _direction(old: Slice, before: Entry | None, last: Entry, between: Sequence[Entry]) -> str:
    """The direction from end to end: computed where the ends decide it, else as stated between."""
    history = old.history
    if before is None:
        return (last.change.direction if last.change else "") or "added"
    if last.ended:
        return computed_direction(history, before, last)
    scales = history.scales
    moved = movements(before, last, history.terms, list(scales.forces), scales.levels)
    stated = {entry.change.direction for entry in between if entry.change}
    stated -= {"reworded", "added", ""}
    if moved:
        return "mixed" if stated == {"mixed"} else direction(moved)
    if not stated:
        return "reworded"
    return stated.pop() if len(stated) == 1 else "mixed"


def _backwards(change: CommitmentChange) -> CommitmentChange:
    turned = _REVERSED.get(change.direction, change.direction)
    if change.new_source is None:
        turned = "added"
    elif change.old_source is None:
        turned = "removed"
    return replace(
        change,
        direction=turned,
        announced="",
        where="",
        steps=(),
        left="",
        fields=tuple(FieldChange(item.field, item.new, item.old) for item in change.fields),
        old_source=change.new_source,
        new_source=change.old_source,
    )


def _field_changes(
    old: Slice, new: Slice, chosen: Set[str]
) -> Mapping[str, tuple[FieldChange, ...]]:
    """The fields that differ, by commitment, for commitments that stand in both versions."""
    from deepdiff import DeepDiff  # half of the time that this package takes to import
    from deepdiff.model import DiffLevel

    shared = old.standing.keys() & new.standing.keys() & chosen
    before = {id: _record(old[id].entry) for id in sorted(shared)}
    after = {id: _record(new[id].entry) for id in sorted(shared)}
    found: dict[str, set[str]] = {}
    for levels in DeepDiff(before, after, view="tree").values():
        for level in levels:
            assert isinstance(level, DiffLevel)
            id, field = level.path(output_format="list")[:2]
            found.setdefault(str(id), set()).add(str(field))
    return {
        id: tuple(
            FieldChange(field, before[id].get(field, ""), after[id].get(field, ""))
            for field in sorted(fields)
        )
        for id, fields in found.items()
    }


def _record(entry: Entry) -> dict[str, str]:
    """The fields of an entry that are compared, as text."""
    record = {
        "says": entry.says,
        "force": entry.force,
        "who": entry.actor,
        "source": str(entry.source),
    }
    record |= {f"terms.{name}": text(term) for name, term in entry.terms.items()}
    return record
