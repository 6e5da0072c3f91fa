"""What decision diagrams depend on, and which values of a variable they tell apart.

Formulas may mention a fact on which nothing turns, or name values one by one that are then treated
alike; how they are written must not change what counts as a situation.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from oxidd.bcdd import BCDDFunction, BCDDManager

from .path_conditions import Both, PathCondition, PathConditions
from .variables import Below, OneOf


def support(diagrams: Iterable[BCDDFunction]) -> frozenset[int]:
    """The bits that some of the diagrams depend on: those by which their cofactors differ."""
    bits: set[int] = set()
    stack = list(diagrams)
    seen = set(stack)
    while stack:
        node = stack.pop()
        parts = node.cofactors()
        if parts is None:
            continue
        bit = node.node_var()
        assert bit is not None
        bits.add(bit)
        for part in parts:
            # a diagram and its negation depend on the same bits
            if part not in seen and ~part not in seen:
                seen.add(part)
                stack.append(part)
    return frozenset(bits)


def alike(
    manager: BCDDManager,
    values: Sequence[BCDDFunction],
    bits: Iterable[int],
    diagrams: Iterable[BCDDFunction],
) -> list[Hashable]:
    """For each value of a variable a token; two values have one where no diagram tells them apart.

    Args:
        values: The diagrams that say that the variable has a value.
        bits: The bits of the variable.
    """
    hidden = manager.true()
    for bit in bits:
        hidden &= manager.var(bit)
    listed = list(diagrams)
    return [tuple((item & value).exists(hidden) for item in listed) for value in values]


def mentioned_in(
    pcs: PathConditions, roots: Iterable[PathCondition]
) -> dict[int, set[PathCondition]]:
    """The variables that formulas mention, each with its literals."""
    found: dict[int, set[PathCondition]] = {}
    for number in pcs.reachable(roots):
        node = pcs.nodes[number]
        if isinstance(node, OneOf | Below):
            found.setdefault(node.variable, set()).add(number << 1)
    return found


def readers_of(
    pcs: PathConditions, roots: Iterable[PathCondition]
) -> dict[int, list[PathCondition]]:
    """The formulas that mention each variable."""
    listed = list(roots)
    masks = {0: 0}
    for number in pcs.reachable(listed):
        node = pcs.nodes[number]
        if isinstance(node, Both):
            masks[number] = masks[node.left >> 1] | masks[node.right >> 1]
        elif node is not None:
            masks[number] = 1 << node.variable
    found: dict[int, list[PathCondition]] = {}
    for root in listed:
        mask, variable = masks[root >> 1], 0
        while mask:
            if mask & 1:
                found.setdefault(variable, []).append(root)
            mask, variable = mask >> 1, variable + 1
    return found


def allowed_among(
    pcs: PathConditions,
    whole: BCDDFunction,
    told: dict[int, set[PathCondition]],
    mentioned: dict[int, set[PathCondition]],
) -> BCDDFunction:
    """What excluded combinations leave of the mentioned variables, whatever the others are.

    Literals of exclusions that still matter are added to those mentioned.

    Args:
        whole: The diagram of what is not excluded.
        told: The variables that exclusions mention, each with its literals.
    """
    manager = pcs.manager
    hidden = manager.true()
    for variable in told.keys() - mentioned.keys():
        for bit in pcs.bits(variable):
            hidden &= manager.var(bit)
    allowed = whole.exists(hidden)
    for variable in told.keys() & mentioned.keys():
        own = manager.true()
        for bit in pcs.bits(variable):
            own &= manager.var(bit)
        if allowed.exists(own) != allowed:
            mentioned[variable] |= told[variable]
    return allowed
