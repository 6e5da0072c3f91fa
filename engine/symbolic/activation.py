"""One call of the lifted interpreter: what its locals hold on the path that is being taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.ir.statements import Fixed, Operand, Where

from .equality import equal
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    Symbolic,
    always,
    defined,
    is_constant,
    merged,
    settled,
)


@dataclass(slots=True)
class Frame:
    """The locals of one call, what it has returned, and where it fails.

    Attributes:
        kept: Locals of which a write must not forget what was there.
        returned: What the call gives, under which guards.
        ended: The guard under which it has returned.
        conflicts: Where rules give two values, and under which guard.
    """

    guards: Guards
    locals: dict[int, Symbolic]
    kept: frozenset[int]
    returned: list[tuple[Guard, Alternative]] = field(default_factory=list)
    ended: Guard = NEVER
    conflicts: list[tuple[Guard, Where]] = field(default_factory=list)

    def held(self, local: int) -> Symbolic:
        """What a local holds."""
        return self.locals.get(local, UNDEFINED)

    def value(self, operand: Operand) -> Symbolic:
        """The value of an operand."""
        return always(operand.value) if isinstance(operand, Fixed) else self.held(operand.index)

    def settled(self, operand: Operand) -> Symbolic:
        """The value of an operand, with finished collections as constants."""
        value = self.value(operand)
        if any(not is_constant(item) for _, item in value):
            value = tuple((own, settled(item)) for own, item in value)
            if not isinstance(operand, Fixed):
                self.locals[operand.index] = value
        return value

    def write(self, local: int, value: Symbolic, guard: Guard) -> None:
        """Write a local on a path."""
        if local in self.kept and guard != ALWAYS:
            both, other = self.guards.both, guard ^ 1
            value = merged(
                self.guards,
                [(both(guard, own), item) for own, item in value]
                + [(both(other, own), item) for own, item in self.held(local)],
            )
        self.locals[local] = value

    def assign(self, local: int, value: Symbolic, guard: Guard) -> Guard:
        """Write a local on a path, and go on where the value is defined."""
        self.write(local, value, guard)
        return self.guards.both(guard, defined(self.guards, value))

    def conflict(self, guard: Guard, where: Where) -> None:
        """Note that a rule gives two values under a guard, if that can hold."""
        if guard != NEVER:
            self.conflicts.append((guard, where))

    def compare(self, before: Symbolic, value: Symbolic, guard: Guard, where: Where) -> None:
        """Note where a value that is written on a path differs from the one before it."""
        for old_guard, old in before:
            for new_guard, new in value:
                held = self.guards.all((guard, old_guard, new_guard))
                if held != NEVER and old is not new:
                    differ = equal(self.guards, old, new, where) ^ 1
                    self.conflict(self.guards.both(held, differ), where)


Step: TypeAlias = Callable[..., Guard]
"""A kind of statement, done: from the statement, a path and a frame to the path that goes on."""
