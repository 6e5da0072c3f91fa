"""An execution as it is told: each statement with the path behind it and the value it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rsp_policy.engine.bdd.path_conditions import NEVER, PathCondition, PathConditions
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.dataflow import writes
from rsp_policy.engine.ir.listing import statement_text
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.statements import (
    AddMember,
    Append,
    Insert,
    IRBlock,
    Return,
    Scan,
    Statement,
)

from .activation import Activation
from .guarded_unions import GuardedUnion
from .interpreter import Interpreter
from .wording import Wording


@dataclass(slots=True)
class Step:
    """One statement as it was executed, in words.

    Attributes:
        depth: How many blocks and calls stand around it.
        goes_on: The path condition under which execution goes on behind it.
        gives: What it writes, adds to or returns, one alternative a line.
    """

    depth: int
    statement: str
    goes_on: str = ""
    gives: Sequence[str] = ("",)


class Recorder(Interpreter):
    """An interpreter that notes each statement it executes.

    Attributes:
        given: The `input`.
        steps: In the order of execution, so that what a call executes stands behind the call.
    """

    def __init__(
        self,
        plan: Plan,
        pcs: PathConditions,
        data: Constant,
        facts: GuardedUnion,
        *,
        words: Wording,
    ) -> None:
        super().__init__(plan, pcs, data, facts)
        self.given = facts
        self.steps: list[Step] = []
        self._words = words
        self._around = 0

    def _block(self, block: IRBlock, pc: PathCondition, activation: Activation) -> PathCondition:
        for statement in block.statements:
            step = Step(self._around, statement_text(statement))
            self.steps.append(step)
            self._around += 1
            pc = super()._block(IRBlock((statement,)), pc, activation)
            self._around -= 1
            step.goes_on = self._words.pc(pc)
            local = _given_by(statement)
            if local is not None:
                # in words at once, because collections are filled in place
                step.gives = self._words.value(activation.held(local))
            if pc == NEVER:
                break
        return pc


def _given_by(statement: Statement) -> int | None:
    """The local that holds what a statement gives."""
    match statement:
        case Return():
            return statement.source
        case Insert():
            return statement.object
        case AddMember():
            return statement.set
        case Append():
            return statement.array
        case Scan():
            return None
    return next(iter(writes(statement)), None)
