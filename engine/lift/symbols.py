"""Symbolic values: what a local may hold, and under which guard.

A value is a tuple of alternatives `(guard, alternative)` whose guards exclude one another; where none
of them holds it is undefined. An alternative is a constant, or one of the classes below. Values are
relative to the path that reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from .builtins.arithmetic import exact, rounded
from .guards import ALWAYS, NEVER, Guard, Guards, Ordered
from .values import Constant, Object, ordered

MAX_ALTERNATIVES = 4096
"""The most constants into which one symbolic value is unfolded."""


class SymbolicSet:
    """A set of constants, each a member under a guard; filled in place while it is built.

    Attributes:
        base: The path on which it was made, to which the guards of its members are relative.
        plain: Whether every member is one without condition.
    """

    __slots__ = ("base", "members", "plain")

    def __init__(self, members: dict[Member, Guard] | None = None, base: Guard = ALWAYS) -> None:
        self.members: dict[Member, Guard] = members or {}
        self.base = base
        self.plain = all(guard == ALWAYS for guard in self.members.values())


class SymbolicObject:
    """An object with constant keys, each with a value that may be undefined; filled in place."""

    __slots__ = ("base", "entries")

    def __init__(
        self, entries: dict[Constant, Symbolic] | None = None, base: Guard = ALWAYS
    ) -> None:
        self.entries: dict[Constant, Symbolic] = entries or {}
        self.base = base


class FactGroup(SymbolicObject):
    """A group of facts in the input: it has the facts of the vocabulary and no others."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class SymbolicArray:
    """An array of known length whose elements may have alternatives; filled in place."""

    __slots__ = ("base", "elements")

    def __init__(self, elements: list[Symbolic] | None = None, base: Guard = ALWAYS) -> None:
        self.elements: list[Symbolic] = elements or []
        self.base = base


