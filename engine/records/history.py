"""The records of one policy through all its versions, and of one version.

What is here was read from files and holds nothing else: what compiles rules, lifts them, caches and
decides stands in `framework` and binds these from above.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rsp_policy.engine.errors import (
    NotEncodedError,
    UnknownNameError,
    UnpublishedVersionError,
    UsageError,
)
from rsp_policy.engine.facts.vocabulary import Vocabulary

from .commitments import Commitment, Entry
from .places import Place, Places, place_in
from .scales import Scales
from .terms import TermKind
from .versions import Version, find


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment as it stands in one version.

    Attributes:
        place: Where that version states it.
        confirmed: Whether the version's own file says so; else the place is that of an earlier one.
    """

    id: str
    title: str
    entry: Entry
    place: Place
    confirmed: bool = True

    @property
    def topic(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The second part of the id."""
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Records:
    """What the files of a policy say, but for its commitments.

    Attributes:
        versions: Oldest first.
        unpublished: Why a version that sources name was never published.
        encoded: The versions whose commitments are encoded, oldest first. Every edition changes
            something, so a version without an entry of its own is not encoded.
    """

    id: str
    title: str
    developer: str
    versions: tuple[Version, ...]
    unpublished: Mapping[str, str]
    scales: Scales
    terms: Mapping[str, TermKind]
    vocabulary: Vocabulary
    encoded: tuple[str, ...]


class Slice:
    """All commitments as they stand in one version."""

    def __init__(
        self, history: History, version: Version, standing: Mapping[str, Standing] | None = None
    ) -> None:
        """A version, or with `standing` what it would be with these commitments."""
        self.history = history
        self.version = version
        if standing is not None:
            self.standing = standing

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """The commitments that stand in this version, by id."""
        return self.history.standing_in(self.id)

    @property
    def id(self) -> str:
        """The version."""
        return self.version.id

    def __repr__(self) -> str:
        return f"<slice {self.id} of {self.history.id}: {len(self)} commitments>"

    def __len__(self) -> int:
        return len(self.standing)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self.standing.values())

    def __getitem__(self, commitment: str) -> Standing:
        if commitment not in self.standing:
            note = ""
            if commitment in self.history.commitments:
                note = f"it does not stand in {self.id}"
            raise UnknownNameError("commitment", commitment, self.standing, note)
        return self.standing[commitment]

    def altered(self, other: Slice, commitments: Iterable[str]) -> Slice:
        """What this version would be if some commitments stood as they do in another.

        Those that do not stand there are left out. Nothing of it is kept in a cache.
        """
        chosen = frozenset(commitments)
        kept = {id: item for id, item in self.standing.items() if id not in chosen}
        taken = {id: item for id, item in other.standing.items() if id in chosen}
        return type(self)(self.history, self.version, dict(sorted((kept | taken).items())))


class History:
    """One policy through all its versions: what the files of its folder record."""

    def __init__(
        self, records: Records, read: Callable[[], tuple[Mapping[str, Commitment], Places]]
    ) -> None:
        """A history of records.

        Args:
            records: What the files say, but for the commitments.
            read: Gives the commitments by id and where versions state them, at first use.
        """
        self.id = records.id
        self.title = records.title
        self.developer = records.developer
        self.versions = records.versions
        self.versions_by_id = {version.id: version for version in records.versions}
        self.unpublished = records.unpublished
        self.encoded = records.encoded
        self.scales = records.scales
        self.terms = records.terms
        self.vocabulary = records.vocabulary
        self._read = read
        self._slices: dict[str, Slice] = {}

    def __repr__(self) -> str:
        return f"<history of {self.id}: {len(self.versions)} versions>"

    @cached_property
    def _loaded(self) -> tuple[Mapping[str, Commitment], Places]:
        return self._read()

    @property
    def commitments(self) -> Mapping[str, Commitment]:
        """The commitments with their histories, by id."""
        return self._loaded[0]

    @property
    def places(self) -> Places:
        """Where versions state commitments, as far as their files say so."""
        return self._loaded[1]

    def standing_in(self, version: str) -> Mapping[str, Standing]:
        """The commitments that stand in a version, by id."""
        names = tuple(self.versions_by_id)
        found = {}
        for item in self.commitments.values():
            entry = item.entry(names, version)
            place = self.place(item.id, version)
            if entry is not None and place is not None:
                confirmed = item.id in self.places.get(version, {})
                found[item.id] = Standing(item.id, item.title, entry, place, confirmed)
        return found

    def version(self, name: str) -> Version:
        """A published version by its id or another spelling of it, such as `2.2` for `v2.2`.

        Raises:
            UnpublishedVersionError: If sources name it and it was never published.
            UnknownNameError: If nobody knows it.
        """
        if (id := find(name, self.versions_by_id)) is not None:
            return self.versions_by_id[id]
        if (id := find(name, self.unpublished)) is not None:
            raise UnpublishedVersionError(id, self.unpublished[id], self.versions_by_id)
        raise UnknownNameError("version", name, self.versions_by_id)

    def as_of(self, day: datetime.date) -> Version:
        """The version in force on a day.

        Raises:
            UnknownNameError: If none was in force yet.
        """
        for version in reversed(self.versions):
            if version.effective <= day:
                return version
        first = self.versions[0]
        note = f"the first version, {first.id}, took effect on {first.effective}"
        raise UnknownNameError("version in force on", str(day), (), note)

    def __getitem__(self, name: str) -> Slice:
        version = self.version(name)
        if version.id not in self.encoded:
            raise NotEncodedError(version.id, self.encoded)
        if version.id not in self._slices:
            self._slices[version.id] = Slice(self, version)
        return self._slices[version.id]

    def slices(self) -> tuple[Slice, ...]:
        """All encoded versions, oldest first."""
        return tuple(self[version] for version in self.encoded)

    def between(self, since: str | None = None, until: str | None = None) -> tuple[Slice, ...]:
        """The encoded versions from one to another, oldest first.

        Args:
            since: The version to start from; the oldest by default.
            until: The version to end with; the newest by default.

        Raises:
            UnknownNameError: If there is no such version.
            UsageError: If `since` does not come before `until`.
        """
        names = list(self.encoded)
        first = names.index(self[since].id) if since else 0
        last = names.index(self[until].id) if until else len(names) - 1
        if first >= last:
            raise UsageError(f"{names[first]} does not come before {names[last]}")
        return tuple(self[name] for name in names[first : last + 1])

    def place(self, commitment: str, version: str) -> Place | None:
        """Where a version states a commitment, or the last one before it whose file says so."""
        names = tuple(self.versions_by_id)
        return place_in(self.places, commitment, names[: names.index(version) + 1])

    def commitment(self, id: str) -> Commitment:
        """A commitment by its id, whatever the version.

        Raises:
            UnknownNameError: If there is none.
        """
        if id not in self.commitments:
            raise UnknownNameError("commitment", id, self.commitments)
        return self.commitments[id]
