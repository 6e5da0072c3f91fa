"""Which way a commitment moved, computed from force, terms and sets where these decide it.

A change in the force with which it binds, in a figure with a polarity, or in a set whose size has
one, is a weakening or a strengthening by itself; both at once is mixed. Where none of these moved,
the author's statement stands; and an author may state `mixed` where the text moves the other way in
a respect that no term holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.files.documents import written

from .commitments import Commitment, Entry
from .history import History
from .scales import Scales
from .terms import Term, TermKind


@dataclass(frozen=True, slots=True)
class Movement:
    """One field that became stricter or looser between two entries."""

    field: str
    stricter: bool
    old: str
    new: str


def movements(
    old: Entry, new: Entry, kinds: Mapping[str, TermKind], scales: Scales
) -> tuple[Movement, ...]:
    """The fields whose change decides a direction.

    Args:
        old: The entry before.
        new: The entry after.
        kinds: Units and polarities of terms.
    """
    found = []
    forces = list(scales.forces)
    if old.force != new.force and scales.advice.isdisjoint((old.force, new.force)):
        stricter = forces.index(new.force) < forces.index(old.force)
        found.append(Movement("force", stricter, old.force, new.force))
    for name in sorted(old.terms.keys() & new.terms.keys()):
        before, after = old.terms[name], new.terms[name]
        if name in kinds and before != after:
            for stricter in _stricter(before, after, kinds[name], scales.levels):
                found.append(Movement(f"terms.{name}", stricter, written(before), written(after)))
    return tuple(found)


def direction(found: Sequence[Movement]) -> str:
    """The direction that movements add up to; empty when they decide none.

    >>> direction([Movement("force", False, "commits", "intends")])
    'weakened'
    """
    if not found:
        return ""
    if all(item.stricter for item in found):
        return "strengthened"
    return "mixed" if any(item.stricter for item in found) else "weakened"


def stated_directions(history: History) -> Iterator[tuple[Commitment, Entry]]:
    """The changes whose direction is the author's statement, because nothing computes it."""
    for commitment in history.commitments.values():
        for old, new in successive(commitment):
            if new.change and not new.ended and not computed_direction(history, old, new):
                yield commitment, new


def computed_direction(history: History, old: Entry | None, new: Entry) -> str:
    """The direction that the files decide by themselves; empty where they do not."""
    if new.ended:
        return "relocated" if new.moved_to else "removed"
    if old is None or old.ended:
        return "" if new.replaces else "added"
    return direction(movements(old, new, history.terms, history.scales))


def successive(commitment: Commitment) -> Iterator[tuple[Entry | None, Entry]]:
    """Each entry of a commitment with the one before it."""
    yield from zip((None, *commitment.history), commitment.history, strict=False)


def _stricter(before: Term, after: Term, kind: TermKind, levels: Sequence[str]) -> list[bool]:
    if kind.polarity == "neutral":
        return []
    if isinstance(before, tuple) and isinstance(after, tuple):
        more = kind.polarity == "more_is_stricter"
        gained, lost = set(after) - set(before), set(before) - set(after)
        return [more] * bool(gained) + [not more] * bool(lost)
    up = _rank(after, levels) > _rank(before, levels)
    return [up == (kind.polarity == "higher_is_stricter")]


def _rank(term: Term, levels: Sequence[str]) -> float:
    if isinstance(term, str):
        return float(levels.index(term)) if term in levels else -1.0
    assert not isinstance(term, tuple)
    return float(term)
