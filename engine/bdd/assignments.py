"""Assignments to the bits of decision diagrams, and the fact sheets that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from oxidd.bcdd import BCDDFunction

from rsp_policy.engine.files.documents import Value

from .cells import Cell
from .fact_variables import FactVariables
from .path_conditions import NEVER, PathConditions
from .variables import Choice, Ordered, Variable


def code_of(
    facts: FactVariables, pcs: PathConditions, variable: int, cells: Sequence[Cell], value: Value
) -> tuple[tuple[int, bool], ...]:
    """The bits of the cell in which a variable lies, by the value of its fact; none without cells.

    Where a fact has no value, that is the first cell.
    """
    item = pcs.variables[variable]
    for cell in cells:
        if _lies_in(facts, pcs, item, cell, value):
            return cell.code
    return ()


def _lies_in(
    facts: FactVariables, pcs: PathConditions, item: Variable, cell: Cell, value: Value
) -> bool:
    if isinstance(item, Choice) and item.member is not None:
        assert isinstance(value, list)
        return cell.value is (item.member in value)
    if value is None:
        return True
    held = facts.literal(pcs, item.fact, value)
    return pcs.both(cell.pc, held) != NEVER


def sheet_of(
    facts: FactVariables,
    pcs: PathConditions,
    cells: Mapping[int, Sequence[Cell]],
    variables: Iterable[int],
    bits: Mapping[int, bool],
    width: int,
) -> dict[str, Value]:
    """The facts that an assignment stands for, without those at their default.

    Args:
        cells: The cells of every variable that the facts are read from.
        variables: Those that may not be at their default.
        bits: The bits that are set or not; all others are not set.
        width: How many bits there are.
    """
    given = [(bit, bits.get(bit, False)) for bit in range(width)]
    known = facts.vocabulary.facts
    sheet: dict[str, Value] = {}
    for variable in sorted(variables):
        item, own = pcs.variables[variable], cells[variable]
        cell = next(cell for cell in own if pcs.diagram(cell.pc).eval(given))
        sheet[item.fact] = _value(facts, item, cell.value, sheet)
    return {path: value for path, value in sheet.items() if value != known[path].default}


def _value(facts: FactVariables, item: Variable, value: Value, sheet: Mapping[str, Value]) -> Value:
    """The value of a fact after one of its variables is settled."""
    if isinstance(item, Ordered) or item.member is None:
        return value
    default = facts.vocabulary[item.fact].default
    before = sheet.get(item.fact, default if isinstance(default, list) else [])
    assert isinstance(before, list)
    rest = [member for member in before if member != item.member]
    return [*rest, item.member] if value else rest


def lightest(diagram: BCDDFunction) -> dict[int, bool]:
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
