"""One call of the lifted interpreter: what its locals hold on the path that is being taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.ir.statements import Fixed, Operand, Where

from .equality import equal
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    GuardedUnion,
    always,
    defined,
    is_constant,
    merged,
    settled,
)


@dataclass(slots=True)
class Activation:
    """The locals of one call, what it has returned, and where it fails.

    Attributes:
        kept: Locals of which a write must not forget what was there.
        returned: What the call gives, under which path conditions.
        ended: The path condition under which it has returned.
        conflicts: Where rules give two values, and under which path condition.
    """

    pcs: PathConditions
    locals: dict[int, GuardedUnion]
    kept: frozenset[int]
    returned: list[tuple[PathCondition, Alternative]] = field(default_factory=list)
    ended: PathCondition = NEVER
    conflicts: list[tuple[PathCondition, Where]] = field(default_factory=list)

    def held(self, local: int) -> GuardedUnion:
        """What a local holds."""
        return self.locals.get(local, UNDEFINED)

    def value(self, operand: Operand) -> GuardedUnion:
        """The value of an operand."""
        return always(operand.value) if isinstance(operand, Fixed) else self.held(operand.index)

    def settled(self, operand: Operand) -> GuardedUnion:
        """The value of an operand, with finished collections as constants."""
        value = self.value(operand)
        if any(not is_constant(item) for _, item in value):
            value = tuple((own, settled(item)) for own, item in value)
            if not isinstance(operand, Fixed):
                self.locals[operand.index] = value
        return value

    def write(self, local: int, value: GuardedUnion, pc: PathCondition) -> None:
        """Write a local on a path."""
        if local in self.kept and pc != ALWAYS:
            both, other = self.pcs.both, pc ^ 1
            value = merged(
                self.pcs,
                [(both(pc, own), item) for own, item in value]
                + [(both(other, own), item) for own, item in self.held(local)],
            )
        self.locals[local] = value

    def assign(self, local: int, value: GuardedUnion, pc: PathCondition) -> PathCondition:
        """Write a local on a path, and go on where the value is defined."""
        self.write(local, value, pc)
        return self.pcs.both(pc, defined(self.pcs, value))

    def conflict(self, pc: PathCondition, where: Where) -> None:
        """Note that a rule gives two values under a path condition, if that can hold."""
        if pc != NEVER:
            self.conflicts.append((pc, where))

    def compare(
        self, before: GuardedUnion, value: GuardedUnion, pc: PathCondition, where: Where
    ) -> None:
        """Note where a value that is written on a path differs from the one before it."""
        for old_pc, old in before:
            for new_pc, new in value:
                held = self.pcs.all((pc, old_pc, new_pc))
                if held != NEVER and old is not new:
                    differ = equal(self.pcs, old, new, where) ^ 1
                    self.conflict(self.pcs.both(held, differ), where)


Step: TypeAlias = Callable[..., PathCondition]
"""A kind of statement, done: from the statement, a path and a frame to the path that goes on."""
