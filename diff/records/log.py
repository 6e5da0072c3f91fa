"""The history itself, asked: what each version changed, and the life of a commitment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rsp_policy.engine.errors import UnknownNameError
from rsp_policy.engine.records.commitments import Commitment, Entry
from rsp_policy.engine.records.history import History
from rsp_policy.engine.records.places import Place
from rsp_policy.engine.records.versions import Version

from .changes import ORDER, CommitmentChange, record_diff


@dataclass(frozen=True, slots=True)
class Revision:
    """What one version changed against the one before it."""

    old: Version
    new: Version
    changes: tuple[CommitmentChange, ...]

    def counts(self) -> Mapping[tuple[str, str], int]:
        """The number of changes by direction and by whether they were announced."""
        return Counter((change.direction, change.announced) for change in self.changes)

    @property
    def material(self) -> int:
        """How many changes touch more than wording or place."""
        return sum(change.material for change in self.changes)

    @property
    def silent(self) -> int:
        """How many material changes the developer's own account does not identify."""
        return sum(change.silent for change in self.changes)


@dataclass(frozen=True, slots=True)
class Moment:
    """One version in the life of a commitment that made it, changed it or ended it.

    Attributes:
        entry: The entry of that version, with all that it inherits.
        until: The last version in which the entry stands.
        place: Where the version states it; `None` for one that ends it.
        change: What the version changed; `None` for what the first version of the policy says.
    """

    version: Version
    entry: Entry
    until: Version
    place: Place | None
    change: CommitmentChange | None


@dataclass(frozen=True, slots=True)
class Life:
    """A commitment through all versions."""

    commitment: Commitment
    moments: tuple[Moment, ...]

    @property
    def standing(self) -> bool:
        """Whether it stands in the newest version."""
        return not self.moments[-1].entry.ended


def revisions(
    history: History,
    *,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    directions: Collection[str] = (),
    announced: Collection[str] = (),
    only: Collection[str] | None = None,
) -> tuple[Revision, ...]:
    """What each version changed against the one before, oldest first.

    Args:
        since: Only what came after this version.
        until: Only up to this version.
        topic: Only commitments of this topic.
        directions: Only changes in one of these directions; all by default.
        announced: Only changes with one of these statuses of `ANNOUNCED`; all by default.
        only: Only these commitments; all by default.

    Raises:
        UnknownNameError: If there is no such version, topic or direction.
        UsageError: If `since` does not come before `until`.
    """
    topics = dict.fromkeys(item.topic for item in history.commitments.values())
    if topic is not None and topic not in topics:
        raise UnknownNameError("topic", topic, topics)
    for name in directions:
        if name not in ORDER:
            raise UnknownNameError("direction", name, ORDER)

    def wanted(change: CommitmentChange) -> bool:
        return (
            (topic is None or change.id.startswith(f"{topic}/"))
            and (not directions or change.direction in directions)
            and (not announced or change.announced in announced)
        )

    return tuple(
        Revision(old.version, new.version, tuple(filter(wanted, record_diff(old, new, only))))
        for old, new in pairwise(history.between(since, until))
    )


def life(history: History, id: str) -> Life:
    """A commitment from the version that made it to the newest.

    Raises:
        UnknownNameError: If there is no such commitment.
    """
    commitment = history.commitment(id)
    changes = {
        revision.new.id: change
        for revision in revisions(history, only=[id])
        for change in revision.changes
    }
    moments = []
    for entry, after in zip(commitment.history, (*commitment.history[1:], None), strict=True):
        moments.append(
            Moment(
                history.version(entry.version),
                entry,
                _last_of(history, after),
                None if entry.ended else history.place(id, entry.version),
                changes.get(entry.version),
            )
        )
    return Life(commitment, tuple(moments))


def _last_of(history: History, after: Entry | None) -> Version:
    """The version before an entry, or the newest where nothing follows."""
    encoded: Sequence[str] = history.encoded
    return history.version(encoded[-1 if after is None else encoded.index(after.version) - 1])
