"""The lifted interpreter: a plan executed once, over facts that are not fixed.

Every path of execution carries the guard under which it is taken, every value the guards of its
alternatives. With constants as input and data all guards are constant, and the interpreter is an
ordinary one, which is how it is held against OPA's conformance cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, Guard, Guards
from rsp_policy.engine.errors import BudgetError, UnliftableError
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.plan import Function, Plan
from rsp_policy.engine.ir.statements import (
    DATA,
    INPUT,
    Block,
    Blocks,
    Call,
    CallDynamic,
    Not,
    Scan,
    Statement,
    Where,
    With,
)

from . import builtin_calls
from .access import iterated, looked_up, replaced
from .activation import Frame, Step
from .building import BUILDING
from .guarded_unions import UNDEFINED, Alternative, Symbolic, always, defined, merged
from .reading import EVALUATION

_MAX_STEPS = 5_000_000
_MAX_CALLS = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry point or a call gives.

    Attributes:
        value: Its value, with the guards of its alternatives.
        conflicts: Where rules give two values, and under which guard.
    """

    value: Symbolic
    conflicts: tuple[tuple[Guard, Where], ...]


class Interpreter:
    """Executes a plan over one `input` and one `data`, of which parts may be symbolic.

    What a call gives is computed once, for all paths on which it is called.

    Args:
        strict: Whether an error of a builtin stops everything instead of being undefined.
    """

    def __init__(
        self,
        plan: Plan,
        guards: Guards,
        data: Constant,
        facts: Symbolic,
        *,
        strict: bool = False,
    ) -> None:
        self.plan = plan
        self.guards = guards
        self._strict = strict
        self._data = always(data)
        self._input = facts
        self._outcomes: dict[tuple[object, ...], Outcome] = {}
        self._steps = 0
        self._depth = 0

    def run(self, entry: str) -> Outcome:
        """The value of an entry point such as `lib/decision/decision`.

        Raises:
            UnliftableError: If a construct cannot be executed exactly over symbolic facts.
            BudgetError: If it takes too long.
        """
        plan = self.plan.entries[entry]
        frame = Frame(self.guards, {INPUT: self._input, DATA: self._data}, plan.kept)
        for block in plan.blocks:
            self._block(block, ALWAYS, frame)
        results = merged(self.guards, frame.returned)
        value = looked_up(self.guards, results, always("result"), plan.where)
        return Outcome(value, tuple(frame.conflicts))

    def rule(self, path: str) -> Symbolic:
        """The value of a rule without arguments, by its path in `data` with dots."""
        function = self.plan.by_path.get(tuple(path.split(".")))
        if function is None or len(function.parameters) > 2:
            return UNDEFINED
        return self._outcome(function, [self._input, self._data]).value

    def _block(self, block: Block, guard: Guard, frame: Frame) -> Guard:
        for statement in block.statements:
            kind = type(statement)
            step = _ON_LOCALS.get(kind)
            if step is not None:
                guard = step(statement, guard, frame)
            else:
                guard = _CONTROL[kind](self, statement, guard, frame)
            if guard == NEVER:
                return NEVER
        self._steps += len(block.statements)
        if self._steps > _MAX_STEPS:
            raise BudgetError(f"{block.statements[0].where}: over {_MAX_STEPS} steps of evaluation")
        return guard

    # statements that hold blocks

    def _blocks(self, statement: Blocks, guard: Guard, frame: Frame) -> Guard:
        for block in statement.blocks:
            ended = frame.ended
            self._block(block, guard, frame)
            if frame.ended != ended:
                guard = self.guards.both(guard, frame.ended ^ 1)
        return guard

    def _not(self, statement: Not, guard: Guard, frame: Frame) -> Guard:
        return self.guards.both(guard, self._block(statement.block, guard, frame) ^ 1)

    def _scan(self, statement: Scan, guard: Guard, frame: Frame) -> Guard:
        both, iterable = self.guards.both, NEVER
        for own, source in frame.held(statement.source):
            outer = both(guard, own)
            if outer == NEVER:
                continue
            found = iterated(source, statement.where)
            if found is None:
                continue
            iterable = self.guards.either(iterable, own)
            for key, value in found:
                inner = both(outer, defined(self.guards, value))
                if inner != NEVER:
                    here = always(value[0][1]) if len(value) == 1 else value
                    frame.write(statement.key, always(key), inner)
                    frame.write(statement.value, here, inner)
                    self._block(statement.block, inner, frame)
        return both(guard, iterable)

    def _with(self, statement: With, guard: Guard, frame: Frame) -> Guard:
        value, before = frame.value(statement.value), frame.held(statement.local)
        frame.locals[statement.local] = replaced(self.guards, before, statement.path, value)
        after = self._block(statement.block, guard, frame)
        frame.locals[statement.local] = before
        return after

    # calls

    def _call(self, statement: Call, guard: Guard, frame: Frame) -> Guard:
        arguments = [frame.value(operand) for operand in statement.arguments]
        function = self.plan.functions.get(statement.function)
        # a rule takes `input` and `data` first, of which no one asks whether they are defined
        for value in arguments if function is None else arguments[2:]:
            guard = self.guards.both(guard, defined(self.guards, value))
        if guard == NEVER:
            return NEVER
        if function is not None:
            value = self._called(function, arguments, guard, frame)
        else:
            value = builtin_calls.call(
                self.guards,
                statement.function,
                arguments,
                guard,
                statement.where,
                strict=self._strict,
            )
        return frame.assign(statement.target, value, guard)

    def _call_dynamic(self, statement: CallDynamic, guard: Guard, frame: Frame) -> Guard:
        arguments = [frame.value(operand) for operand in statement.arguments]
        found: list[tuple[Guard, Alternative]] = []
        for own, path in _paths(self.guards, statement, frame):
            inner = self.guards.both(guard, own)
            if inner == NEVER:
                continue
            value = self._at(path, arguments, inner, statement.where, frame)
            found += [(self.guards.both(own, held), item) for held, item in value]
        return frame.assign(statement.target, merged(self.guards, found), guard)

    def _at(
        self,
        path: tuple[str, ...],
        arguments: Sequence[Symbolic],
        guard: Guard,
        where: Where,
        frame: Frame,
    ) -> Symbolic:
        """The value at a path under `data`: a rule's where a rule stands there, else the base's."""
        for length in range(len(path), 0, -1):
            function = self.plan.by_path.get(path[:length])
            if function is not None:
                value, rest = self._called(function, arguments, guard, frame), path[length:]
                break
        else:
            if any(other[: len(path)] == path for other in self.plan.by_path):
                raise UnliftableError(where, "data[...]", "it reaches a whole package of rules")
            value, rest = self._data, path
        for part in rest:
            value = looked_up(self.guards, value, always(part), where)
        return value

    def _called(
        self, function: Function, arguments: Sequence[Symbolic], guard: Guard, frame: Frame
    ) -> Symbolic:
        """What a call gives; where it conflicts on this path, the caller does."""
        outcome = self._outcome(function, arguments)
        for own, where in outcome.conflicts:
            frame.conflict(self.guards.both(guard, own), where)
        return outcome.value

    def _outcome(self, function: Function, arguments: Sequence[Symbolic]) -> Outcome:
        key = (function.name, *arguments)
        found = self._outcomes.get(key)
        if found is None:
            self._depth += 1
            if self._depth > _MAX_CALLS:
                raise BudgetError(f"{function.where}: over {_MAX_CALLS} calls within one another")
            given = dict(zip(function.parameters, arguments, strict=False))
            frame = Frame(self.guards, given, function.kept)
            for block in function.blocks:
                if frame.ended == ALWAYS:
                    break
                self._block(block, frame.ended ^ 1, frame)
            self._depth -= 1
            value = merged(self.guards, frame.returned)
            found = self._outcomes[key] = Outcome(value, tuple(frame.conflicts))
        return found


def _paths(
    guards: Guards, statement: CallDynamic, frame: Frame
) -> Iterator[tuple[Guard, tuple[str, ...]]]:
    """The paths under `data` that a computed one can be."""
    paths: list[tuple[Guard, tuple[str, ...]]] = [(ALWAYS, ())]
    for operand in statement.path[1:]:
        longer = []
        for own, part in frame.value(operand):
            if not isinstance(part, str):
                raise UnliftableError(statement.where, "data[...]", "a rule is reached by a value")
            longer += [(guards.both(own, held), (*path, part)) for held, path in paths]
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
