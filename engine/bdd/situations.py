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
from .path_conditions import ALWAYS, Guard, Guards
from .support import alike, allowed_among, mentioned_in, readers_of, support
from .variables import Ordered

if TYPE_CHECKING:
    from random import Random


class Space:
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
        self, facts: FactVariables, guards: Guards, roots: Iterable[Guard], assumed: Guard = ALWAYS
    ) -> None:
        self.facts = facts
        self.guards = guards
        self.assumed = assumed
        roots = list(dict.fromkeys(roots))
        taken = guards.diagram(assumed)
        restricted = {root: guards.diagram(root) & taken for root in roots}
        turns_on = support([*restricted.values(), taken])
        mentioned = {
            variable: literals
            for variable, literals in mentioned_in(guards, [*roots, assumed]).items()
            if not turns_on.isdisjoint(guards.bits(variable))
        }
        excluded = facts.excluded(guards)
        whole = guards.diagram(guards.any(excluded) ^ 1)
        told = mentioned_in(guards, excluded)
        allowed = allowed_among(guards, whole, told, mentioned)
        self._fine = {
            variable: cells_of(facts, guards, variable, literals)
            for variable, literals in sorted(mentioned.items())
        }
        self.allowed = allowed & taken
        readers = readers_of(guards, roots)
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
                self._fine[variable] = cells_of(facts, guards, variable, both)
        self._canonical = self._one_for_each(self.allowed)
        self._bits = guards.manager.num_vars()
        self._told: dict[Guard, bool] = {}
        self._turns_on: dict[int, frozenset[int]] = {}

    def _joined(self, variable: int, diagrams: Sequence[BCDDFunction]) -> tuple[Cell, ...]:
        """The cells of a variable, with those joined that no diagram tells apart."""
        cells = self._fine[variable]
        if len(cells) < 3:
            return cells
        guards = self.guards
        held = [guards.diagram(cell.guard) for cell in cells]
        groups: dict[Hashable, list[Cell]] = {}
        tokens = alike(guards.manager, held, guards.bits(variable), diagrams)
        for cell, token in zip(cells, tokens, strict=True):
            groups.setdefault(token, []).append(cell)
        return tuple(
            Cell(
                group[0].value,
                tuple(dict.fromkeys(word for cell in group for word in cell.values)),
                guards.any(cell.guard for cell in group),
                group[0].code,
            )
            for group in groups.values()
        )

    def _one_for_each(self, whole: BCDDFunction) -> BCDDFunction:
        """The diagram of assignments that stand for an allowed situation, one for each."""
        manager = self.guards.manager
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

    def diagram(self, guard: Guard) -> BCDDFunction:
        """The situations in which a guard holds, as a diagram over all bits."""
        return self._canonical & self.guards.diagram(guard)

    def count(self, guard: Guard = ALWAYS) -> int:
        """The exact number of situations in which a guard holds."""
        return self.count_of(self.guards.diagram(guard))

    def count_of(self, diagram: BCDDFunction) -> int:
        """The exact number of situations in which a diagram holds."""
        return int((self._canonical & diagram).sat_count(self._bits))

    def possible(self, guard: Guard) -> bool:
        """Whether a guard holds in some situation."""
        return (self.allowed & self.guards.diagram(guard)).satisfiable()

    def turns_on(self, guard: Guard) -> frozenset[int]:
        """The variables that a guard depends on under the assumptions."""
        found = self._turns_on.get(guard >> 1)
        if found is None:
            diagram = self.guards.diagram(guard) & self.guards.diagram(self.assumed)
            owners = self._owners
            found = frozenset(owners[bit] for bit in support([diagram]))
            self._turns_on[guard >> 1] = found
        return found

    @cached_property
    def _owners(self) -> Mapping[int, int]:
        """The variable of every bit."""
        return {
            bit: variable
            for variable in range(len(self.guards.variables))
            for bit in self.guards.bits(variable)
        }

    def tells(self, guard: Guard) -> bool:
        """Whether a guard says nothing finer than the cells of this space."""
        found = self._told.get(guard)
        if found is None:
            found = self._told[guard] = all(
                self._closed(guard, variable) for variable in self.turns_on(guard)
            )
        return found

    def _closed(self, guard: Guard, variable: int) -> bool:
        """Whether a guard tells no two values apart that lie in one cell of a variable."""
        cells = self.cells.get(variable)
        if cells is None:
            return False
        if len(self.guards.bits(variable)) == 1:
            return True
        manager = self.guards.manager
        hidden = manager.true()
        for bit in self.guards.bits(variable):
            hidden &= manager.var(bit)
        held = self.guards.diagram(guard) & self.guards.diagram(self.assumed)
        for cell in cells:
            inside = self.guards.diagram(cell.guard)
            part = held & inside
            if part.exists(hidden) & inside != part:
                return False
        return True

    def implies(self, guard: Guard, other: Guard) -> bool:
        """Whether `other` holds wherever `guard` does."""
        return not self.possible(self.guards.both(guard, other ^ 1))

    def witness(self, guard: Guard) -> dict[str, Value]:
        """The facts of a plainest situation in which a guard holds: fewest that are not usual.

        Numbers come first: each stands at its default, or as near to it as it can.

        Returns:
            The facts that differ from their default, or have none.
        """
        diagram = self._whole & self.guards.diagram(guard)
        for variable, cells in self._fine.items():
            item = self.guards.variables[variable]
            if isinstance(item, Ordered):
                for cell in nearest(self.facts, cells, item):
                    narrowed = diagram & self.guards.diagram(cell)
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
            fact = self.guards.variables[variable].fact
            bits.update(self._code(variable, self.facts.vocabulary[fact].default))
        return bits

    def _code(self, variable: int, value: Value) -> tuple[tuple[int, bool], ...]:
        cells = self.cells.get(variable, ())
        return code_of(self.facts, self.guards, variable, cells, value)

    def sample(self, guard: Guard, random: Random) -> dict[str, Value]:
        """The facts of a random situation in which a guard holds, and a value in each cell."""
        diagram = self.diagram(guard)
        inside = self._whole & self.guards.diagram(guard)
        order = list(self.cells)
        random.shuffle(order)
        chosen: dict[int, bool] = {}
        for variable in order:
            diagram, cell = self._picked(diagram, self.cells[variable], random)
            inside &= self.guards.diagram(cell.guard)
            chosen.update(cell.code)
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
            narrowed = diagram & self.guards.diagram(cell.guard)
            if narrowed.satisfiable():
                return narrowed, cell
        raise ValueError("there is no situation to choose")

    def _sheet(self, bits: Mapping[int, bool]) -> dict[str, Value]:
        moved = {self._owners[bit] for bit, wanted in bits.items() if wanted}
        variables = (moved | self._unsettled) & self._fine.keys()
        return sheet_of(self.facts, self.guards, self._fine, variables, bits, self._bits)

    @cached_property
    def _unsettled(self) -> frozenset[int]:
        """The variables whose bits say nothing about a default: numbers, and facts without one."""
        facts = self.facts.vocabulary.facts
        return frozenset(
            variable
            for variable in self._fine
            if isinstance(item := self.guards.variables[variable], Ordered)
            or facts[item.fact].default is None
        )
