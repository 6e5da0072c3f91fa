"""Reading collections of which parts are symbolic: by key, element by element, and under `with`."""

from __future__ import annotations

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.errors import UnliftableError, alternatives
from rsp_policy.engine.ir.constants import Constant, Object
from rsp_policy.engine.ir.statements import Where

from .combinations import refusal
from .equality import equal
from .guarded_unions import (
    UNDEFINED,
    Alternative,
    FactArray,
    FactGroup,
    GuardedUnion,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    always,
    elements_of,
    is_constant,
    members_of,
    merged,
    pairs_of,
    settled,
)


def looked_up(
    pcs: PathConditions, source: GuardedUnion, key: GuardedUnion, where: Where
) -> GuardedUnion:
    """What `source[key]` gives, whatever both can be; undefined where there is nothing."""
    if len(source) == 1 and len(key) == 1 and source[0][0] == ALWAYS and key[0][0] == ALWAYS:
        return member(pcs, source[0][1], key[0][1], where)
    both = pcs.both
    found: list[tuple[PathCondition, Alternative]] = []
    for source_pc, collection in source:
        for key_pc, name in key:
            outer = both(source_pc, key_pc)
            if outer != NEVER:
                inner = member(pcs, collection, name, where)
                found += [(both(outer, own), item) for own, item in inner]
    return merged(pcs, found)


def member(
    pcs: PathConditions, source: Alternative, key: Alternative, where: Where
) -> GuardedUnion:
    """What one alternative of `source[key]` gives; undefined where there is nothing."""
    pairs: list[tuple[Constant, GuardedUnion]]
    match source:
        case Object():
            if is_constant(key):
                return always(source[key]) if key in source else UNDEFINED
            pairs = list(pairs_of(source))
        case SymbolicObject():
            if is_constant(key):
                return source.pairs.get(key, UNDEFINED)
            pairs = list(source.pairs.items())
        case tuple():
            if is_constant(key):
                place = _place(key, len(source))
                return UNDEFINED if place is None else always(source[place])
            pairs = list(enumerate(elements_of(source)))
        case SymbolicArray():
            if is_constant(key):
                place = _place(key, len(source.elements))
                return UNDEFINED if place is None else source.elements[place]
            pairs = list(enumerate(source.elements))
        case frozenset() | SymbolicSet():
            return _in_set(pcs, source, key, where)
        case FactArray():
            reason = f"the members of `{source.fact}` have no order"
            raise UnliftableError(where, "index", reason, "use `some x in ...` or `x in ...`")
        case _:
            return UNDEFINED
    found: list[tuple[PathCondition, Alternative]] = []
    for name, value in pairs:
        same = equal(pcs, key, name, where)
        found += [(pcs.both(same, own), item) for own, item in value]
    return merged(pcs, found)


def _place(key: Constant, length: int) -> int | None:
    """The index that a key is in an array; `None` where it is none."""
    if isinstance(key, int | float) and key == int(key) and 0 <= key < length:
        return int(key)
    return None


def _in_set(
    pcs: PathConditions, source: Alternative, key: Alternative, where: Where
) -> GuardedUnion:
    if isinstance(source, frozenset) and is_constant(key):
        return always(key) if key in source else UNDEFINED
    found: list[tuple[PathCondition, Alternative]] = []
    for item, own in members_of(source):
        same = equal(pcs, key, item, where)
        found.append((pcs.both(own, same), item))
    return merged(pcs, found)


def iterated(source: Alternative, where: Where) -> list[tuple[Alternative, GuardedUnion]] | None:
    """The keys and values of a collection; `None` for anything that cannot be iterated."""
    match source:
        case Object() | SymbolicObject():
            return list(pairs_of(source))
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


def replaced(
    pcs: PathConditions, before: GuardedUnion, path: tuple[str, ...], value: GuardedUnion
) -> GuardedUnion:
    """A document in which the value at a path is replaced; what stands in its way is too."""
    if not path:
        return value
    found = []
    for own, document in before or always(Object({})):
        pairs = dict(pairs_of(document))
        inner = pairs.get(path[0], UNDEFINED)
        pairs[path[0]] = replaced(pcs, inner, path[1:], value)
        found.append((own, settled(SymbolicObject(pairs))))
    return merged(pcs, found)


def refuse_index(value: GuardedUnion, where: Where) -> None:
    """Refuse to keep the index of a member of a fact that has no order."""
    for _, item in value:
        if isinstance(item, Unordered):
            raise refusal(item, "index", where)


def refuse_unknown_fact(source: GuardedUnion, key: GuardedUnion, where: Where) -> None:
    """Refuse a name that no fact has: it would be undefined everywhere, which nobody means.

    `object.get` is not held to this: it says itself what to do where there is nothing.
    """
    for _, group in source:
        for _, name in key:
            if isinstance(group, FactGroup) and isinstance(name, str):
                known = alternatives(name, map(str, group.pairs))
                reason = f"the vocabulary has no such fact{known}"
                raise UnliftableError(where, f"{group.path}.{name}", reason)
