"""The lifted interpreter: a plan executed once, over facts that are not fixed.

Every path of execution carries the guard under which it is taken, every value the guards of its
alternatives. With constants as input and data all guards are constant, and the interpreter is an
ordinary one, which is how it is held against OPA's conformance cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ..errors import BudgetError, UnliftableError, alternatives
from . import symbolic
from .guards import ALWAYS, NEVER, Guard, Guards
from .plan import Function, Plan
from .statements import (
    DATA,
    INPUT,
    AddMember,
    Append,
    Assign,
    Block,
    Blocks,
    Call,
    CallDynamic,
    Dot,
    Equal,
    Fixed,
    Insert,
    Length,
    Make,
    Merge,
    Not,
    Operand,
    Reset,
    Return,
    Scan,
    Statement,
    Test,
    Where,
    With,
    Yield,
)
from .symbols import (
    UNDEFINED,
    Alternative,
    FactArray,
    FactGroup,
    Symbolic,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    always,
    defined,
    elements_of,
    entries_of,
    is_constant,
    members_of,
    merged,
    settled,
)
from .values import Constant, Object

_MAX_STEPS = 5_000_000
_MAX_CALLS = 100


@dataclass(slots=True)
class _Frame:
    """The locals of one call, what it has returned, and where it fails."""

    locals: dict[int, Symbolic]
    kept: frozenset[int]
    returned: list[tuple[Guard, Alternative]] = field(default_factory=list)
    ended: Guard = NEVER
    conflicts: list[tuple[Guard, Where]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Summary:
    """What a call gives, computed once for all paths: its value and where it conflicts."""

    value: Symbolic
    conflicts: tuple[tuple[Guard, Where], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry point gives.

    Attributes:
        value: Its value, with the guards of its alternatives.
        conflicts: Where rules give two values, and under which guard.
    """

    value: Symbolic
    conflicts: tuple[tuple[Guard, Where], ...]


_Step: TypeAlias = Callable[..., Guard]


