"""The published versions of a policy and the ordered words in which it is decided."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.errors import InvalidFileError
from rsp_policy.engine.files.documents import Document, Value
from rsp_policy.engine.files.schema import check


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


@dataclass(frozen=True, slots=True)
class Scales:
    """The ordered words of a framework, each with a sentence that says what it means.

    Attributes:
        verdicts: From the mildest to the strictest.
        waiting: The verdict of a gate for which only an act is missing.
        levels: Levels of standards from the lowest to the highest.
        forces: From the strongest to the weakest.
        binding: The force that can be broken.
        statuses: Of duties, from the worst to the best.
        roles: The status for each thing that the generic rule says of a duty: `broken`, `late`,
            `open`, `done`.
        actors: Names of those who act, by their short name.
    """

    verdicts: Mapping[str, str]
    waiting: str
    gates: Mapping[str, str]
    standards: Mapping[str, str]
    levels: tuple[str, ...]
    forces: Mapping[str, str]
    binding: str
    statuses: Mapping[str, str]
    roles: Mapping[str, str]
    actors: Mapping[str, str]


def canonical(version: str) -> str:
    """A version name in its one form.

    >>> canonical("2_2"), canonical("V3.0")
    ('v2.2', 'v3.0')
    """
    return "v" + version.strip().lower().removeprefix("v").replace("_", ".")


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


def load_scales(document: Document) -> Scales:
    """The scales in `gates.yaml`."""
    value = check(document, "gates")
    titled = {
        key: {str(item["id"]): str(item["title"]) for item in mappings(value[key])}
        for key in ("verdicts", "gates", "standards", "forces", "statuses")
    }
    levels, actors = value["levels"], value["actors"]
    assert isinstance(levels, list)
    assert isinstance(actors, dict)
    return Scales(
        **titled,
        waiting=next(str(item["id"]) for item in mappings(value["verdicts"]) if "waiting" in item),
        binding=next(str(item["id"]) for item in mappings(value["forces"]) if "binding" in item),
        roles={str(item["role"]): str(item["id"]) for item in mappings(value["statuses"])},
        levels=tuple(map(str, levels)),
        actors={key: str(title) for key, title in actors.items()},
    )


def mappings(value: Value) -> Sequence[Mapping[str, Value]]:
    """The mappings in a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
