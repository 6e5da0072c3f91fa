"""Which way a commitment moved, computed from force, terms and sets where these decide it.

A change in the force with which it binds, in a figure with a polarity, or in a set whose size has
one, is a weakening or a strengthening by itself; both at once is mixed. Where none of these moved,
the author's statement stands; and an author may state `mixed` where the text moves the other way in
a respect that no term holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .commitments import Entry, Term, TermKind


@dataclass(frozen=True, slots=True)
class Movement:
    """One field that became stricter or looser between two entries."""

    field: str
    stricter: bool
    old: str
    new: str


def movements(
    old: Entry,
    new: Entry,
    kinds: Mapping[str, TermKind],
    forces: Sequence[str],
    levels: Sequence[str],
) -> tuple[Movement, ...]:
    """The fields whose change decides a direction.

    Args:
        old: The entry before.
        new: The entry after.
        kinds: Units and polarities of terms.
        forces: Forces from the strongest to the weakest.
        levels: Levels from the lowest to the highest.
    """
    found = []
    if old.force != new.force and "recommends" not in (old.force, new.force):
        stricter = forces.index(new.force) < forces.index(old.force)
        found.append(Movement("force", stricter, old.force, new.force))
    for name in sorted(old.terms.keys() & new.terms.keys()):
        before, after = old.terms[name], new.terms[name]
        if name in kinds and before != after:
            for stricter in _stricter(before, after, kinds[name], levels):
                found.append(Movement(f"terms.{name}", stricter, text(before), text(after)))
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


def text(term: Term) -> str:
    """A term as it is printed."""
    if isinstance(term, tuple):
        return ", ".join(term)
    return term if isinstance(term, str) else f"{term:g}"


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
