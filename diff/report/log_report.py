"""The history of commitments for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rsp_policy.diff.records.changes import ANNOUNCED, ORDER, CommitmentChange
from rsp_policy.diff.records.log import Life, Moment, Revision
from rsp_policy.engine.files.documents import Value, written
from rsp_policy.engine.records.commitments import Entry
from rsp_policy.engine.records.history import History
from rsp_policy.engine.report.blocks import Block, Heading, Items, Table, Text

MARKS = {
    "weakened": "looser",
    "removed": "looser",
    "strengthened": "tighter",
    "added": "tighter",
    "mixed": "both",
}
"""Which way a direction points; the others leave the substance as it is."""


def revision_blocks(
    history: History, revisions: Sequence[Revision], *, listed: bool
) -> list[Block]:
    """How much each version changed, and which way.

    Args:
        listed: Whether the changes follow one by one.
    """
    first, last = revisions[0].old, revisions[-1].new
    count = sum(len(revision.changes) for revision in revisions)
    span = f"{first.id} to {last.id}"
    blocks: list[Block] = [Heading(f"{history.title}: {count} changes, {span}", 1)]
    shown = [item for item in revisions if item.changes or not listed]
    blocks.append(_counts(shown))
    if not count:
        return [*blocks, Text("No change fits.")]
    if not listed:
        blocks.append(
            Text(
                "Silent: material changes that the developer's own account of the revision does "
                "not identify. COMMITMENT, --topic, --since, --direction or --silent list changes."
            )
        )
        return blocks
    for revision in revisions:
        if revision.changes:
            blocks.append(Heading(f"{revision.new.id}, {revision.new.effective}"))
            blocks.append(Items(tuple(map(_line, revision.changes))))
    return blocks


def life_blocks(history: History, life: Life) -> list[Block]:
    """A commitment, version by version, with its figures and sets as a table."""
    commitment = life.commitment
    blocks: list[Block] = [Heading(commitment.title, 1), Text(f"{commitment.id}: {_span(life)}.")]
    rows = [
        (
            _versions(moment),
            moment.version.effective.isoformat(),
            _direction(moment),
            moment.change.announced if moment.change else "",
            str(moment.place or ""),
        )
        for moment in life.moments
    ]
    blocks.append(Table(("version", "effective", "direction", "announced", "source"), tuple(rows)))
    blocks += _terms(life)
    for moment in life.moments:
        blocks += _moment(history, moment)
    return blocks


def revisions_json(history: History, revisions: Sequence[Revision]) -> dict[str, Value]:
    """Revisions in the stable form `rsp.log/1`."""
    return {
        "schema": "rsp.log/1",
        "framework": history.id,
        "revisions": [
            {
                "old": revision.old.id,
                "new": revision.new.id,
                "effective": revision.new.effective.isoformat(),
                "material": revision.material,
                "silent": revision.silent,
                "counts": _counts_json(revision),
                "changes": [
                    {
                        "id": change.id,
                        "direction": change.direction,
                        "announced": change.announced,
                        "where": change.where,
                        "because": change.because,
                    }
                    for change in revision.changes
                ],
            }
            for revision in revisions
        ],
    }


def life_json(history: History, life: Life) -> dict[str, Value]:
    """The life of a commitment in the stable form `rsp.life/1`."""
    return {
        "schema": "rsp.life/1",
        "framework": history.id,
        "id": life.commitment.id,
        "title": life.commitment.title,
        "standing": life.standing,
        "moments": [_moment_json(moment) for moment in life.moments],
    }


def _moment_json(moment: Moment) -> dict[str, Value]:
    entry, change = moment.entry, moment.change
    value: dict[str, Value] = {
        "version": moment.version.id,
        "effective": moment.version.effective.isoformat(),
        "until": moment.until.id,
        "ended": entry.ended,
    }
    if not entry.ended:
        value |= {
            "says": entry.says,
            "force": entry.force,
            "who": entry.actor,
            "section": str(moment.place),
            "terms": entry.plain_terms,
        }
    if change is not None:
        value |= {
            "direction": change.direction,
            "announced": change.announced,
            "where": change.where,
            "because": change.because,
            "linked": list(change.linked),
        }
    return value


def _counts_json(revision: Revision) -> Value:
    counts = revision.counts()
    found: dict[str, Value] = {
        name: {status: counts[name, status] for status in ANNOUNCED if counts[name, status]}
        for name in ORDER
    }
    return {name: item for name, item in found.items() if item}


def _counts(revisions: Sequence[Revision]) -> Table:
    """Directions as rows and versions as columns."""
    rows = [
        (name, *(str(_of(item, name) or "") for item in revisions))
        for name in ORDER
        if any(_of(item, name) for item in revisions)
    ]
    rows.append(("material", *(str(item.material) for item in revisions)))
    rows.append(("of them silent", *(str(item.silent) for item in revisions)))
    return Table(("changes", *(item.new.id for item in revisions)), tuple(rows))


def _of(revision: Revision, direction: str) -> int:
    return sum(change.direction == direction for change in revision.changes)


def _line(change: CommitmentChange) -> str:
    linked = f" ({', '.join(change.linked)})" if change.linked else ""
    return f"{change.id}: {change.direction}{linked}, {change.announced}. {change.because}"


def _span(life: Life) -> str:
    changed = len(life.moments) - 1
    first, last = life.moments[0], life.moments[-1]
    end = f"to {last.until.id}" if life.standing else f"until {last.version.id}"
    times = "never changed" if not changed else f"{changed} change{'s' * (changed > 1)}"
    return f"from {first.version.id} {end}, {times}"


def _versions(moment: Moment) -> str:
    if moment.entry.ended or moment.until == moment.version:
        return moment.version.id
    return f"{moment.version.id} to {moment.until.id}"


def _direction(moment: Moment) -> str:
    if moment.change is None:
        return "first version"
    if moment.change.left and not moment.entry.ended:
        return f"came back (left in {moment.change.left})"
    mark = MARKS.get(moment.change.direction)
    return f"{moment.change.direction} ({mark})" if mark else moment.change.direction


def _terms(life: Life) -> Iterator[Block]:
    """Force and terms, a row each, a column for each entry; a set is said in full once."""
    standing = [moment.entry for moment in life.moments if not moment.entry.ended]
    names = dict.fromkeys(name for entry in standing for name in entry.terms)
    rows = [("force", *(entry.force for entry in standing))]
    for name in names:
        cells = [_term(entry, before, name) for before, entry in _paired(standing)]
        rows.append((name.replace("_", " "), *cells))
    if names or len({entry.force for entry in standing}) > 1:
        yield Table(("term", *(entry.version for entry in standing)), tuple(rows))


def _paired(entries: Sequence[Entry]) -> list[tuple[Entry | None, Entry]]:
    return list(zip((None, *entries), entries, strict=False))


def _term(entry: Entry, before: Entry | None, name: str) -> str:
    term = entry.terms.get(name)
    old = before.terms.get(name) if before else None
    if term is None:
        return "-"
    if isinstance(term, tuple) and isinstance(old, tuple):
        return _set(old, term)
    return written(term).replace("_", " ") if isinstance(term, tuple) else written(term)


def _set(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    if set(old) == set(new):
        return "same"
    gained = [f"+ {item}" for item in new if item not in old]
    lost = [f"- {item}" for item in old if item not in new]
    return ", ".join((*gained, *lost)).replace("_", " ")


def _moment(history: History, moment: Moment) -> Iterator[Block]:
    entry, change = moment.entry, moment.change
    yield Heading(f"{moment.version.id}: {_direction(moment)}")
    if not entry.ended:
        yield Text(entry.says)
    if change is not None:
        where = f" ({change.where})" if change.where else ""
        yield Text(f"Why: {change.because}")
        yield Text(f"The developer's account: {change.announced}{where}.")
        if change.linked:
            yield Text(f"Linked with {', '.join(change.linked)}.")
    if entry.reading and not entry.ended:
        yield Text(f"Reading: {entry.reading}")
