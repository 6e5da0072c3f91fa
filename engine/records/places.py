"""Places: where a version states a commitment, one file a version.

`places/v2.2.yaml` names section, printed page and footnote of every commitment that stands in v2.2.
Where a version names no place, the one of the version before holds and is unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rsp_policy.engine.files.documents import Document, Value, mappings
from rsp_policy.engine.files.schema import check


@dataclass(frozen=True, slots=True)
class Place:
    """Section and printed page, and the footnote if it stands in one.

    Attributes:
        also: Further passages of the same version that bear on it.
    """

    section: str
    page: str
    footnote: str = ""
    also: tuple[Place, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        section = f"section {self.section}" if self.section[:1].isdigit() else self.section
        note = f", fn. {self.footnote}" if self.footnote else ""
        pages = "pp." if "-" in self.page else "p."
        return f"{section}{note}, {pages} {self.page}"


Places: TypeAlias = Mapping[str, Mapping[str, Place]]
"""The places that files name, by version and commitment."""


def load_places(document: Document) -> dict[str, Place]:
    """The places in a document that follows `policies/schema/places.schema.json`, by commitment.

    Raises:
        InvalidFileError: With every problem.
    """
    places = {}
    for id, item in check(document, "places").items():
        assert isinstance(item, dict)
        places[id] = _place(item)
    return places


def _place(item: Mapping[str, Value]) -> Place:
    also = tuple(map(_place, mappings(item.get("also"))))
    return Place(str(item["section"]), str(item["page"]), str(item.get("footnote", "")), also)


def place_in(places: Places, commitment: str, versions: Sequence[str]) -> Place | None:
    """Where the last of some versions states a commitment, or the last one before that says so.

    Args:
        versions: Those in which the commitment stands, oldest first.
    """
    named = (places.get(version, {}).get(commitment) for version in reversed(versions))
    return next((place for place in named if place is not None), None)
