"""Symbolic execution: a plan executed once, over facts that are not fixed.

As in King, Symbolic Execution and Program Testing (CACM 1976), every path of execution carries the
path condition under which it is taken; paths that meet are merged, and every value carries the path
conditions of its alternatives. With constants as input and data all path conditions are constant,
and the interpreter is an ordinary one, which is how it is held against OPA's conformance cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.errors import BudgetError, UnliftableError
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.plan import Function, Plan
from rsp_policy.engine.ir.statements import (
    DATA,
    INPUT,
    Blocks,
    Call,
    CallDynamic,
    IRBlock,
    Not,
    Scan,
    Statement,
    Where,
    With,
)

from .access import iterated, looked_up, replaced
from .activation import Activation, Step
from .building import BUILDING
from .guarded_unions import UNDEFINED, Alternative, GuardedUnion, always, defined, merged
from .locals import EVALUATION
from .operations import builtin_calls

_MAX_STEPS = 5_000_000
_MAX_CALLS = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry point or a call gives.

    Attributes:
        value: Its value, with the path conditions of its alternatives.
        conflicts: Where rules give two values, and under which path condition.
    """

    value: GuardedUnion
    conflicts: tuple[tuple[PathCondition, Where], ...]


class Interpreter:
    """Executes a plan over one `input` and one `data`, of which parts may be symbolic.

    What a call gives is computed once, for all paths on which it is called.

    Args:
        strict: Whether an error of a builtin stops everything instead of being undefined.
    """

    def __init__(
        self,
        plan: Plan,
        pcs: PathConditions,
        data: Constant,
        facts: GuardedUnion,
        *,
        strict: bool = False,
    ) -> None:
        self.plan = plan
        self.pcs = pcs
        self._strict = strict
        self._data = always(data)
        self._input = facts
        self._outcomes: dict[tuple[object, ...], Outcome] = {}
        self._steps = 0
        self._depth = 0

    def run(self, entrypoint: str) -> Outcome:
        """The value of an entry point such as `access/decision`.

        Raises:
            UnliftableError: If a construct cannot be executed exactly over symbolic facts.
            BudgetError: If it takes too long.
        """
        plan = self.plan.entrypoints[entrypoint]
        activation = Activation(self.pcs, {INPUT: self._input, DATA: self._data}, plan.kept)
        for block in plan.blocks:
            self._block(block, ALWAYS, activation)
        results = merged(self.pcs, activation.returned)
        value = looked_up(self.pcs, results, always("result"), plan.where)
        return Outcome(value, tuple(activation.conflicts))

    def rule(self, path: str) -> GuardedUnion:
        """The value of a rule without arguments, by its path in `data` with dots."""
        function = self.plan.by_path.get(tuple(path.split(".")))
        if function is None or len(function.parameters) > 2:
            return UNDEFINED
        return self._outcome(function, [self._input, self._data]).value

    def _block(self, block: IRBlock, pc: PathCondition, activation: Activation) -> PathCondition:
        for statement in block.statements:
            kind = type(statement)
            step = _ON_LOCALS.get(kind)
            if step is not None:
                pc = step(statement, pc, activation)
            else:
                pc = _CONTROL[kind](self, statement, pc, activation)
            if pc == NEVER:
                return NEVER
        self._steps += len(block.statements)
        if self._steps > _MAX_STEPS:
            raise BudgetError(f"{block.statements[0].where}: over {_MAX_STEPS} steps of evaluation")
        return pc

    # statements that hold blocks

    def _blocks(
        self, statement: Blocks, pc: PathCondition, activation: Activation
    ) -> PathCondition:
        for block in statement.blocks:
            ended = activation.ended
            self._block(block, pc, activation)
            if activation.ended != ended:
                pc = self.pcs.both(pc, activation.ended ^ 1)
        return pc

    def _not(self, statement: Not, pc: PathCondition, activation: Activation) -> PathCondition:
        return self.pcs.both(pc, self._block(statement.block, pc, activation) ^ 1)

    def _scan(self, statement: Scan, pc: PathCondition, activation: Activation) -> PathCondition:
        both, iterable = self.pcs.both, NEVER
        for own, source in activation.held(statement.source):
            outer = both(pc, own)
            if outer == NEVER:
                continue
            found = iterated(source, statement.where)
            if found is None:
                continue
            iterable = self.pcs.either(iterable, own)
            for key, value in found:
                inner = both(outer, defined(self.pcs, value))
                if inner != NEVER:
                    here = always(value[0][1]) if len(value) == 1 else value
                    activation.write(statement.key, always(key), inner)
                    activation.write(statement.value, here, inner)
                    self._block(statement.block, inner, activation)
        return both(pc, iterable)

    def _with(self, statement: With, pc: PathCondition, activation: Activation) -> PathCondition:
        value, before = activation.value(statement.value), activation.held(statement.local)
        activation.locals[statement.local] = replaced(self.pcs, before, statement.path, value)
        after = self._block(statement.block, pc, activation)
        activation.locals[statement.local] = before
        return after

    # calls

    def _call(self, statement: Call, pc: PathCondition, activation: Activation) -> PathCondition:
        arguments = [activation.value(operand) for operand in statement.arguments]
        function = self.plan.functions.get(statement.function)
        # a rule takes `input` and `data` first, of which no one asks whether they are defined
        for value in arguments if function is None else arguments[2:]:
            pc = self.pcs.both(pc, defined(self.pcs, value))
        if pc == NEVER:
            return NEVER
        if function is not None:
            value = self._called(function, arguments, pc, activation)
        else:
            value = builtin_calls.call(
                self.pcs,
                statement.function,
                arguments,
                pc,
                statement.where,
                strict=self._strict,
            )
        return activation.assign(statement.target, value, pc)

    def _call_dynamic(
        self, statement: CallDynamic, pc: PathCondition, activation: Activation
    ) -> PathCondition:
        arguments = [activation.value(operand) for operand in statement.arguments]
        found: list[tuple[PathCondition, Alternative]] = []
        for own, path in _paths(self.pcs, statement, activation):
            inner = self.pcs.both(pc, own)
            if inner == NEVER:
                continue
            value = self._at(path, arguments, inner, statement.where, activation)
            found += [(self.pcs.both(own, held), item) for held, item in value]
        return activation.assign(statement.target, merged(self.pcs, found), pc)

    def _at(
        self,
        path: tuple[str, ...],
        arguments: Sequence[GuardedUnion],
        pc: PathCondition,
        where: Where,
        activation: Activation,
    ) -> GuardedUnion:
        """The value at a path under `data`: a rule's where a rule stands there, else the base's."""
        for length in range(len(path), 0, -1):
            function = self.plan.by_path.get(path[:length])
            if function is not None:
                value, rest = self._called(function, arguments, pc, activation), path[length:]
                break
        else:
            if any(other[: len(path)] == path for other in self.plan.by_path):
                raise UnliftableError(where, "data[...]", "it reaches a whole package of rules")
            value, rest = self._data, path
        for part in rest:
            value = looked_up(self.pcs, value, always(part), where)
        return value

    def _called(
        self,
        function: Function,
        arguments: Sequence[GuardedUnion],
        pc: PathCondition,
        activation: Activation,
    ) -> GuardedUnion:
        """What a call gives; where it conflicts on this path, the caller does."""
        outcome = self._outcome(function, arguments)
        for own, where in outcome.conflicts:
            activation.conflict(self.pcs.both(pc, own), where)
        return outcome.value

    def _outcome(self, function: Function, arguments: Sequence[GuardedUnion]) -> Outcome:
        key = (function.name, *arguments)
        found = self._outcomes.get(key)
        if found is None:
            self._depth += 1
            if self._depth > _MAX_CALLS:
                raise BudgetError(f"{function.where}: over {_MAX_CALLS} calls within one another")
            given = dict(zip(function.parameters, arguments, strict=False))
            activation = Activation(self.pcs, given, function.kept)
            for block in function.blocks:
                if activation.ended == ALWAYS:
                    break
                self._block(block, activation.ended ^ 1, activation)
            self._depth -= 1
            value = merged(self.pcs, activation.returned)
            found = self._outcomes[key] = Outcome(value, tuple(activation.conflicts))
        return found


def _paths(
    pcs: PathConditions, statement: CallDynamic, activation: Activation
) -> Iterator[tuple[PathCondition, tuple[str, ...]]]:
    """The paths under `data` that a computed one can be."""
    paths: list[tuple[PathCondition, tuple[str, ...]]] = [(ALWAYS, ())]
    for operand in statement.path[1:]:
        longer = []
        for own, part in activation.value(operand):
            if not isinstance(part, str):
                raise UnliftableError(statement.where, "data[...]", "a rule is reached by a value")
            longer += [(pcs.both(own, held), (*path, part)) for held, path in paths]
        paths = longer
    yield from paths


_ON_LOCALS: Mapping[type[Statement], Step] = {**EVALUATION, **BUILDING}

_CONTROL: Mapping[type[Statement], Step] = {
    Blocks: Interpreter._blocks,
    Not: Interpreter._not,
    Scan: Interpreter._scan,
    With: Interpreter._with,
    Call: Interpreter._call,
    CallDynamic: Interpreter._call_dynamic,
}
