"""Cells: the values of one variable that no formula at hand tells apart, and how they read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import Constant, Truth, plain

from .fact_variables import FactVariables, ordinal
from .path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from .variables import Below, Choice, Cut, OneOf, Ordered


@dataclass(frozen=True, slots=True)
class Cell:
    """Values of one variable that no formula at hand tells apart.

    Attributes:
        value: A plain one among them: the default where it is among them.
        values: All of them in words, one by one, or a range such as `at least 4`.
        pc: What says that the variable is in the cell.
        code: The one assignment to the bits of the variable that stands for the cell.
    """

    value: Value
    values: tuple[str, ...]
    pc: PathCondition
    code: tuple[tuple[int, bool], ...]


def cells_of(
    facts: FactVariables, pcs: PathConditions, variable: int, literals: set[PathCondition]
) -> tuple[Cell, ...]:
    """The cells into which some literals divide what a variable can be."""
    item = pcs.variables[variable]
    if isinstance(item, Choice):
        return tuple(_choice_cells(pcs, variable, item, literals))
    return tuple(_line_cells(facts, pcs, variable, item, literals))


def _choice_cells(
    pcs: PathConditions, variable: int, item: Choice, literals: set[PathCondition]
) -> Iterator[Cell]:
    masks = []
    for literal in sorted(literals):
        node = pcs.nodes[literal >> 1]
        assert isinstance(node, OneOf)
        masks.append(node.mask)
    classes: dict[tuple[int, ...], list[int]] = {}
    order = sorted(range(len(item.values)), key=lambda index: (index != item.usual, index))
    for index in order:
        classes.setdefault(tuple(mask >> index & 1 for mask in masks), []).append(index)
    for members in classes.values():
        mask = sum(1 << index for index in members)
        value = item.values[members[0]]
        pc = pcs.one_of(variable, mask)
        code = _code(pcs, pcs.one_of(variable, 1 << members[0]), variable)
        words = tuple(_word(item.values[index]) for index in sorted(members))
        yield Cell(bool(value.value) if isinstance(value, Truth) else plain(value), words, pc, code)


def _line_cells(
    facts: FactVariables,
    pcs: PathConditions,
    variable: int,
    item: Ordered,
    literals: set[PathCondition],
) -> Iterator[Cell]:
    cuts = []
    for literal in literals:
        node = pcs.nodes[literal >> 1]
        assert isinstance(node, Below)
        cuts.append((node.cut, node.included))
    cuts.sort()
    fact = facts.vocabulary[item.fact]
    under = NEVER
    lower: Cut | None = None
    for upper in [*cuts, None]:
        held = ALWAYS if upper is None else pcs.below(variable, upper[0], included=upper[1])
        pc = pcs.both(held, under ^ 1)
        value = _between(
            item, lower, upper, None if fact.default is None else ordinal(fact.default)
        )
        shown: Value = value
        if fact.kind == "date":
            shown = datetime.date.fromordinal(int(value)).isoformat()
        elif float(value).is_integer():
            shown = int(value)
        words = (_range(fact.kind == "date", lower, upper),)
        yield Cell(shown, words, pc, _code(pcs, pc, variable))
        under, lower = held, upper


def nearest(facts: FactVariables, cells: Sequence[Cell], item: Ordered) -> Iterator[PathCondition]:
    """The cells of a number, nearest to its default first; without default, from the lowest."""
    default = facts.vocabulary[item.fact].default
    start = item.minimum if default is None else ordinal(default)
    for cell in sorted(cells, key=lambda cell: abs(ordinal(cell.value) - start)):
        yield cell.pc


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


def _code(pcs: PathConditions, pc: PathCondition, variable: int) -> tuple[tuple[int, bool], ...]:
    """One full assignment to the bits of a variable under which a path condition on it holds."""
    diagram = pcs.diagram(pc)
    code = []
    for bit in pcs.bits(variable):
        off = diagram & pcs.manager.not_var(bit)
        wanted = not off.satisfiable()
        diagram = diagram & pcs.manager.var(bit) if wanted else off
        code.append((bit, wanted))
    return tuple(code)
