"""Commitments: what a policy says, thing by thing, each with its history inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rsp_policy.engine.errors import InvalidFileError, Problem, alternatives
from rsp_policy.engine.files.documents import Document, Place, Value, texts
from rsp_policy.engine.files.schema import check

Term: TypeAlias = "int | float | str | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class TermKind:
    """What a named figure or set means, in which unit, and which way is stricter."""

    name: str
    title: str
    unit: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version says it: section and printed page, and the footnote if it stands in one."""

    section: str
    page: str
    footnote: str = ""

    def __str__(self) -> str:
        section = f"section {self.section}" if self.section[:1].isdigit() else self.section
        note = f", fn. {self.footnote}" if self.footnote else ""
        pages = "pp." if "-" in self.page else "p."
        return f"{section}{note}, {pages} {self.page}"


@dataclass(frozen=True, slots=True)
class Duty:
    """The declared shape of a commitment: under a condition, one fact says whether it is done.

    Attributes:
        when: The condition that triggers it.
        done: The boolean fact that says it is done, or kept up; empty for a duty that recurs and is
            met while the time elapsed stays within the term, or that is met by an amount.
        standing: A practice or a prohibition; not kept is breached and not merely due.
        within: The term that limits the time.
        elapsed: The fact that counts the time, in the unit of that term.
        at_least: The term that an amount must reach.
        amount: The fact that gives the amount, in the unit of that term.
        before: The condition from which on it is late.
        precondition_of: The gates that wait for it.
    """

    when: str
    done: str
    standing: bool = False
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
    """A commitment as it stands from one version on, with all that it inherits filled in.

    Attributes:
        restated: Where later versions say the same, by version.
    """

    version: str
    says: str
    force: str
    actor: str
    source: Source
    restated: Mapping[str, Source]
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
        """The entry that stands in a version; `None` before the first and after the end.

        Its source is the place in that version, where the record names it.
        """
        entry = self.last(versions, version)
        if entry is None or entry.ended:
            return None
        return replace(entry, source=entry.restated.get(version, entry.source))

    def last(self, versions: Sequence[str], version: str) -> Entry | None:
        """The last entry up to a version, even one that ends the commitment."""
        upto = versions[: versions.index(version) + 1]
        return next((entry for entry in reversed(self.history) if entry.version in upto), None)


def load(document: Document, id: str, versions: Sequence[str]) -> Commitment:
    """The commitment in a document.

    Args:
        document: A file that follows `policies/schema/commitment.schema.json`.
        id: Its id, which is its path.
        versions: The versions of the framework, oldest first.

    Raises:
        InvalidFileError: With every problem.
    """
    value = check(document, "commitment")
    entries: list[Entry] = []
    problems: list[Problem] = []
    history = value["history"]
    assert isinstance(history, list)
    for index, item in enumerate(history):
        assert isinstance(item, dict)
        place: Place = ("history", index)
        before = entries[-1] if entries else None
        faults = list(_faults(item, before, versions))
        problems += [document.problem((*place, *where), message) for where, message in faults]
        if not faults:
            entries.append(_entry(item, before, document.lines[place]))
    if problems:
        raise InvalidFileError(problems)
    return Commitment(id, str(value["title"]), tuple(entries), document.name)


def _faults(
    item: Mapping[str, Value], before: Entry | None, versions: Sequence[str]
) -> Iterator[tuple[Place, str]]:
    version = str(item["version"])
    if version not in versions:
        message = f"unknown version `{version}`{alternatives(version, versions)}"
        yield ("version",), message
        return
    if before is not None and versions.index(version) <= versions.index(before.version):
        yield ("version",), f"`{version}` does not come after `{before.version}`"
    if before is not None and "change" not in item:
        yield (), "`change` is missing: say how this entry differs from the one before, and why"
    if item.get("ended"):
        if before is None:
            yield ("ended",), "the first entry cannot end the commitment"
        for key in item:
            if key not in ("version", "ended", "moved_to", "change"):
                yield (key,), f"`{key}` has no place in an entry that ends the commitment"
        return
    if before is None or before.ended:
        for key in ("says", "force", "actor"):
            if key not in item:
                yield (), f"`{key}` is missing"
    yield from _standing_faults(item)


