"""Equality, order and membership."""

from __future__ import annotations

from rsp_policy.engine.ir.constants import FALSE, Constant, Object, compare, truth

from .registry import builtin


@builtin("equal")
def equal(left: Constant, right: Constant) -> Constant:
    """Whether two values are one."""
    return truth(left == right)


@builtin("neq")
def neq(left: Constant, right: Constant) -> Constant:
    """Whether two values differ."""
    return truth(left != right)


@builtin("lt")
def lt(left: Constant, right: Constant) -> Constant:
    """Whether a value comes before another."""
    return truth(compare(left, right) < 0)


@builtin("lte")
def lte(left: Constant, right: Constant) -> Constant:
    """Whether a value does not come after another."""
    return truth(compare(left, right) <= 0)


@builtin("gt")
def gt(left: Constant, right: Constant) -> Constant:
    """Whether a value comes after another."""
    return truth(compare(left, right) > 0)


@builtin("gte")
def gte(left: Constant, right: Constant) -> Constant:
    """Whether a value does not come before another."""
    return truth(compare(left, right) >= 0)


@builtin("internal.member_2")
def member(value: Constant, collection: Constant) -> Constant:
    """Whether a collection holds a value; nothing is in what is no collection."""
    if isinstance(collection, Object):
        return truth(value in collection.values())
    if isinstance(collection, tuple | frozenset):
        return truth(value in collection)
    return FALSE


@builtin("internal.member_3")
def member_with_key(key: Constant, value: Constant, collection: Constant) -> Constant:
    """Whether an array or an object holds a value under a key."""
    if isinstance(collection, Object):
        return truth(key in collection and collection[key] == value)
    if isinstance(collection, tuple) and isinstance(key, int | float):
        return truth(any(i == key and item == value for i, item in enumerate(collection)))
    return FALSE
