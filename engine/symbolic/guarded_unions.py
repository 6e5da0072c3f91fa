"""Guarded unions: all that a value can be while facts are not fixed, each under a path condition.

This is the value summary of symbolic execution with merging (Torlak and Bodik, A Lightweight
Symbolic Virtual Machine for Solver-Aided Host Languages, PLDI 2014, where Rosette calls it a
symbolic union): paths that meet are joined into one state, whose values keep apart what the paths
wrote. A value is a tuple of alternatives `(path condition, alternative)` whose path conditions
exclude one another; where none of them holds it is undefined. An alternative is a constant, or one
of the classes below. Values are relative to the path that reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.ir.constants import Constant, Object, ordered


class SymbolicSet:
    """A set of constants, each a member under a path condition; filled in place while it is built.

    Attributes:
        base: The path on which it was made, to which the path conditions of its members are
            relative.
        plain: Whether every member is one without condition.
    """

    __slots__ = ("base", "members", "plain")

    def __init__(
        self, members: dict[Member, PathCondition] | None = None, base: PathCondition = ALWAYS
    ) -> None:
        self.members: dict[Member, PathCondition] = members or {}
        self.base = base
        self.plain = all(pc == ALWAYS for pc in self.members.values())


class SymbolicObject:
    """An object with constant keys, each with a value that may be undefined; filled in place."""

    __slots__ = ("base", "pairs")

    def __init__(
        self, pairs: dict[Constant, GuardedUnion] | None = None, base: PathCondition = ALWAYS
    ) -> None:
        self.pairs: dict[Constant, GuardedUnion] = pairs or {}
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

    def __init__(
        self, elements: list[GuardedUnion] | None = None, base: PathCondition = ALWAYS
    ) -> None:
        self.elements: list[GuardedUnion] = elements or []
        self.base = base


@dataclass(frozen=True, slots=True)
class FactArray:
    """A fact that is a set, which sheets write as an array: it has members, and no order."""

    fact: str
    members: tuple[tuple[str, PathCondition], ...]


@dataclass(frozen=True, slots=True)
class AffineTerm:
    """A number or date of a fact, times a factor, plus an offset; dates as days."""

    variable: int
    factor: float = 1
    offset: float = 0
    date: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some path conditions hold."""

    pcs: tuple[PathCondition, ...]


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
    "Constant | SymbolicSet | SymbolicObject | SymbolicArray | FactArray | AffineTerm | Count"
    " | Deferred | Unordered"
)
GuardedUnion: TypeAlias = "tuple[tuple[PathCondition, Alternative], ...]"

UNDEFINED: GuardedUnion = ()

_CLASSES = frozenset(
    {
        SymbolicSet,
        SymbolicObject,
        FactGroup,
        SymbolicArray,
        FactArray,
        AffineTerm,
        Count,
        Deferred,
        Unordered,
    }
)


def is_constant(alternative: Alternative) -> TypeGuard[Constant]:
    """Whether an alternative is a constant."""
    return type(alternative) not in _CLASSES


def always(alternative: Alternative) -> GuardedUnion:
    """A value without conditions."""
    return ((ALWAYS, alternative),)


def defined(pcs: PathConditions, value: GuardedUnion) -> PathCondition:
    """The path condition under which a value is defined."""
    if len(value) == 1:
        return value[0][0]
    return pcs.any(pc for pc, _ in value)


def merged(
    pcs: PathConditions, alternatives: Iterable[tuple[PathCondition, Alternative]]
) -> GuardedUnion:
    """Alternatives with equal ones joined, and impossible ones left out.

    Several sets become one, member by member, and several objects one, key by key, so that the
    number of alternatives stays small.
    """
    kept: dict[object, tuple[PathCondition, Alternative]] = {}
    for pc, alternative in alternatives:
        if pc == NEVER:
            continue
        found = kept.get(alternative)
        kept[alternative] = (
            (pc, alternative) if found is None else (pcs.either(found[0], pc), alternative)
        )
    if len(kept) > 1:
        for kinds, join in (
            ((SymbolicSet, frozenset), _join_sets),
            ((SymbolicObject, Object), _join),
        ):
            group = [key for key in kept if isinstance(key, kinds)]
            if len(group) > 1 and any(isinstance(key, kinds[0]) for key in group):
                parts = [kept.pop(key) for key in group]
                joined = join(pcs, parts)
                kept[joined] = (pcs.any(pc for pc, _ in parts), joined)
    return tuple(kept.values())


def _join_sets(pcs: PathConditions, parts: list[tuple[PathCondition, Alternative]]) -> Alternative:
    members: dict[Member, PathCondition] = {}
    for pc, part in parts:
        for member, own in members_of(part):
            held = pcs.both(pc, own)
            members[member] = pcs.either(members.get(member, NEVER), held)
    return SymbolicSet(members)


def _join(pcs: PathConditions, parts: list[tuple[PathCondition, Alternative]]) -> Alternative:
    pairs: dict[Constant, list[tuple[PathCondition, Alternative]]] = {}
    for pc, part in parts:
        for key, value in pairs_of(part):
            pairs.setdefault(key, []).extend((pcs.both(pc, g), item) for g, item in value)
    return SymbolicObject({key: merged(pcs, value) for key, value in pairs.items()})


def members_of(alternative: Alternative) -> Iterator[tuple[Member, PathCondition]]:
    """The members of a set, in order, each with its path condition."""
    if isinstance(alternative, frozenset):
        yield from ((member, ALWAYS) for member in ordered(alternative))
    elif isinstance(alternative, SymbolicSet):
        yield from alternative.members.items()


def pairs_of(alternative: Alternative) -> Iterator[tuple[Constant, GuardedUnion]]:
    """The keys of an object, each with its value."""
    if isinstance(alternative, Object):
        yield from ((key, always(item)) for key, item in alternative.items())
    elif isinstance(alternative, SymbolicObject):
        yield from alternative.pairs.items()


def elements_of(alternative: Alternative) -> Iterator[GuardedUnion]:
    """The elements of an array."""
    if isinstance(alternative, tuple):
        yield from (always(item) for item in alternative)
    elif isinstance(alternative, SymbolicArray):
        yield from alternative.elements


def settled(alternative: Alternative) -> Alternative:
    """A collection under construction as a constant, where nothing in it has a condition."""
    if isinstance(alternative, SymbolicSet):
        members = [item for item in alternative.members if not isinstance(item, Deferred)]
        if alternative.plain and len(members) == len(alternative.members):
            return frozenset(members)
    elif isinstance(alternative, SymbolicObject):
        values = _settled_all(alternative.pairs.values())
        if values is not None:
            return Object(zip(alternative.pairs, values, strict=True))
    elif isinstance(alternative, SymbolicArray):
        elements = _settled_all(alternative.elements)
        if elements is not None:
            return tuple(elements)
    return alternative


def _settled_all(values: Iterable[GuardedUnion]) -> list[Constant] | None:
    """The constants that values are, if all of them are that, without conditions."""
    found = []
    for value in values:
        if len(value) != 1 or value[0][0] != ALWAYS:
            return None
        item = settled(value[0][1])
        if not is_constant(item):
            return None
        found.append(item)
    return found
