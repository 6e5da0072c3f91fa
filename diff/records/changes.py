"""The record diff: which commitments changed between two versions, how, and which way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from rsp_policy.engine.files.documents import written
from rsp_policy.engine.records.commitments import Commitment, Entry
from rsp_policy.engine.records.direction import computed_direction, direction, movements
from rsp_policy.engine.records.history import Slice, Standing
from rsp_policy.engine.records.places import Place

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
    """One field of a commitment, before and after; empty where it is not there.

    Attributes:
        gained: The members that a set has more.
        lost: The members that a set has no longer.
    """

    field: str
    old: str
    new: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one version did to a commitment, in its author's judgement."""

    version: str
    direction: str
    because: str
    announced: str
    where: str


@dataclass(frozen=True)
class CommitmentChange:
    """How one commitment differs between two versions.

    Attributes:
        announced: Whether the developer's own account identifies it; empty when versions are
            compared backwards, which nobody announced.
        linked: Ids that the commitment moved to or takes the place of.
        steps: What each version in between did, oldest first; from end to end it may come to less.
        left: The version in which it had ended before it came back between the two; mostly empty.
        before: How it stands in the old version; `None` if it does not stand there.
        after: How it stands in the new version; `None` if it does not stand there.
        linked_places: Where the linked commitments stand: in the new version what it moved to, in
            the old one what it takes the place of.
    """

    id: str
    title: str
    direction: str
    announced: str
    where: str
    because: str
    force: str
    linked: tuple[str, ...]
    steps: tuple[Step, ...]
    left: str
    before: Standing | None
    after: Standing | None
    linked_places: tuple[Place, ...]

    @property
    def old_place(self) -> Place | None:
        """Where the old version states it."""
        return self.before.place if self.before else None

    @property
    def new_place(self) -> Place | None:
        """Where the new version states it."""
        return self.after.place if self.after else None

    @cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, by name, where it stands in both versions."""
        if self.before is None or self.after is None:
            return ()
        return tuple(_field_changes(self.before, self.after))

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
            if item.field not in ("says", "source") and not item.field.startswith("duty.")
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
    span = versions[versions.index(old.id) + 1 : versions.index(new.id) + 1]
    changes = []
    for commitment in chosen:
        between = tuple(entry for entry in commitment.history if entry.version in span)
        if between:
            change = _change(old, new, commitment, between)
            if change is not None:
                changes.append(change)
    return _sorted(changes)


def passages(change: CommitmentChange) -> str:
    """Where a commitment stands on either side, or what it is linked with there."""
    linked = "; ".join(dict.fromkeys(map(str, change.linked_places))) or "nothing"
    sides = (change.old_place, change.new_place)
    return " -> ".join(str(source) if source else linked for source in sides)


def _sorted(changes: Iterable[CommitmentChange]) -> tuple[CommitmentChange, ...]:
    return tuple(sorted(changes, key=lambda item: (ORDER.index(item.direction), item.id)))


def _change(
    old: Slice,
    new: Slice,
    commitment: Commitment,
    between: Sequence[Entry],
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
        linked=tuple(filter(None, (last.moved_to, *last.replaces))),
        steps=steps,
        left=_left(commitment, between),
        before=before,
        after=after,
        linked_places=tuple(_linked_places(old, new, last)),
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


def _linked_places(old: Slice, new: Slice, last: Entry) -> Iterator[Place]:
    ids, part = ([last.moved_to], new) if last.moved_to else (last.replaces, old)
    for id in ids:
        if id in part.standing:
            yield part[id].place


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
    moved = movements(before, last, history.terms, history.scales)
    stated = {entry.change.direction for entry in between if entry.change}
    stated -= {"reworded", "added", ""}
    if moved:
        return "mixed" if stated == {"mixed"} else direction(moved)
    if not stated:
        return "reworded"
    return stated.pop() if len(stated) == 1 else "mixed"


def _backwards(change: CommitmentChange) -> CommitmentChange:
    turned = _REVERSED.get(change.direction, change.direction)
    if change.new_place is None:
        turned = "added"
    elif change.old_place is None:
        turned = "removed"
    return replace(
        change,
        direction=turned,
        announced="",
        where="",
        steps=(),
        left="",
        before=change.after,
        after=change.before,
    )


def _field_changes(before: Standing, after: Standing) -> Iterator[FieldChange]:
    """The fields of a commitment that differ, in the order of their names."""
    from deepdiff import DeepDiff  # half of the time that this package takes to import
    from deepdiff.model import DiffLevel

    compared = DeepDiff(
        _record(before),
        _record(after),
        view="tree",
        ignore_numeric_type_changes=True,
        threshold_to_diff_deeper=0,  # however little two records share, their fields are told
    )
    members: dict[str, dict[str, list[str]]] = {}
    for kind, levels in compared.items():
        for level in levels:
            assert isinstance(level, DiffLevel)
            # a place differs as a whole; a member of a set stands one level below its set
            part, *below = map(str, level.path(output_format="list"))
            field = part if part == "source" or not below else f"{part}.{below[0]}"
            found = members.setdefault(field, {"gained": [], "lost": []})
            if kind == "set_item_added":
                found["gained"].append(str(level.t2))
            elif kind == "set_item_removed":
                found["lost"].append(str(level.t1))
    for field, found in sorted(members.items()):
        sets = tuple(found["gained"]), tuple(found["lost"])
        yield FieldChange(field, _said(before, field), _said(after, field), *sets)


def _record(standing: Standing) -> dict[str, object]:
    """What is compared of a commitment, as it nests; sets without an order."""
    entry, place, duty = standing.entry, standing.place, standing.entry.duty
    return {
        "says": entry.says,
        "force": entry.force,
        "who": entry.actor,
        "source": {"section": place.section, "page": place.page, "footnote": place.footnote},
        "terms": {
            name: frozenset(term) if isinstance(term, tuple) else term
            for name, term in entry.terms.items()
        },
        "duty": {
            name: frozenset(value) if isinstance(value, tuple) else value
            for name, value in (asdict(duty) if duty else {}).items()
            if value
        },
    }


def _said(standing: Standing, field: str) -> str:
    """A field of a commitment as text; empty where it is not there."""
    entry = standing.entry
    part, _, name = field.partition(".")
    if part == "terms":
        return written(entry.terms[name]) if name in entry.terms else ""
    if part == "duty":
        value = getattr(entry.duty, name) if entry.duty else ""
        return ", ".join(value) if isinstance(value, tuple) else str(value or "")
    fields = {"says": entry.says, "force": entry.force, "who": entry.actor}
    return str(standing.place) if part == "source" else fields[part]
