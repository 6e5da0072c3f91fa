"""The situations that a vocabulary allows, counted and picked out of decision diagrams.

A situation is a class of fact sheets that none of the formulas at hand can tell apart: values of a
fact that every formula treats alike are one value, numbers between two neighbouring cuts are one
number, and a fact that no formula mentions plays no part.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from oxidd.bcdd import BCDDFunction

from ..documents import Value
from .distinctions import alike, support
from .guards import ALWAYS, NEVER, Both, Guard, Guards
from .space import Facts, ordinal
from .values import Constant, Truth, plain
from .variables import Below, Choice, Cut, OneOf, Ordered

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True)
class Cell:
    """Values of one variable that no formula at hand tells apart.

    Attributes:
        value: A plain one among them: the default where it is among them.
        values: All of them in words, one by one, or a range such as `at least 4`.
        guard: What says that the variable is in the cell.
        code: The one assignment to the bits of the variable that stands for the cell.
    """

    value: Value
    values: tuple[str, ...]
    guard: Guard
    code: tuple[tuple[int, bool], ...]


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
        self, facts: Facts, guards: Guards, roots: Iterable[Guard], assumed: Guard = ALWAYS
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
            for variable, literals in _mentioned(guards, [*roots, assumed]).items()
            if not turns_on.isdisjoint(guards.bits(variable))
        }
        excluded = facts.excluded(guards)
        whole = guards.diagram(guards.any(excluded) ^ 1)
        told = _mentioned(guards, excluded)
        allowed = _allowed(guards, whole, told, mentioned)
        self._fine = {
            variable: _cells(facts, guards, variable, literals)
            for variable, literals in sorted(mentioned.items())
        }
        self.allowed = allowed & taken
        readers = _readers(guards, roots)
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
                self._fine[variable] = _cells(facts, guards, variable, both)
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
                for cell in _nearest(self.facts, cells, item):
                    narrowed = diagram & self.guards.diagram(cell)
                    if narrowed.satisfiable():
                        diagram = narrowed
                        break
        return self._sheet(_lightest(diagram))

    def assignment(self, sheet: Mapping[str, Value]) -> list[tuple[int, bool]]:
        """The bits of a situation, given by the facts that differ from their defaults."""
        bits = dict(self._usual)
        for fact in sheet:
            for variable in self.facts.of(fact):
                bits.update(self._bits_of(variable, sheet[fact]))
        return list(bits.items())

    @cached_property
    def _usual(self) -> Mapping[int, bool]:
        """The bits of the situation in which every fact stands at its default."""
        bits = dict.fromkeys(range(self._bits), False)
        for variable in self.cells:
            fact = self.guards.variables[variable].fact
            bits.update(self._bits_of(variable, self.facts.vocabulary[fact].default))
        return bits

    def _bits_of(self, variable: int, value: Value) -> tuple[tuple[int, bool], ...]:
        item = self.guards.variables[variable]
        for cell in self.cells.get(variable, ()):
            if self._lies_in(item, cell, value):
                return cell.code
        return ()

    def _lies_in(self, item: Choice | Ordered, cell: Cell, value: Value) -> bool:
        if isinstance(item, Choice) and item.member is not None:
            assert isinstance(value, list)
            return cell.value is (item.member in value)
        if value is None:
            return True
        held = self.facts.literal(self.guards, item.fact, value)
        return self.guards.both(cell.guard, held) != NEVER

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
        """The facts that an assignment of bits stands for, without those at their default."""
        given = [(bit, bits.get(bit, False)) for bit in range(self._bits)]
        sheet: dict[str, Value] = {}
        for variable in sorted(self._fine):
            item, cells = self.guards.variables[variable], self._fine[variable]
            if isinstance(item, Choice) and not any(
                bits.get(b) for b in self.guards.bits(variable)
            ):
                if self.facts.vocabulary[item.fact].default is None:
                    sheet.setdefault(item.fact, self._member_values(item, cells[0].value, sheet))
                continue
            cell = next(cell for cell in cells if self.guards.diagram(cell.guard).eval(given))
            sheet[item.fact] = self._member_values(item, cell.value, sheet)
        facts = self.facts.vocabulary.facts
        return {path: value for path, value in sheet.items() if value != facts[path].default}

    def _member_values(
        self, item: Choice | Ordered, value: Value, sheet: Mapping[str, Value]
    ) -> Value:
        """The value of a fact after one of its variables is settled."""
        if isinstance(item, Ordered) or item.member is None:
            return value
        default = self.facts.vocabulary[item.fact].default
        before = sheet.get(item.fact, default if isinstance(default, list) else [])
        assert isinstance(before, list)
        rest = [member for member in before if member != item.member]
        return [*rest, item.member] if value else rest


def _mentioned(guards: Guards, roots: Iterable[Guard]) -> dict[int, set[Guard]]:
    """The variables that formulas mention, each with its literals."""
    found: dict[int, set[Guard]] = {}
    for number in guards.reachable(roots):
        node = guards.nodes[number]
        if isinstance(node, OneOf | Below):
            found.setdefault(node.variable, set()).add(number << 1)
    return found


def _readers(guards: Guards, roots: Iterable[Guard]) -> dict[int, list[Guard]]:
    """The formulas that mention each variable."""
    listed = list(roots)
    masks = {0: 0}
    for number in guards.reachable(listed):
        node = guards.nodes[number]
        if isinstance(node, Both):
            masks[number] = masks[node.left >> 1] | masks[node.right >> 1]
        elif node is not None:
            masks[number] = 1 << node.variable
    found: dict[int, list[Guard]] = {}
    for root in listed:
        mask, variable = masks[root >> 1], 0
        while mask:
            if mask & 1:
                found.setdefault(variable, []).append(root)
            mask, variable = mask >> 1, variable + 1
    return found


def _allowed(
    guards: Guards,
    whole: BCDDFunction,
    told: dict[int, set[Guard]],
    mentioned: dict[int, set[Guard]],
) -> BCDDFunction:
    """What excluded combinations leave of the mentioned variables, whatever the others are.

    Literals of exclusions that still matter are added to those mentioned.

    Args:
        whole: The diagram of what is not excluded.
        told: The variables that exclusions mention, each with its literals.
    """
    manager = guards.manager
    hidden = manager.true()
    for variable in told.keys() - mentioned.keys():
        for bit in guards.bits(variable):
            hidden &= manager.var(bit)
    allowed = whole.exists(hidden)
    for variable in told.keys() & mentioned.keys():
        own = manager.true()
        for bit in guards.bits(variable):
            own &= manager.var(bit)
        if allowed.exists(own) != allowed:
            mentioned[variable] |= told[variable]
    return allowed


def _cells(facts: Facts, guards: Guards, variable: int, literals: set[Guard]) -> tuple[Cell, ...]:
    item = guards.variables[variable]
    if isinstance(item, Choice):
        return tuple(_choice_cells(guards, variable, item, literals))
    return tuple(_line_cells(facts, guards, variable, item, literals))


def _choice_cells(
    guards: Guards, variable: int, item: Choice, literals: set[Guard]
) -> Iterator[Cell]:
    masks = []
    for literal in sorted(literals):
        node = guards.nodes[literal >> 1]
        assert isinstance(node, OneOf)
        masks.append(node.mask)
    classes: dict[tuple[int, ...], list[int]] = {}
    order = sorted(range(len(item.values)), key=lambda index: (index != item.usual, index))
    for index in order:
        classes.setdefault(tuple(mask >> index & 1 for mask in masks), []).append(index)
    for members in classes.values():
        mask = sum(1 << index for index in members)
        value = item.values[members[0]]
        guard = guards.one_of(variable, mask)
        code = _code(guards, guards.one_of(variable, 1 << members[0]), variable)
        words = tuple(_word(item.values[index]) for index in sorted(members))
        yield Cell(
            bool(value.value) if isinstance(value, Truth) else plain(value), words, guard, code
        )


def _line_cells(
    facts: Facts, guards: Guards, variable: int, item: Ordered, literals: set[Guard]
) -> Iterator[Cell]:
    cuts = []
    for literal in literals:
        node = guards.nodes[literal >> 1]
        assert isinstance(node, Below)
        cuts.append((node.cut, node.included))
    cuts.sort()
    fact = facts.vocabulary[item.fact]
    under = NEVER
    lower: Cut | None = None
    for upper in [*cuts, None]:
        held = ALWAYS if upper is None else guards.below(variable, upper[0], included=upper[1])
        guard = guards.both(held, under ^ 1)
        value = _between(
            item, lower, upper, None if fact.default is None else ordinal(fact.default)
        )
        shown: Value = value
        if fact.kind == "date":
            shown = datetime.date.fromordinal(int(value)).isoformat()
        elif float(value).is_integer():
            shown = int(value)
        words = (_range(fact.kind == "date", lower, upper),)
        yield Cell(shown, words, guard, _code(guards, guard, variable))
        under, lower = held, upper


def _word(value: Constant) -> str:
    return str(value.value).lower() if isinstance(value, Truth) else str(value)


def _range(date: bool, lower: Cut | None, upper: Cut | None) -> str:
    """The values between two cuts in words."""

    def text(number: float) -> str:
        return datetime.date.fromordinal(int(number)).isoformat() if date else f"{number:g}"

    words = []
    if lower is not None:
        words.append(f"{'over' if lower[1] else 'at least'} {text(lower[0])}")
    if upper is not None:
        words.append(f"{'at most' if upper[1] else 'below'} {text(upper[0])}")
    if lower and upper and lower[0] == upper[0]:
        return text(lower[0])
    return " and ".join(words) or "anything"


def _between(
    item: Ordered,
    lower: Cut | None,
    upper: Cut | None,
    default: float | None,
) -> float:
    """A plain number between two cuts: the default if it is there, else a round one."""
    if default is not None and _fits(default, lower, upper):
        return default
    low, high = (
        item.minimum if lower is None else lower[0],
        item.maximum if upper is None else upper[0],
    )
    middle = (low + high) / 2
    rounded = [round(middle, digits) for digits in range(7)]
    for value in (low, *rounded, high):
        whole = not item.whole or float(value).is_integer()
        if whole and item.minimum <= value <= item.maximum and _fits(value, lower, upper):
            return value
    return low + 1 if item.whole else middle


def _fits(value: float, lower: Cut | None, upper: Cut | None) -> bool:
    over = lower is None or (value > lower[0] if lower[1] else value >= lower[0])
    under = upper is None or (value <= upper[0] if upper[1] else value < upper[0])
    return over and under


def _code(guards: Guards, guard: Guard, variable: int) -> tuple[tuple[int, bool], ...]:
    """One full assignment to the bits of a variable under which a guard on it holds."""
    diagram = guards.diagram(guard)
    code = []
    for bit in guards.bits(variable):
        off = diagram & guards.manager.not_var(bit)
        wanted = not off.satisfiable()
        diagram = diagram & guards.manager.var(bit) if wanted else off
        code.append((bit, wanted))
    return tuple(code)


def _nearest(facts: Facts, cells: Sequence[Cell], item: Ordered) -> Iterator[Guard]:
    """The cells of a number, nearest to its default first; without default, from the lowest."""
    default = facts.vocabulary[item.fact].default
    start = item.minimum if default is None else ordinal(default)
    for cell in sorted(cells, key=lambda cell: abs(ordinal(cell.value) - start)):
        yield cell.guard


def _lightest(diagram: BCDDFunction) -> dict[int, bool]:
    """An assignment that satisfies a diagram with the fewest bits set."""
    best: dict[BCDDFunction, tuple[int, bool] | None] = {}
    weights: dict[BCDDFunction, float] = {}
    infinite = float("inf")

    def weigh(top: BCDDFunction) -> None:
        stack = [top]
        while stack:
            node = stack[-1]
            if node in weights:
                stack.pop()
                continue
            parts = node.cofactors()
            if parts is None:
                weights[node] = 0 if node.valid() else infinite
                continue
            high, low = parts
            waiting = [part for part in (high, low) if part not in weights]
            if waiting:
                stack += waiting
                continue
            cost_high, cost_low = weights[high] + 1, weights[low]
            weights[node] = min(cost_high, cost_low)
            best[node] = (node.node_var() or 0, cost_high < cost_low)

    weigh(diagram)
    bits: dict[int, bool] = {}
    node = diagram
    while (choice := best.get(node)) is not None:
        bit, wanted = choice
        bits[bit] = wanted
        parts = node.cofactors()
        assert parts is not None
        node = parts[0] if wanted else parts[1]
    return bits
