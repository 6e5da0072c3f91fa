"""Terms: the named figures and sets of commitments, with their units and polarities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rsp_policy.engine.files.documents import Document
from rsp_policy.engine.files.schema import check

Term: TypeAlias = "int | float | str | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class TermKind:
    """What a named figure or set means, in which unit, and which way is stricter."""

    name: str
    title: str
    unit: str
    polarity: str


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
