"""The situations that a vocabulary allows, counted and picked out of decision diagrams.

A situation is a class of fact sheets that none of the formulas at hand can tell apart: values of a
fact that every formula treats alike are one value, numbers between two neighbouring cuts are one
number, and a fact that no formula mentions plays no part.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from oxidd.bcdd import BCDDFunction

from rsp_policy.engine.files.documents import Value

from .assignments import code_of, lightest, sheet_of
from .cells import Cell, cells_of, nearest
from .fact_variables import FactVariables
from .path_conditions import ALWAYS, PathCondition, PathConditions
from .support import alike, allowed_among, mentioned_in, readers_of, support
from .variables import Ordered

if TYPE_CHECKING:
    from random import Random


class SituationSpace:
    """The situations that some formulas can tell apart.

    Args:
        roots: The formulas.
        assumed: What is taken to hold.

    Attributes:
        cells: The cells of every variable that the formulas mention, by its number.
        allowed: The diagram of what is neither excluded nor assumed away; several assignments may
            stand for one situation.
    """

    def __init__(
        self,
        facts: FactVariables,
        pcs: PathConditions,
        roots: Iterable[PathCondition],
        assumed: PathCondition = ALWAYS,
    ) -> None:
        self.facts = facts
        self.pcs = pcs
        self.assumed = assumed
        roots = list(dict.fromkeys(roots))
        taken = pcs.diagram(assumed)
        restricted = {root: pcs.diagram(root) & taken for root in roots}
        turns_on = support([*restricted.values(), taken])
        mentioned = {
            variable: literals
            for variable, literals in mentioned_in(pcs, [*roots, assumed]).items()
            if not turns_on.isdisjoint(pcs.bits(variable))
        }
        excluded = facts.excluded(pcs)
        whole = pcs.diagram(pcs.any(excluded) ^ 1)
        told = mentioned_in(pcs, excluded)
        allowed = allowed_among(pcs, whole, told, mentioned)
        self._fine = {
            variable: cells_of(facts, pcs, variable, literals)
            for variable, literals in sorted(mentioned.items())
        }
        self.allowed = allowed & taken
        readers = readers_of(pcs, roots)
        self.cells = {
            variable: self._joined(
                variable, [self.allowed, *(restricted[root] for root in readers.get(variable, ()))]
            )
            for variable in self._fine
        }
        # a sheet also settles what no formula mentions and an exclusion does
        self._whole = whole & taken
        for variable, literals in told.items():
            if variable not in mentioned or not literals <= mentioned[variable]:
                both = literals | mentioned.get(variable, set())
                self._fine[variable] = cells_of(facts, pcs, variable, both)
        self._canonical = self._one_for_each(self.allowed)
        self._bits = pcs.manager.num_vars()
        self._told: dict[PathCondition, bool] = {}
        self._turns_on: dict[int, frozenset[int]] = {}

    def _joined(self, variable: int, diagrams: Sequence[BCDDFunction]) -> tuple[Cell, ...]:
        """The cells of a variable, with those joined that no diagram tells apart."""
        cells = self._fine[variable]
        if len(cells) < 3:
            return cells
        pcs = self.pcs
        held = [pcs.diagram(cell.pc) for cell in cells]
        groups: dict[Hashable, list[Cell]] = {}
        tokens = alike(pcs.manager, held, pcs.bits(variable), diagrams)
        for cell, token in zip(cells, tokens, strict=True):
            groups.setdefault(token, []).append(cell)
        return tuple(
            Cell(
                group[0].value,
                tuple(dict.fromkeys(word for cell in group for word in cell.values)),
                pcs.any(cell.pc for cell in group),
                group[0].code,
            )
            for group in groups.values()
        )

    def _one_for_each(self, whole: BCDDFunction) -> BCDDFunction:
        """The diagram of assignments that stand for an allowed situation, one for each."""
        manager = self.pcs.manager
        used: set[int] = set()
        for cells in self.cells.values():
            any_cell = manager.false()
            for cell in cells:
                codes = manager.true()
                for bit, wanted in cell.code:
                    codes &= manager.var(bit) if wanted else manager.not_var(bit)
                any_cell |= codes
            used.update(bit for bit, _ in cells[0].code)
            whole &= any_cell
        for bit in range(manager.num_vars()):
            if bit not in used:
                whole &= manager.not_var(bit)
        return whole

    def diagram(self, pc: PathCondition) -> BCDDFunction:
        """The situations in which a path condition holds, as a diagram over all bits."""
        return self._canonical & self.pcs.diagram(pc)

    def count(self, pc: PathCondition = ALWAYS) -> int:
        """The exact number of situations in which a path condition holds."""
        return self.count_of(self.pcs.diagram(pc))

    def count_of(self, diagram: BCDDFunction) -> int:
        """The exact number of situations in which a diagram holds."""
        return int((self._canonical & diagram).sat_count(self._bits))

    def possible(self, pc: PathCondition) -> bool:
        """Whether a path condition holds in some situation."""
        return (self.allowed & self.pcs.diagram(pc)).satisfiable()

    def turns_on(self, pc: PathCondition) -> frozenset[int]:
        """The variables that a path condition depends on under the assumptions."""
        found = self._turns_on.get(pc >> 1)
        if found is None:
            diagram = self.pcs.diagram(pc) & self.pcs.diagram(self.assumed)
            owners = self._owners
            found = frozenset(owners[bit] for bit in support([diagram]))
            self._turns_on[pc >> 1] = found
        return found

    @cached_property
    def _owners(self) -> Mapping[int, int]:
        """The variable of every bit."""
        return {
            bit: variable
            for variable in range(len(self.pcs.variables))
            for bit in self.pcs.bits(variable)
        }

    def tells(self, pc: PathCondition) -> bool:
        """Whether a path condition says nothing finer than the cells of this space."""
        found = self._told.get(pc)
        if found is None:
            found = self._told[pc] = all(
                self._closed(pc, variable) for variable in self.turns_on(pc)
            )
        return found

    def _closed(self, pc: PathCondition, variable: int) -> bool:
        """Whether a path condition tells no two values apart that lie in one cell of a variable."""
        cells = self.cells.get(variable)
        if cells is None:
            return False
        if len(self.pcs.bits(variable)) == 1:
            return True
        manager = self.pcs.manager
        hidden = manager.true()
        for bit in self.pcs.bits(variable):
            hidden &= manager.var(bit)
        held = self.pcs.diagram(pc) & self.pcs.diagram(self.assumed)
        for cell in cells:
            inside = self.pcs.diagram(cell.pc)
            part = held & inside
            if part.exists(hidden) & inside != part:
                return False
        return True

    def implies(self, pc: PathCondition, other: PathCondition) -> bool:
        """Whether `other` holds wherever `pc` does."""
        return not self.possible(self.pcs.both(pc, other ^ 1))

    def witness(self, pc: PathCondition) -> dict[str, Value]:
        """The facts of a plainest situation where a path condition holds: the fewest unusual ones.

        Numbers come first: each stands at its default, or as near to it as it can.

        Returns:
            The facts that differ from their default, or have none.
        """
        diagram = self._whole & self.pcs.diagram(pc)
        for variable, cells in self._fine.items():
            item = self.pcs.variables[variable]
            if isinstance(item, Ordered):
                for cell in nearest(self.facts, cells, item):
                    narrowed = diagram & self.pcs.diagram(cell)
                    if narrowed.satisfiable():
                        diagram = narrowed
                        break
        return self._sheet(lightest(diagram))

    def assignment(self, sheet: Mapping[str, Value]) -> list[tuple[int, bool]]:
        """The bits of a situation, given by the facts that differ from their defaults."""
        bits = dict(self._usual)
        for fact in sheet:
            for variable in self.facts.of(fact):
                bits.update(self._code(variable, sheet[fact]))
        return list(bits.items())

    @cached_property
    def _usual(self) -> Mapping[int, bool]:
        """The bits of the situation in which every fact stands at its default."""
        bits = dict.fromkeys(range(self._bits), False)
        for variable in self.cells:
            fact = self.pcs.variables[variable].fact
            bits.update(self._code(variable, self.facts.vocabulary[fact].default))
        return bits

    def _code(self, variable: int, value: Value) -> tuple[tuple[int, bool], ...]:
        cells = self.cells.get(variable, ())
        return code_of(self.facts, self.pcs, variable, cells, value)

    def sample(self, pc: PathCondition, random: Random) -> dict[str, Value]:
        """The facts of a random situation where a path condition holds, a value in each cell."""
        diagram = self.diagram(pc)
        inside = self._whole & self.pcs.diagram(pc)
        turns_on = support([diagram])
        order = list(self.cells)
        random.shuffle(order)
        held = self.pcs.manager.true()  # not a path condition, of which the store forgets none
        chosen: dict[int, bool] = {}
        for variable in order:
            cells = self.cells[variable]
            if turns_on.isdisjoint(self.pcs.bits(variable)):
                cell = random.sample(cells, len(cells))[0]
            else:
                diagram, cell = self._picked(diagram, cells, random)
            held &= self.pcs.diagram(cell.pc)
            chosen.update(cell.code)
        inside &= held
        for variable, cells in self._fine.items():
            if cells is not self.cells.get(variable):
                inside, cell = self._picked(inside, cells, random)
                chosen.update(cell.code)
        return self._sheet(chosen)

    def _picked(
        self, diagram: BCDDFunction, cells: Sequence[Cell], random: Random
    ) -> tuple[BCDDFunction, Cell]:
        """A random one of the cells that a diagram allows, and the diagram within it."""
        for cell in random.sample(cells, len(cells)):
            narrowed = diagram & self.pcs.diagram(cell.pc)
            if narrowed.satisfiable():
                return narrowed, cell
        raise ValueError("there is no situation to choose")

    def _sheet(self, bits: Mapping[int, bool]) -> dict[str, Value]:
        moved = {self._owners[bit] for bit, wanted in bits.items() if wanted}
        variables = (moved | self._unsettled) & self._fine.keys()
        return sheet_of(self.facts, self.pcs, self._fine, variables, bits, self._bits)

    @cached_property
    def _unsettled(self) -> frozenset[int]:
        """The variables whose bits say nothing about a default: numbers, and facts without one."""
        facts = self.facts.vocabulary.facts
        return frozenset(
            variable
            for variable in self._fine
            if isinstance(item := self.pcs.variables[variable], Ordered)
            or facts[item.fact].default is None
        )
