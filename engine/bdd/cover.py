"""Covers: a difference described by few short conjunctions of conditions.

A difference is a path condition, a cover a list of conjunctions that each lie inside it and that
together make it up. The method is that of two-level minimisation (expand, then make irredundant;
Brayton and others, Logic Minimization Algorithms for VLSI Synthesis, 1984) with conditions as
literals and decision diagrams for the tests, so that what conditions mean for one another is used
and every cover is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2

from oxidd.bcdd import BCDDFunction

from .path_conditions import PathCondition
from .situations import SituationSpace

_MAX_TERMS = 64
"""The most conjunctions that a cover is sought of; what is left is counted."""

_FLOAT_BITS = 1000
"""Over how many bits counts still fit a float."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Something that a region may say.

    Attributes:
        rank: How readily it is used: 0 for the frame of the question, 1 for named conditions, 2
            for single facts.
        names: What stands behind it, for who puts it into words.
    """

    pc: PathCondition
    rank: int
    names: object


@dataclass(frozen=True, slots=True)
class Cover:
    """Conjunctions that describe a difference, and what they leave out.

    Attributes:
        left_out: The diagram of situations that no conjunction covers; empty unless a bound stopped
            the search.
    """

    terms: tuple[tuple[Literal, ...], ...]
    left_out: BCDDFunction


class Coverer:
    """Finds covers within one space."""

    def __init__(self, space: SituationSpace) -> None:
        self._space = space
        self._pcs = space.pcs
        self._bits = space.pcs.manager.num_vars()
        self._inside: dict[PathCondition, BCDDFunction] = {}

    def cover(
        self,
        difference: PathCondition,
        literals: Sequence[Literal],
        bound: int = _MAX_TERMS,
        *,
        widen: Callable[[tuple[Literal, ...], BCDDFunction], tuple[Literal, ...]],
    ) -> Cover:
        """A cover of a difference by conjunctions of literals.

        Args:
            literals: Enough of them to tell the difference from the rest.
            bound: The most conjunctions.
            widen: What makes the literals of a conjunction weaker where it can, given the diagram
                of what it must not reach.
        """
        on = self._space.allowed & self._pcs.diagram(difference)
        off = self._space.allowed & self._pcs.diagram(difference ^ 1)
        activation = [item for item in literals if item.rank == 0]
        inside = self._framed(off, activation)
        terms: list[tuple[Literal, ...]] = []
        covered: list[BCDDFunction] = []
        left = on
        singles = self._singles(inside, literals)
        while left.satisfiable() and len(terms) < bound:
            term = self._best_single(singles, left) or self._expanded(left, inside, literals)
            narrowed = widen(self._reduced([*term, *activation], off), off)
            region = on
            for item in narrowed:
                region = region & self._diagram(item)
            terms.append(narrowed)
            covered.append(region)
            left = left & ~region
        return Cover(tuple(self._irredundant(terms, covered, on & ~left)), left)

    def _diagram(self, literal: Literal) -> BCDDFunction:
        return self._pcs.diagram(literal.pc)

    def _weight(self, diagram: BCDDFunction) -> float:
        """How much of the space a diagram takes, for choosing between literals; no exact count."""
        if self._bits < _FLOAT_BITS:
            return diagram.sat_count_float(self._bits)
        return float(diagram.sat_count(self._bits) >> (self._bits - _FLOAT_BITS))

    def _framed(self, off: BCDDFunction, activation: Iterable[Literal]) -> BCDDFunction:
        for item in activation:
            off = off & self._diagram(item)
        return off

    def _singles(self, off: BCDDFunction, literals: Iterable[Literal]) -> list[Literal]:
        """Named conditions each of which is enough within the frame."""
        return [
            item
            for item in literals
            if item.rank == 1 and not (off & self._diagram(item)).satisfiable()
        ]

    def _best_single(self, singles: Sequence[Literal], left: BCDDFunction) -> list[Literal] | None:
        """The single condition that covers most of what is left."""
        best, most = None, 0.0
        for item in singles:
            reached = left & self._diagram(item)
            if reached.satisfiable() and (count := self._weight(reached)) > most:
                best, most = item, count
        return None if best is None else [best]

    def _expanded(
        self, left: BCDDFunction, off: BCDDFunction, literals: Sequence[Literal]
    ) -> list[Literal]:
        """A conjunction around a situation that is left, by conditions first and facts after."""
        point = _point(left)
        term: list[Literal] = []
        for rank in (1, 2):
            holding = [
                item for item in literals if item.rank == rank and self._diagram(item).eval(point)
            ]
            while off.satisfiable():
                chosen = self._sharpest(holding, off, left)
                if chosen is None:
                    break
                term.append(chosen)
                off = off & self._diagram(chosen)
                left = left & self._diagram(chosen)
        return term

    def _sharpest(
        self, literals: Iterable[Literal], off: BCDDFunction, left: BCDDFunction
    ) -> Literal | None:
        """The literal that shuts out most for what it gives up."""
        best: Literal | None = None
        most = 0.0
        whole, wanted = log2(self._weight(off)), log2(self._weight(left))
        for item in literals:
            diagram = self._diagram(item)
            outside = off & diagram
            if outside == off:
                continue
            rest = self._weight(outside)
            gained = whole - (log2(rest) if rest else -1)
            lost = wanted - log2(self._weight(left & diagram))
            score = gained / (1 + lost)
            if score > most:
                best, most = item, score
        return best

    def _reduced(self, term: Sequence[Literal], off: BCDDFunction) -> tuple[Literal, ...]:
        """A conjunction without the literals that it does not need; facts go first."""
        kept = list(dict.fromkeys(term))
        for item in sorted(kept, key=lambda item: -item.rank):
            rest = off
            for other in kept:
                if other is not item:
                    rest = rest & self._diagram(other)
            if not rest.satisfiable():
                kept.remove(item)
        return tuple(kept)

    def _irredundant(
        self,
        terms: Sequence[tuple[Literal, ...]],
        covered: Sequence[BCDDFunction],
        on: BCDDFunction,
    ) -> list[tuple[Literal, ...]]:
        """The conjunctions without those that the others cover."""
        keep = list(range(len(terms)))
        for index in sorted(keep, key=lambda index: self._weight(covered[index])):
            rest = on
            for other in keep:
                if other != index:
                    rest = rest & ~covered[other]
            if not rest.satisfiable():
                keep.remove(index)
        return [terms[index] for index in keep]


def _point(diagram: BCDDFunction) -> list[tuple[int, bool]]:
    """An assignment of all bits that satisfies a diagram."""
    cube = diagram.pick_cube()
    assert cube is not None
    return [(bit, value is True) for bit, value in enumerate(cube)]