class Interpreter:
    """Executes a plan over one `input` and one `data`, of which parts may be symbolic.

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
        self._summaries: dict[tuple[object, ...], _Summary] = {}
        self._steps = 0
        self._depth = 0

    def run(self, entry: str) -> Outcome:
        """The value of an entry point such as `rsp/main/decision`.

        Raises:
            UnliftableError: If a construct cannot be executed exactly over symbolic facts.
            BudgetError: If it takes too long.
        """
        plan = self.plan.entries[entry]
        frame = _Frame({INPUT: self._input, DATA: self._data}, plan.kept)
        for block in plan.blocks:
            self._block(block, ALWAYS, frame)
        results = merged(self.guards, frame.returned)
        value = self._get(results, always("result"), plan.where)
        return Outcome(value, tuple(frame.conflicts))

    def rule(self, path: str) -> Symbolic:
        """The value of a rule without arguments, by its path in `data` with dots."""
        function = self.plan.by_path.get(tuple(path.split(".")))
        if function is None or len(function.parameters) > 2:
            return UNDEFINED
        return self._summary(function, [self._input, self._data]).value

    def _block(self, block: Block, guard: Guard, frame: _Frame) -> Guard:
        for statement in block.statements:
            guard = _STEPS[type(statement)](self, statement, guard, frame)
            if guard == NEVER:
                return NEVER
        self._steps += len(block.statements)
        if self._steps > _MAX_STEPS:
            raise BudgetError(f"{block.statements[0].where}: over {_MAX_STEPS} steps of evaluation")
        return guard

    def _value(self, operand: Operand, frame: _Frame) -> Symbolic:
        if isinstance(operand, Fixed):
            return ((ALWAYS, operand.value),)
        return frame.locals.get(operand.index, UNDEFINED)

    def _write(self, local: int, value: Symbolic, guard: Guard, frame: _Frame) -> None:
        if local in frame.kept and guard != ALWAYS:
            before = frame.locals.get(local, UNDEFINED)
            both, other = self.guards.both, guard ^ 1
            value = merged(
                self.guards,
                [(both(guard, own), item) for own, item in value]
                + [(both(other, own), item) for own, item in before],
            )
        frame.locals[local] = value

    # statements that hold blocks

    def _blocks(self, statement: Blocks, guard: Guard, frame: _Frame) -> Guard:
        for block in statement.blocks:
            ended = frame.ended
            self._block(block, guard, frame)
            if frame.ended != ended:
                guard = self.guards.both(guard, frame.ended ^ 1)
        return guard

    def _not(self, statement: Not, guard: Guard, frame: _Frame) -> Guard:
        return self.guards.both(guard, self._block(statement.block, guard, frame) ^ 1)

    def _scan(self, statement: Scan, guard: Guard, frame: _Frame) -> Guard:
        both, iterable = self.guards.both, NEVER
        for own, source in frame.locals.get(statement.source, UNDEFINED):
            outer = both(guard, own)
            if outer == NEVER:
                continue
            found = _iterated(source, statement.where)
            if found is None:
                continue
            iterable = self.guards.either(iterable, own)
            for key, value in found:
                inner = both(outer, defined(self.guards, value))
                if inner != NEVER:
                    here = always(value[0][1]) if len(value) == 1 else value
                    self._write(statement.key, always(key), inner, frame)
                    self._write(statement.value, here, inner, frame)
                    self._block(statement.block, inner, frame)
        return both(guard, iterable)

    def _with(self, statement: With, guard: Guard, frame: _Frame) -> Guard:
        value = self._value(statement.value, frame)
        before = frame.locals.get(statement.local, UNDEFINED)
        frame.locals[statement.local] = _replaced(self.guards, before, statement.path, value)
        after = self._block(statement.block, guard, frame)
        frame.locals[statement.local] = before
        return after

    # calls

    def _call(self, statement: Call, guard: Guard, frame: _Frame) -> Guard:
        arguments = [self._value(operand, frame) for operand in statement.arguments]
        function = self.plan.functions.get(statement.function)
        if function is not None:
            return self._apply(function, arguments, statement.target, guard, frame)
        for value in arguments:
            guard = self.guards.both(guard, defined(self.guards, value))
        if guard == NEVER:
            return NEVER
        value = symbolic.call(
            self.guards, statement.function, arguments, guard, statement.where, strict=self._strict
        )
        return self._assign(statement.target, value, guard, frame)

    def _apply(
        self,
        function: Function,
        arguments: list[Symbolic],
        target: int,
        guard: Guard,
        frame: _Frame,
    ) -> Guard:
        for value in arguments[2:]:
            guard = self.guards.both(guard, defined(self.guards, value))
        if guard == NEVER:
            return NEVER
        summary = self._summary(function, arguments)
        self._conflict(summary.conflicts, guard, frame)
        return self._assign(target, summary.value, guard, frame)

    def _assign(self, target: int, value: Symbolic, guard: Guard, frame: _Frame) -> Guard:
        self._write(target, value, guard, frame)
        return self.guards.both(guard, defined(self.guards, value))

    def _call_dynamic(self, statement: CallDynamic, guard: Guard, frame: _Frame) -> Guard:
        arguments = [self._value(operand, frame) for operand in statement.arguments]
        found: list[tuple[Guard, Alternative]] = []
        for own, path in self._paths(statement, frame):
            inner = self.guards.both(guard, own)
            if inner == NEVER:
                continue
            value = self._at(path, arguments, inner, statement.where, frame)
            found += [(self.guards.both(own, held), item) for held, item in value]
        return self._assign(statement.target, merged(self.guards, found), guard, frame)

    def _at(
        self,
        path: tuple[str, ...],
        arguments: list[Symbolic],
        guard: Guard,
        where: Where,
        frame: _Frame,
    ) -> Symbolic:
        """The value at a path under `data`: a rule's where a rule stands there, else the base's."""
        for length in range(len(path), 0, -1):
            function = self.plan.by_path.get(path[:length])
            if function is not None:
                summary = self._summary(function, arguments)
                self._conflict(summary.conflicts, guard, frame)
                value, rest = summary.value, path[length:]
                break
        else:
            if any(other[: len(path)] == path for other in self.plan.by_path):
                raise UnliftableError(where, "data[...]", "it reaches a whole package of rules")
            value, rest = self._data, path
        for part in rest:
            value = self._get(value, always(part), where)
        return value

    def _conflict(
        self, conflicts: tuple[tuple[Guard, Where], ...], guard: Guard, frame: _Frame
    ) -> None:
        for own, where in conflicts:
            held = self.guards.both(guard, own)
            if held != NEVER:
                frame.conflicts.append((held, where))

    def _paths(
        self, statement: CallDynamic, frame: _Frame
    ) -> Iterator[tuple[Guard, tuple[str, ...]]]:
        paths: list[tuple[Guard, tuple[str, ...]]] = [(ALWAYS, ())]
        for operand in statement.path[1:]:
            longer = []
            for own, part in self._value(operand, frame):
                if not isinstance(part, str):
                    raise UnliftableError(
                        statement.where, "data[...]", "a rule is reached by a value"
                    )
                longer += [(self.guards.both(own, held), (*path, part)) for held, path in paths]
            paths = longer
        yield from paths

    def _summary(self, function: Function, arguments: list[Symbolic]) -> _Summary:
        key = (function.name, *arguments)
        found = self._summaries.get(key)
        if found is None:
            self._depth += 1
            if self._depth > _MAX_CALLS:
                raise BudgetError(f"{function.where}: over {_MAX_CALLS} calls within one another")
            frame = _Frame(dict(zip(function.parameters, arguments, strict=False)), function.kept)
            for block in function.blocks:
                if frame.ended == ALWAYS:
                    break
                self._block(block, frame.ended ^ 1, frame)
            self._depth -= 1
            value = merged(self.guards, frame.returned)
            found = self._summaries[key] = _Summary(value, tuple(frame.conflicts))
        return found

    # statements on values

    def _dot(self, statement: Dot, guard: Guard, frame: _Frame) -> Guard:
        source = self._value(statement.source, frame)
        key = self._value(statement.key, frame)
        value = self._get(source, key, statement.where)
        if not value:
            _check_facts(source, key, statement.where)
        return self._assign(statement.target, value, guard, frame)

    def _get(self, source: Symbolic, key: Symbolic, where: Where) -> Symbolic:
        if len(source) == 1 and len(key) == 1 and source[0][0] == ALWAYS and key[0][0] == ALWAYS:
            return member(self.guards, source[0][1], key[0][1], where)
        both = self.guards.both
        found: list[tuple[Guard, Alternative]] = []
        for source_guard, collection in source:
            for key_guard, name in key:
                outer = both(source_guard, key_guard)
                if outer != NEVER:
                    inner = member(self.guards, collection, name, where)
                    found += [(both(outer, own), item) for own, item in inner]
        return merged(self.guards, found)

    def _assign_step(self, statement: Assign, guard: Guard, frame: _Frame) -> Guard:
        value = self._settled(statement.source, frame)
        if statement.once:
            self._once(statement, value, guard, frame)
        else:
            self._write(statement.target, value, guard, frame)
        return guard

    def _once(self, statement: Assign, value: Symbolic, guard: Guard, frame: _Frame) -> None:
        _refuse_index(value, statement.where)
        before = frame.locals.get(statement.target, UNDEFINED)
        for old_guard, old in before:
            for new_guard, new in value:
                held = self.guards.all((guard, old_guard, new_guard))
                if held != NEVER and old is not new:
                    differ = symbolic.equal(self.guards, old, new, statement.where) ^ 1
                    conflict = self.guards.both(held, differ)
                    if conflict != NEVER:
                        frame.conflicts.append((conflict, statement.where))
        both = self.guards.both
        there = defined(self.guards, before)
        frame.locals[statement.target] = merged(
            self.guards,
            [*before, *((self.guards.all((guard, own, there ^ 1)), item) for own, item in value)]
            if before
            else [(both(guard, own), item) for own, item in value],
        )

    def _settled(self, operand: Operand, frame: _Frame) -> Symbolic:
        """The value of an operand, with finished collections as constants."""
        value = self._value(operand, frame)
        if any(not is_constant(item) for _, item in value):
            value = tuple((own, settled(item)) for own, item in value)
            if isinstance(operand, Fixed):
                return value
            frame.locals[operand.index] = value
        return value

    def _equal(self, statement: Equal, guard: Guard, frame: _Frame) -> Guard:
        left = self._settled(statement.left, frame)
        right = self._settled(statement.right, frame)
        both, same, there = self.guards.both, NEVER, NEVER
        for left_guard, a in left:
            for right_guard, b in right:
                held = both(left_guard, right_guard)
                if held == NEVER:
                    continue
                there = self.guards.either(there, held)
                equal = symbolic.equal(self.guards, a, b, statement.where)
                same = self.guards.either(same, both(held, equal))
        if statement.negated:
            same = both(there, same ^ 1)
        return both(guard, same)

    def _test(self, statement: Test, guard: Guard, frame: _Frame) -> Guard:
        value = self._value(statement.source, frame)
        if statement.kind == "defined":
            return self.guards.both(guard, defined(self.guards, value))
        if statement.kind == "undefined":
            return self.guards.both(guard, defined(self.guards, value) ^ 1)
        kinds = _KINDS[statement.kind]
        fits = self.guards.any(own for own, item in value if isinstance(item, kinds))
        return self.guards.both(guard, fits)

    def _make(self, statement: Make, guard: Guard, frame: _Frame) -> Guard:
        made: Alternative
        match statement.kind:
            case "array":
                made = SymbolicArray(base=guard)
            case "object":
                made = SymbolicObject(base=guard)
            case "set":
                made = SymbolicSet(base=guard)
            case _:
                made = statement.value
        self._write(statement.target, always(made), guard, frame)
        return guard

    def _length(self, statement: Length, guard: Guard, frame: _Frame) -> Guard:
        arguments = [self._settled(statement.source, frame)]
        value = symbolic.call(self.guards, "count", arguments, guard, statement.where)
        return self._assign(statement.target, value, guard, frame)

    def _append(self, statement: Append, guard: Guard, frame: _Frame) -> Guard:
        value = self._settled(statement.value, frame)
        _refuse_index(value, statement.where)
        changed = []
        for own, array in frame.locals.get(statement.array, UNDEFINED):
            built = array
            if not isinstance(built, SymbolicArray):
                built = SymbolicArray(list(elements_of(array)), own)
            if not statement.literal and self.guards.without(guard, built.base) != ALWAYS:
                reason = "the length of an array depends on facts"
                raise UnliftableError(
                    statement.where, "array comprehension", reason, "build a set instead"
                )
            built.elements.append(value)
            changed.append((own, built))
        frame.locals[statement.array] = tuple(changed)
        return self.guards.both(guard, defined(self.guards, value))

    def _add_member(self, statement: AddMember, guard: Guard, frame: _Frame) -> Guard:
        value = self._settled(statement.value, frame)
        changed = []
        for own, group in frame.locals.get(statement.set, UNDEFINED):
            if not self._takes(group, "set", self.guards.both(guard, own), statement, frame):
                changed.append((own, group))
                continue
            built = group
            if not isinstance(built, SymbolicSet):
                built = SymbolicSet(dict(members_of(group)), own)
            outer = ALWAYS if statement.literal else self.guards.without(guard, built.base)
            for item_guard, item in value:
                held = self.guards.both(outer, item_guard)
                if held != NEVER:
                    self._put(built, item, held, statement.where)
            changed.append((own, built))
        frame.locals[statement.set] = tuple(changed)
        return self.guards.both(guard, defined(self.guards, value))

    def _takes(
        self, group: Alternative, kind: str, guard: Guard, statement: Statement, frame: _Frame
    ) -> bool:
        """Whether a value is a collection of a kind; where a rule gave another, it conflicts."""
        fits = isinstance(group, _KINDS[kind])
        if not fits and guard != NEVER:
            frame.conflicts.append((guard, statement.where))
        return fits

    def _put(self, group: SymbolicSet, item: Alternative, guard: Guard, where: Where) -> None:
        for own, constant in symbolic.members(self.guards, item, where):
            held = self.guards.both(guard, own)
            if held != NEVER:
                before = group.members.get(constant, NEVER)
                group.members[constant] = self.guards.either(before, held)
                group.plain = group.plain and group.members[constant] == ALWAYS

    def _insert(self, statement: Insert, guard: Guard, frame: _Frame) -> Guard:
        key = self._settled(statement.key, frame)
        value = self._settled(statement.value, frame)
        _refuse_index(value, statement.where)
        changed = []
        for own, group in frame.locals.get(statement.object, UNDEFINED):
            if not self._takes(group, "object", self.guards.both(guard, own), statement, frame):
                changed.append((own, group))
                continue
            built = group
            if not isinstance(built, SymbolicObject):
                built = SymbolicObject(dict(entries_of(group)), own)
            outer = ALWAYS if statement.literal else self.guards.without(guard, built.base)
            for key_guard, name in key:
                held = self.guards.both(outer, key_guard)
                if held == NEVER:
                    continue
                for named_guard, constant in symbolic.keys(self.guards, name, statement.where):
                    inner = self.guards.both(held, named_guard)
                    if inner != NEVER:
                        self._entry(built, constant, value, inner, statement, frame)
            changed.append((own, built))
        frame.locals[statement.object] = tuple(changed)
        return guard

    def _entry(
        self,
        group: SymbolicObject,
        key: Constant,
        value: Symbolic,
        guard: Guard,
        statement: Insert,
        frame: _Frame,
    ) -> None:
        both = self.guards.both
        before = group.entries.get(key, UNDEFINED)
        if guard == ALWAYS and not before:
            group.entries[key] = value
            return
        there = defined(self.guards, before)
        if statement.once and both(there, guard) != NEVER:
            for old_guard, old in before:
                for new_guard, new in value:
                    held = self.guards.all((guard, old_guard, new_guard))
                    if held != NEVER and old is not new:
                        differ = symbolic.equal(self.guards, old, new, statement.where) ^ 1
                        conflict = both(held, differ)
                        if conflict != NEVER:
                            frame.conflicts.append((conflict, statement.where))
        group.entries[key] = merged(
            self.guards,
            [(both(guard ^ 1, own), item) for own, item in before]
            + [(both(guard, own), item) for own, item in value],
        )

    def _merge(self, statement: Merge, guard: Guard, frame: _Frame) -> Guard:
        left = frame.locals.get(statement.left, UNDEFINED)
        right = frame.locals.get(statement.right, UNDEFINED)
        value = symbolic.deep_union(self.guards, right, left)
        self._write(statement.target, value, guard, frame)
        return guard

    def _reset(self, statement: Reset, guard: Guard, frame: _Frame) -> Guard:
        self._write(statement.target, UNDEFINED, guard, frame)
        return guard

    def _return(self, statement: Return, guard: Guard, frame: _Frame) -> Guard:
        value = tuple(
            (own, settled(item)) for own, item in frame.locals.get(statement.source, UNDEFINED)
        )
        frame.returned += [(self.guards.both(guard, own), item) for own, item in value]
        frame.ended = self.guards.either(frame.ended, guard)
        return NEVER

    def _yield(self, statement: Yield, guard: Guard, frame: _Frame) -> Guard:
        for own, item in frame.locals.get(statement.value, UNDEFINED):
            frame.returned.append((self.guards.both(guard, own), item))
        return guard


def _check_facts(source: Symbolic, key: Symbolic, where: Where) -> None:
    """Refuse a name that no fact has: it would be undefined everywhere, which nobody means.

    `object.get` is not held to this: it says itself what to do where there is nothing.
    """
    for _, group in source:
        for _, name in key:
            if isinstance(group, FactGroup) and isinstance(name, str):
                known = alternatives(name, map(str, group.entries))
                reason = f"the vocabulary has no such fact{known}"
                raise UnliftableError(where, f"{group.path}.{name}", reason)


def member(guards: Guards, source: Alternative, key: Alternative, where: Where) -> Symbolic:
    """What `source[key]` gives; undefined where there is nothing."""
    match source:
        case Object():
            if is_constant(key):
                return always(source[key]) if key in source else UNDEFINED  # type: ignore[index]
            entries = list(entries_of(source))
        case SymbolicObject():
            if is_constant(key):
                return source.entries.get(key, UNDEFINED)  # type: ignore[arg-type]
            entries = list(source.entries.items())
        case tuple():
            if is_constant(key):
                fits = isinstance(key, int | float) and key == int(key) and 0 <= key < len(source)
                return always(source[int(key)]) if fits else UNDEFINED  # type: ignore[arg-type]
            entries = [(index, always(item)) for index, item in enumerate(source)]
        case SymbolicArray():
            if is_constant(key):
                listed = source.elements
                fits = isinstance(key, int | float) and key == int(key) and 0 <= key < len(listed)
                return listed[int(key)] if fits else UNDEFINED  # type: ignore[arg-type]
            entries = list(enumerate(source.elements))
        case frozenset() | SymbolicSet():
            return _in_set(guards, source, key, where)
        case FactArray():
            reason = f"the members of `{source.fact}` have no order"
            raise UnliftableError(where, "index", reason, "use `some x in ...` or `x in ...`")
        case _:
            return UNDEFINED
    found = []
    for name, value in entries:
        same = symbolic.equal(guards, key, name, where)
        found += [(guards.both(same, own), item) for own, item in value]
    return merged(guards, found)


def _in_set(guards: Guards, source: Alternative, key: Alternative, where: Where) -> Symbolic:
    if isinstance(source, frozenset) and is_constant(key):
        return always(key) if key in source else UNDEFINED
    found = []
    for item, own in members_of(source):
        same = symbolic.equal(guards, key, item, where)
        found.append((guards.both(own, same), item))
    return merged(guards, found)


def _iterated(source: Alternative, where: Where) -> list[tuple[Alternative, Symbolic]] | None:
    """The keys and values of a collection; `None` for anything that cannot be iterated."""
    match source:
        case Object() | SymbolicObject():
            return list(entries_of(source))
        case tuple() | SymbolicArray():
            return list(enumerate(elements_of(source)))
        case frozenset() | SymbolicSet():
            return [(item, ((own, item),)) for item, own in members_of(source)]
        case FactArray():
            index = Unordered(source.fact)
            return [(index, ((own, item),)) for item, own in source.members]
        case Unordered():
            reason = f"the members of `{source.fact}` have no order"
            raise UnliftableError(where, "index", reason, "use `some x in ...`")
        case _:
            return None


def _refuse_index(value: Symbolic, where: Where) -> None:
    """Refuse to keep the index of a member of a fact that has no order."""
    for _, item in value:
        if isinstance(item, Unordered):
            raise symbolic.refuse(item, "index", where)


def _replaced(guards: Guards, before: Symbolic, path: tuple[str, ...], value: Symbolic) -> Symbolic:
    """A document in which the value at a path is replaced; what stands in its way is too."""
    if not path:
        return value
    found = []
    for own, document in before or always(Object({})):
        entries = dict(entries_of(document))
        inner = entries.get(path[0], UNDEFINED)
        entries[path[0]] = _replaced(guards, inner, path[1:], value)
        found.append((own, settled(SymbolicObject(entries))))
    return merged(guards, found)


_KINDS: dict[str, tuple[type, ...]] = {
    "array": (tuple, SymbolicArray, FactArray),
    "object": (Object, SymbolicObject),
    "set": (frozenset, SymbolicSet),
}

_STEPS: dict[type[Statement], _Step] = {
    Blocks: Interpreter._blocks,
    Not: Interpreter._not,
    Scan: Interpreter._scan,
    With: Interpreter._with,
    Call: Interpreter._call,
    CallDynamic: Interpreter._call_dynamic,
    Dot: Interpreter._dot,
    Assign: Interpreter._assign_step,
    Equal: Interpreter._equal,
    Test: Interpreter._test,
    Make: Interpreter._make,
    Length: Interpreter._length,
    Append: Interpreter._append,
    AddMember: Interpreter._add_member,
    Insert: Interpreter._insert,
    Merge: Interpreter._merge,
    Reset: Interpreter._reset,
    Return: Interpreter._return,
    Yield: Interpreter._yield,
}
