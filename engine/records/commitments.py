"""Commitments: what a policy says, thing by thing, each with its history inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.files.documents import Value

from .terms import Term


@dataclass(frozen=True, slots=True)
class Duty:
    """The declared shape of a commitment: under a condition, one fact says whether it is done.

    Attributes:
        when: The condition that triggers it.
        done: The boolean fact that says it is done, or kept up; empty for a duty that recurs and is
            met while the time elapsed stays within the term, or that is met by an amount.
        practice: A practice or a prohibition; not kept is breached and not merely due.
        within: The term that limits the time.
        elapsed: The fact that counts the time, in the unit of that term.
        at_least: The term that an amount must reach.
        amount: The fact that gives the amount, in the unit of that term.
        before: The condition from which on it is late.
        precondition_of: The gates that wait for it.
    """

    when: str
    done: str
    practice: bool = False
    within: str = ""
    elapsed: str = ""
    at_least: str = ""
    amount: str = ""
    before: str = ""
    precondition_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """How an entry differs from the one before, in its author's judgement.

    Attributes:
        direction: As stated; empty where it is left to be computed.
        announced: Whether the developer's own account identifies it.
    """

    direction: str
    because: str
    announced: str
    where: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment as it stands from one version on, with all that it inherits filled in."""

    version: str
    says: str
    force: str
    actor: str
    reading: str
    terms: Mapping[str, Term]
    duty: Duty | None
    unexecuted: str
    ended: bool
    moved_to: str
    replaces: tuple[str, ...]
    change: Change | None
    line: int

    @property
    def plain_terms(self) -> dict[str, Value]:
        """The terms as plain values, sets as lists."""
        return {
            name: list(term) if isinstance(term, tuple) else term
            for name, term in self.terms.items()
        }


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that the policy says, under an id that is its path, through all versions."""

    id: str
    title: str
    history: tuple[Entry, ...]
    file: str

    @property
    def topic(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The second part of the id."""
        return self.id.partition("/")[2]

    def entry(self, versions: Sequence[str], version: str) -> Entry | None:
        """The entry that stands in a version; `None` before the first and after the end."""
        entry = self.last(versions, version)
        return None if entry is None or entry.ended else entry

    def last(self, versions: Sequence[str], version: str) -> Entry | None:
        """The last entry up to a version, even one that ends the commitment."""
        upto = versions[: versions.index(version) + 1]
        return next((entry for entry in reversed(self.history) if entry.version in upto), None)


def by_id(commitments: Iterable[Commitment]) -> dict[str, Commitment]:
    """Commitments by id, in the order of ids."""
    return {item.id: item for item in sorted(commitments, key=lambda item: item.id)}
