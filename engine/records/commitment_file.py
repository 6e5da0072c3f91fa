"""The file of a commitment: its entries read one by one, each with what it inherits filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rsp_policy.engine.errors import InvalidFileError, Problem, alternatives
from rsp_policy.engine.files.documents import Document, Pointer, Value, texts
from rsp_policy.engine.files.schema import check

from .commitments import Change, Commitment, Duty, Entry
from .terms import Term


def load_commitment(document: Document, id: str, versions: Sequence[str]) -> Commitment:
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
        place: Pointer = ("history", index)
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
) -> Iterator[tuple[Pointer, str]]:
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


def _standing_faults(item: Mapping[str, Value]) -> Iterator[tuple[Pointer, str]]:
    """What is wrong with an entry that stands, whatever stood before."""
    if "moved_to" in item:
        yield ("moved_to",), "`moved_to` belongs to an entry with `ended: true`"
    if "executes" in item and "because" not in item:
        yield ("executes",), "`executes: false` needs a `because`"
    if "because" in item and "executes" not in item:
        yield ("because",), "`because` belongs to `executes: false`; a change has its own"
    duty = item.get("duty")
    if isinstance(duty, dict) and not {"done", "within", "at_least"} & duty.keys():
        yield (
            ("duty",),
            "a duty needs `done`, `within` and `elapsed`, or `at_least` and `amount`",
        )
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


def _duty(value: Value) -> Duty:
    assert isinstance(value, dict)
    return Duty(
        when=str(value["when"]),
        done=str(value.get("done", "")),
        practice=value.get("practice") is True,
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
