"""Objects: looking up, keeping, dropping and merging keys, and what is part of what."""

from __future__ import annotations

from rsp_policy.engine.builtins.operands import array, mapping, mistyped, refuse
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant, Object, ordered, truth, type_name

_KEYS = ("object", "set", "array")


@builtin("object.get")
def get(value: Constant, key: Constant, default: Constant) -> Constant:
    """What an object has under a key, or under a path of keys, or else a default."""
    found: Constant = mapping(value)
    for step in key if isinstance(key, tuple) else (key,):
        if not has(found, step):
            return default
        found = at(found, step)
    return found


def has(value: Constant, key: Constant) -> bool:
    """Whether a value has something under a key: an index of an array, a member of a set."""
    if isinstance(value, Object | frozenset):
        return key in value
    if isinstance(value, tuple) and isinstance(key, int | float):
        return 0 <= key < len(value) and key == int(key)
    return False


def at(value: Constant, key: Constant) -> Constant:
    """What a value has under a key that it has."""
    if isinstance(value, Object):
        return value[key]
    if isinstance(value, tuple) and isinstance(key, int | float):
        return value[int(key)]
    return key


@builtin("object.keys")
def keys(value: Constant) -> Constant:
    """The keys of an object as a set."""
    return frozenset(mapping(value))


@builtin("object.remove")
def remove(value: Constant, dropped: Constant) -> Constant:
    """An object without some keys."""
    whole, names = mapping(value), _names(dropped)
    return Object({key: item for key, item in whole.items() if key not in names})


@builtin("object.filter")
def keep(value: Constant, kept: Constant) -> Constant:
    """An object with some of its keys."""
    whole, names = mapping(value), _names(kept)
    return Object({key: item for key, item in whole.items() if key in names})


def _names(value: Constant) -> frozenset[Constant]:
    if not isinstance(value, tuple | frozenset | Object):
        mistyped(value, 2, *_KEYS)
    return frozenset(value)


@builtin("object.union")
def union(left: Constant, right: Constant) -> Constant:
    """Two objects as one: objects under one key merge, of other values the second stands."""
    return _merged(mapping(left), mapping(right, 2))


@builtin("object.union_n")
def union_n(objects: Constant) -> Constant:
    """The objects of an array merged from the first to the last."""
    merged = Object({})
    for item in array(objects):
        if not isinstance(item, Object):
            refuse(1, f"array of objects but got array containing {type_name(item)}")
        merged = _merged(merged, item)
    return merged


def _merged(left: Object, right: Object) -> Object:
    found: dict[Constant, Constant] = dict(left)
    for key, item in right.items():
        other = found.get(key)
        both = isinstance(other, Object) and isinstance(item, Object)
        found[key] = _merged(other, item) if both else item  # type: ignore[arg-type]
    return Object(found)


@builtin("object.subset")
def subset(whole: Constant, part: Constant) -> Constant:
    """Whether an object, a set or an array is part of another, keys of objects recursively."""
    if isinstance(whole, tuple) and isinstance(part, frozenset):
        return truth(all(item in whole for item in ordered(part)))
    if type_name(whole) != type_name(part) or type_name(whole) not in _KEYS:
        raise BuiltinError(
            "both arguments object.subset must be of the same type or array and set",
            "eval_type_error",
        )
    return truth(_part(whole, part))


def _part(whole: Constant, part: Constant) -> bool:
    if isinstance(whole, Object) and isinstance(part, Object):
        return all(key in whole and _part(whole[key], item) for key, item in part.items())
    if isinstance(whole, frozenset) and isinstance(part, frozenset):
        return part <= whole
    if isinstance(whole, tuple) and isinstance(part, tuple):
        starts = range(len(whole) - len(part) + 1)
        return any(whole[start : start + len(part)] == part for start in starts)
    return whole == part
