"""Plans: what rules are compiled to, function by function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .statements import Block, Where


@dataclass(frozen=True, slots=True)
class Function:
    """A rule or a function of the rules.

    Attributes:
        path: Its path in `data`.
        kept: Locals of which a write must not forget what was there, because some read may see
            either.
    """

    name: str
    path: tuple[str, ...]
    parameters: tuple[int, ...]
    blocks: tuple[Block, ...]
    where: Where
    kept: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Compiled rules.

    Attributes:
        entries: Entry points by name, such as `lib/decision/decision`, as functions without result.
        functions: Rules and functions by their name in the plan.
        builtins: The builtins that are called.
    """

    entries: Mapping[str, Function]
    functions: Mapping[str, Function]
    by_path: Mapping[tuple[str, ...], Function]
    builtins: tuple[str, ...]