@dataclass(frozen=True, slots=True)
class FactArray:
    """A fact that is a set, which sheets write as an array: it has members, and no order."""

    fact: str
    members: tuple[tuple[str, Guard], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A number or date of a fact, times a factor, plus an offset; dates as days."""

    variable: int
    factor: float = 1
    offset: float = 0
    date: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some guards hold."""

    guards: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class Deferred:
    """A text that is put together when it is printed, because it quotes a fact."""

    builtin: str
    arguments: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Unordered:
    """The index of a member of a fact that has no order; any use is refused."""

    fact: str


Member: TypeAlias = "Constant | Deferred"
Alternative: TypeAlias = (
    "Constant | SymbolicSet | SymbolicObject | SymbolicArray | FactArray | Line | Count"
    " | Deferred | Unordered"
)
Symbolic: TypeAlias = "tuple[tuple[Guard, Alternative], ...]"

UNDEFINED: Symbolic = ()

_CLASSES = frozenset(
    {
        SymbolicSet,
        SymbolicObject,
        FactGroup,
        SymbolicArray,
        FactArray,
        Line,
        Count,
        Deferred,
        Unordered,
    }
)


def is_constant(alternative: Alternative) -> bool:
    """Whether an alternative is a constant."""
    return type(alternative) not in _CLASSES


def always(alternative: Alternative) -> Symbolic:
    """A value without conditions."""
    return ((ALWAYS, alternative),)


def defined(guards: Guards, value: Symbolic) -> Guard:
    """The guard under which a value is defined."""
    if len(value) == 1:
        return value[0][0]
    return guards.any(guard for guard, _ in value)


def merged(guards: Guards, alternatives: Iterable[tuple[Guard, Alternative]]) -> Symbolic:
    """Alternatives with equal ones joined, and impossible ones left out.

    Several sets become one, member by member, and several objects one, key by key, so that the number
    of alternatives stays small.
    """
    kept: dict[object, tuple[Guard, Alternative]] = {}
    for guard, alternative in alternatives:
        if guard == NEVER:
            continue
        found = kept.get(alternative)
        kept[alternative] = (
            (guard, alternative) if found is None else (guards.either(found[0], guard), alternative)
        )
    if len(kept) > 1:
        for kinds, join in (
            ((SymbolicSet, frozenset), _join_sets),
            ((SymbolicObject, Object), _join),
        ):
            group = [key for key in kept if isinstance(key, kinds)]
            if len(group) > 1 and any(isinstance(key, kinds[0]) for key in group):
                parts = [kept.pop(key) for key in group]
                joined = join(guards, parts)
                kept[joined] = (guards.any(guard for guard, _ in parts), joined)
    return tuple(kept.values())


def _join_sets(guards: Guards, parts: list[tuple[Guard, Alternative]]) -> Alternative:
    members: dict[Member, Guard] = {}
    for guard, part in parts:
        for member, own in members_of(part):
            held = guards.both(guard, own)
            members[member] = guards.either(members.get(member, NEVER), held)
    return SymbolicSet(members)


def _join(guards: Guards, parts: list[tuple[Guard, Alternative]]) -> Alternative:
    entries: dict[Constant, list[tuple[Guard, Alternative]]] = {}
    for guard, part in parts:
        for key, value in entries_of(part):
            entries.setdefault(key, []).extend((guards.both(guard, g), item) for g, item in value)
    return SymbolicObject({key: merged(guards, value) for key, value in entries.items()})


def members_of(alternative: Alternative) -> Iterator[tuple[Member, Guard]]:
    """The members of a set, in order, each with its guard."""
    if isinstance(alternative, frozenset):
        yield from ((member, ALWAYS) for member in ordered(alternative))
    elif isinstance(alternative, SymbolicSet):
        yield from alternative.members.items()


def entries_of(alternative: Alternative) -> Iterator[tuple[Constant, Symbolic]]:
    """The keys of an object, each with its value."""
    if isinstance(alternative, Object):
        yield from ((key, always(item)) for key, item in alternative.items())
    elif isinstance(alternative, SymbolicObject):
        yield from alternative.entries.items()


def elements_of(alternative: Alternative) -> Iterator[Symbolic]:
    """The elements of an array."""
    if isinstance(alternative, tuple):
        yield from (always(item) for item in alternative)
    elif isinstance(alternative, SymbolicArray):
        yield from alternative.elements


def settled(alternative: Alternative) -> Alternative:
    """A collection under construction as a constant, where nothing in it has a condition."""
    if isinstance(alternative, SymbolicSet):
        if alternative.plain and not any(isinstance(m, Deferred) for m in alternative.members):
            return frozenset(alternative.members)  # type: ignore[arg-type]
    elif isinstance(alternative, SymbolicObject):
        items = {}
        for key, value in alternative.entries.items():
            if len(value) != 1 or value[0][0] != ALWAYS:
                return alternative
            item = settled(value[0][1])
            if not is_constant(item):
                return alternative
            items[key] = item
        return Object(items)  # type: ignore[arg-type]
    elif isinstance(alternative, SymbolicArray):
        listed = []
        for value in alternative.elements:
            if len(value) != 1 or value[0][0] != ALWAYS:
                return alternative
            item = settled(value[0][1])
            if not is_constant(item):
                return alternative
            listed.append(item)
        return tuple(listed)  # type: ignore[arg-type]
    return alternative


class TooManyError(Exception):
    """A symbolic value that has too many constants to unfold, or no end of them."""


def unfolded(
    guards: Guards, alternative: Alternative, path: Guard = ALWAYS
) -> list[tuple[Guard, Member]]:
    """Every constant that an alternative can be on a path, with its guard.

    Raises:
        TooManyError: If there are more than `MAX_ALTERNATIVES`.
    """
    alternative = settled(alternative)
    match alternative:
        case SymbolicSet():
            return _unfold_set(guards, alternative, path)
        case SymbolicObject():
            keys = list(alternative.entries)
            values = [_unfold_entry(guards, value, path) for value in alternative.entries.values()]
            return _product(
                guards, path, values, lambda items: Object(_present(zip(keys, items, strict=True)))
            )
        case SymbolicArray():
            values = [_unfold_entry(guards, value, path) for value in alternative.elements]
            if any(item is _ABSENT for value in values for _, item in value):
                raise TooManyError
            return _product(guards, path, values, tuple)
        case Line():
            return _unfold_line(guards, alternative)
        case Count():
            return _unfold_count(guards, alternative)
        case FactArray() | Unordered():
            raise TooManyError
        case _:
            return [(ALWAYS, alternative)]


_ABSENT = object()


def _present(pairs: Iterable[tuple[Constant, object]]) -> dict[Constant, Constant]:
    return {key: item for key, item in pairs if item is not _ABSENT}  # type: ignore[misc]


def _unfold_entry(guards: Guards, value: Symbolic, path: Guard) -> list[tuple[Guard, object]]:
    found: list[tuple[Guard, object]] = []
    for guard, item in value:
        inner = unfolded(guards, item, path)
        found += [(guards.both(guard, own), constant) for own, constant in inner]
    missing = defined(guards, value) ^ 1 if value else ALWAYS
    if guards.both(path, missing) != NEVER:
        found.append((missing, _ABSENT))
    return found


def _product(
    guards: Guards,
    path: Guard,
    values: list[list[tuple[Guard, object]]],
    build: Callable[..., Constant],
) -> list[tuple[Guard, Member]]:
    size = 1
    for value in values:
        size *= len(value)
    if size > MAX_ALTERNATIVES:
        raise TooManyError
    found: list[tuple[Guard, Member]] = []
    for combination in product(*values):
        guard = guards.all(own for own, _ in combination)
        if guards.both(path, guard) != NEVER:
            if any(isinstance(item, Deferred) for _, item in combination):
                raise TooManyError
            found.append((guard, build([item for _, item in combination])))
    return found


def _unfold_set(guards: Guards, value: SymbolicSet, path: Guard) -> list[tuple[Guard, Member]]:
    certain: set[object] = {member for member, guard in value.members.items() if guard == ALWAYS}
    rest = [(member, guard) for member, guard in value.members.items() if guard != ALWAYS]
    choices: list[list[tuple[Guard, object]]] = [
        [(guard, member), (guard ^ 1, _ABSENT)] for member, guard in rest
    ]
    return _product(
        guards,
        path,
        choices,
        lambda items: frozenset({*certain, *(i for i in items if i is not _ABSENT)}),
    )


def _unfold_line(guards: Guards, line: Line) -> list[tuple[Guard, Member]]:
    variable = guards.variables[line.variable]
    assert isinstance(variable, Ordered)
    if line.date or not variable.whole:
        raise TooManyError
    first, last = int(variable.minimum), int(variable.maximum)
    if last - first >= MAX_ALTERNATIVES:
        raise TooManyError
    factor, offset = exact(line.factor), exact(line.offset)
    found: list[tuple[Guard, Member]] = []
    for number in range(first, last + 1):
        upper = guards.below(line.variable, number, included=True)
        lower = guards.below(line.variable, number, included=False)
        found.append((guards.both(upper, lower ^ 1), rounded(number * factor + offset)))
    return found


def _unfold_count(guards: Guards, count: Count) -> list[tuple[Guard, Member]]:
    if len(count.guards) > MAX_COUNTED:
        raise TooManyError
    steps = [at_least(guards, count.guards, number) for number in range(len(count.guards) + 2)]
    return [
        (guards.both(steps[number], steps[number + 1] ^ 1), number)
        for number in range(len(count.guards) + 1)
    ]


MAX_COUNTED = 256


def at_least(guards: Guards, counted: tuple[Guard, ...], number: int) -> Guard:
    """The guard under which at least `number` of some guards hold, by a ladder of partial counts."""
    if number <= 0:
        return ALWAYS
    if number > len(counted):
        return NEVER
    reached = [ALWAYS] + [NEVER] * number
    for index, guard in enumerate(counted):
        for have in range(min(index + 1, number), 0, -1):
            reached[have] = guards.either(reached[have], guards.both(guard, reached[have - 1]))
    return reached[number]
