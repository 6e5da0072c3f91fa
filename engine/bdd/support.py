"""What decision diagrams depend on, and which values of a variable they tell apart.

Formulas may mention a fact on which nothing turns, or name values one by one that are then treated
alike; how they are written must not change what counts as a situation.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from oxidd.bcdd import BCDDFunction, BCDDManager


def support(diagrams: Iterable[BCDDFunction]) -> frozenset[int]:
    """The bits that some of the diagrams depend on."""
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