def _standing_faults(item: Mapping[str, Value]) -> Iterator[tuple[Place, str]]:
    """What is wrong with an entry that stands, whatever stood before."""
    if "source" not in item:
        yield (), "`source` is missing: section and printed page"
    if "moved_to" in item:
        yield ("moved_to",), "`moved_to` belongs to an entry with `ended: true`"
    if "executes" in item and "because" not in item:
        yield ("executes",), "`executes: false` needs a `because`"
    if "because" in item and "executes" not in item:
        yield ("because",), "`because` belongs to `executes: false`; a change has its own"
    duty = item.get("duty")
    if isinstance(duty, dict) and not {"done", "within", "at_least"} & duty.keys():
        yield ("duty",), "a duty needs `done`, `within` and `elapsed`, or `at_least` and `amount`"
    if isinstance(duty, dict) and "at_least" in duty and {"done", "within"} & duty.keys():
        yield ("duty",), "a duty met by an amount has neither `done` nor `within`"
    if "executes" in item and "duty" in item:
        yield ("executes",), "an entry with a `duty` is executed"


def _entry(item: Mapping[str, Value], before: Entry | None, line: int) -> Entry:
    change = _change(item.get("change"))
    if item.get("ended"):
        assert before is not None
        moved = str(item.get("moved_to", ""))
        return replace(
            before,
            version=str(item["version"]),
            ended=True,
            moved_to=moved,
            replaces=(),
            change=change,
            line=line,
        )
    old = None if before is None or before.ended else before
    source = _source(item["source"])
    if "executes" in item:
        duty, unexecuted = None, str(item["because"])
    elif "duty" in item:
        duty, unexecuted = _duty(item["duty"]), ""
    else:
        duty, unexecuted = (old.duty, old.unexecuted) if old else (None, "")
    return Entry(
        version=str(item["version"]),
        says=str(item.get("says") or (old.says if old else "")),
        force=str(item.get("force") or (old.force if old else "")),
        actor=str(item.get("actor") or (old.actor if old else "")),
        source=source,
        restated=_restated(item.get("restated"), source),
        reading=str(item["reading"] or "") if "reading" in item else (old.reading if old else ""),
        terms=_terms(item["terms"]) if "terms" in item else (old.terms if old else {}),
        duty=duty,
        unexecuted=unexecuted,
        ended=False,
        moved_to="",
        replaces=texts(item.get("replaces")),
        change=change,
        line=line,
    )


def _source(value: Value, section: str = "") -> Source:
    assert isinstance(value, dict)
    footnote = str(value.get("footnote", ""))
    return Source(str(value.get("section", section)), str(value["page"]), footnote)


def _restated(value: Value, source: Source) -> Mapping[str, Source]:
    if not isinstance(value, dict):
        return {}
    return {
        version: _source(place, source.section)
        if isinstance(place, dict)
        else replace(source, page=str(place))
        for version, place in value.items()
    }


def _duty(value: Value) -> Duty:
    assert isinstance(value, dict)
    return Duty(
        when=str(value["when"]),
        done=str(value.get("done", "")),
        standing=value.get("standing") is True,
        within=str(value.get("within", "")),
        elapsed=str(value.get("elapsed", "")),
        at_least=str(value.get("at_least", "")),
        amount=str(value.get("amount", "")),
        before=str(value.get("before", "")),
        precondition_of=texts(value.get("precondition_of")),
    )


def _change(value: Value) -> Change | None:
    if not isinstance(value, dict):
        return None
    announced = value["announced"]
    assert isinstance(announced, dict)
    return Change(
        direction=str(value.get("direction", "")),
        because=str(value["because"]),
        announced=str(announced["status"]),
        where=str(announced.get("where", "")),
    )


def _terms(value: Value) -> dict[str, Term]:
    assert isinstance(value, dict)
    terms: dict[str, Term] = {}
    for name, term in value.items():
        if isinstance(term, list):
            terms[name] = texts(term)
        else:
            assert isinstance(term, int | float | str)
            terms[name] = term
    return terms


def load_terms(document: Document) -> Mapping[str, TermKind]:
    """The units and polarities of all terms, by name.

    Raises:
        InvalidFileError: With every problem.
    """
    kinds = {}
    for name, item in check(document, "terms").items():
        assert isinstance(item, dict)
        kinds[name] = TermKind(name, str(item["title"]), str(item["unit"]), str(item["polarity"]))
    return kinds


def by_id(commitments: Iterable[Commitment]) -> dict[str, Commitment]:
    """Commitments by id, in the order of ids."""
    return {item.id: item for item in sorted(commitments, key=lambda item: item.id)}
