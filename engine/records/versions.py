"""The published versions of a policy."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rsp_policy.engine.errors import InvalidFileError
from rsp_policy.engine.files.documents import Document, Value, mappings


@dataclass(frozen=True, slots=True)
class Version:
    """One published edition of the policy.

    Attributes:
        until: The last day on which it was in force; `None` for the newest.
        pages: Pages of the document as published.
        sha256: Digest of the document.
    """

    id: str
    effective: datetime.date
    until: datetime.date | None
    document: str
    pages: int
    sha256: str
    note: str = ""


def spellings(version: str) -> frozenset[str]:
    """The names by which a version is known: its id, in any case, with or without a leading `v`.

    An underscore stands for a dot.

    >>> sorted(spellings("v2.2"))
    ['2.2', 'v2.2']
    """
    name = version.strip().lower().replace("_", ".")
    return frozenset({name, name.removeprefix("v")})


def find(name: str, known: Iterable[str]) -> str | None:
    """The one of some versions that a name stands for; an exact id comes before a spelling.

    >>> find("V3_0", ["v2.2", "v3.0"]), find("beta", ["2023-12", "beta"]), find("3", ["v3.0"])
    ('v3.0', 'beta', None)
    """
    ids = list(known)
    if name in ids:
        return name
    wanted = spellings(name)
    return next((id for id in ids if wanted & spellings(id)), None)


def load_versions(document: Document, value: Mapping[str, Value]) -> tuple[Version, ...]:
    """The versions in `framework.yaml`, oldest first.

    Raises:
        InvalidFileError: If they do not follow one another without a gap.
    """
    versions: list[Version] = []
    problems = []
    for index, item in enumerate(mappings(value["versions"])):
        until = item.get("in_force_until")
        version = Version(
            id=str(item["id"]),
            effective=datetime.date.fromisoformat(str(item["effective"])),
            until=datetime.date.fromisoformat(str(until)) if until else None,
            document=str(item["document"]),
            pages=int(str(item["pages"])),
            sha256=str(item["sha256"]),
            note=str(item.get("note", "")),
        )
        if versions:
            before = versions[-1]
            wanted = version.effective - datetime.timedelta(days=1)
            if before.until != wanted:
                message = f"`{before.id}` must be in force until {wanted}, the day before"
                problems.append(document.problem(("versions", index - 1), message))
            if version.effective <= before.effective:
                message = f"`{version.id}` does not take effect after `{before.id}`"
                problems.append(document.problem(("versions", index), message))
        versions.append(version)
    if problems:
        raise InvalidFileError(problems)
    return tuple(versions)
