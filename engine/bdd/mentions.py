"""Which variables formulas mention, and what exclusions leave of those."""

from __future__ import annotations

from collections.abc import Iterable

from oxidd.bcdd import BCDDFunction

from .path_conditions import Both, Guard, Guards
from .variables import Below, OneOf


def mentioned_in(guards: Guards, roots: Iterable[Guard]) -> dict[int, set[Guard]]:
    """The variables that formulas mention, each with its literals."""
    found: dict[int, set[Guard]] = {}
    for number in guards.reachable(roots):
        node = guards.nodes[number]
        if isinstance(node, OneOf | Below):
            found.setdefault(node.variable, set()).add(number << 1)
    return found


def readers_of(guards: Guards, roots: Iterable[Guard]) -> dict[int, list[Guard]]:
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


def allowed_among(
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
