"""Partial knowledge of a fact, such as `{at_least: 4}`: bounds, or the values that are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rsp_policy.engine.files.documents import Value

from .vocabulary import Fact

BOUNDS = ("at_least", "above", "at_most", "below")
"""The bounds of a number or a date, as a fact sheet writes them."""

KEYS = (*BOUNDS, "one_of")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fact sheet says about a fact without giving its value.

    Attributes:
        bounds: Bounds by their name in `BOUNDS`, for a number or a date.
        one_of: The values that are left of a choice; empty for all.
    """

    bounds: Mapping[str, Value]
    one_of: tuple[Value, ...] = ()

    def __str__(self) -> str:
        words = [f"{name.replace('_', ' ')} {value}" for name, value in self.bounds.items()]
        return " and ".join((*words, *filter(None, [" or ".join(map(str, self.one_of))])))

    def as_json(self) -> dict[str, Value]:
        """The limits as a fact sheet writes them."""
        return {**self.bounds, **({"one_of": list(self.one_of)} if self.one_of else {})}

    def complaints(self, fact: Fact) -> Iterator[str]:
        """What is wrong with the limits of a fact."""
        if not self.bounds and not self.one_of:
            yield "`one_of` names no value"
        ordered = fact.kind in ("number", "integer", "date")
        for name, value in self.bounds.items():
            if not ordered:
                yield f"`{name}` belongs to a number or a date"
            elif complaint := fact.complaint(value):
                yield f"`{name}`: {complaint}"
        for value in self.one_of:
            if fact.kind != "choice":
                yield "`one_of` belongs to a choice"
            elif complaint := fact.complaint(value):
                yield f"`one_of`: {complaint}"


def limits_in(item: Mapping[str, Value]) -> Limits | None:
    """The limits in what a sheet says about a fact; `None` where it gives none."""
    bounds = {name: item[name] for name in BOUNDS if name in item}
    one_of = item.get("one_of")
    if not bounds and one_of is None:
        return None
    left = one_of if isinstance(one_of, list) else [] if one_of is None else [one_of]
    return Limits(bounds, tuple(left))
