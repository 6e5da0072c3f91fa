"""Plans: what rules are compiled to, function by function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .statements import IRBlock, Where


@dataclass(frozen=True, slots=True)
class Function:
    """A rule or a function of the rules.

    Attributes:
        path: Its path in `data`.
        kept: Locals that are read where not every path has written them, so that a write on one
            path is joined with what they held before and does not replace it.
    """

    name: str
    path: tuple[str, ...]
    parameters: tuple[int, ...]
    blocks: tuple[IRBlock, ...]
    where: Where
    kept: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Compiled rules.

    Attributes:
        entrypoints: Entry points by name, such as `access/decision`, as functions without result.
        functions: Rules and functions by their name in the plan.
        builtins: The builtins that are called.
    """

    entrypoints: Mapping[str, Function]
    functions: Mapping[str, Function]
    by_path: Mapping[tuple[str, ...], Function]
    builtins: tuple[str, ...]
