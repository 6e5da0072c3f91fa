"""JSON Patch (RFC 6902), with sets in which a member is its own key.

The library `jsonpatch` knows neither sets nor paths that are arrays, and refuses paths with no or
two slashes at the start, which OPA takes.
"""

from __future__ import annotations

import re

from rsp_policy.engine.builtins.operands import array
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant, Object

from .objects import at, has
from .paths import segments

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")

_Path = tuple[Constant, ...]


@builtin("json.patch")
def patch(document: Constant, operations: Constant) -> Constant:
    """A document with operations done to it, one after the other."""
    for operation in array(operations, 2):
        if not isinstance(operation, Object):
            raise BuiltinError("patch must be an array of objects", "eval_type_error")
        document = _done(document, operation)
    return document


def _done(document: Constant, operation: Object) -> Constant:
    kind, path = _member(operation, "op"), _path(operation, "path")
    if kind == "add":
        return _with(document, path, _member(operation, "value"))
    if kind == "remove":
        return _without(document, path)
    if kind == "replace":
        _at(document, path)
        return _replaced(document, path, _member(operation, "value"))
    if kind == "move":
        source = _path(operation, "from")
        return _with(_without(document, source), path, _at(document, source))
    if kind == "copy":
        return _with(document, path, _at(document, _path(operation, "from")))
    if kind == "test":
        if _at(document, path) != _member(operation, "value"):
            raise BuiltinError("value from patch does not match")
        return document
    raise BuiltinError("must be one of add, remove, replace, move, copy, test")


def _member(operation: Object, name: str) -> Constant:
    if name not in operation:
        raise BuiltinError(f"missing '{name}' attribute")
    return operation[name]


def _path(operation: Object, name: str) -> _Path:
    found = segments(_member(operation, name))
    if found is None:
        raise BuiltinError(f"invalid '{name}' attribute")
    return found


def _key(value: Constant, key: Constant) -> Constant:
    """A key of a path as a key of a value: an index is written as a string."""
    if isinstance(value, tuple) and isinstance(key, str):
        if not _INDEX.fullmatch(key):
            raise BuiltinError(f"invalid array index {key!r}")
        return int(key)
    return key


def _inner(value: Constant, key: Constant) -> tuple[Constant, Constant]:
    found = _key(value, key)
    if not has(value, found):
        raise BuiltinError(f"path {key!r} does not exist")
    return found, at(value, found)


def _at(value: Constant, path: _Path) -> Constant:
    for key in path:
        _, value = _inner(value, key)
    return value


def _with(value: Constant, path: _Path, new: Constant) -> Constant:
    if not path:
        return new
    if len(path) > 1:
        key, inner = _inner(value, path[0])
        return _put(value, key, _with(inner, path[1:], new))
    if isinstance(value, tuple):
        index = len(value) if path[0] == "-" else _key(value, path[0])
        if not isinstance(index, int) or not 0 <= index <= len(value):
            raise BuiltinError("array index out of bounds")
        return (*value[:index], new, *value[index:])
    if isinstance(value, frozenset):
        if path[0] != new:
            raise BuiltinError("set key does not equal value to be added")
        return value | {new}
    if not isinstance(value, Object):
        raise BuiltinError("path does not exist")
    return Object({**value, path[0]: new})


def _replaced(value: Constant, path: _Path, new: Constant) -> Constant:
    if not path:
        return new
    key, inner = _inner(value, path[0])
    if len(path) == 1 and isinstance(value, frozenset) and key != new:
        raise BuiltinError("set key does not equal value to be added")
    return _put(value, key, _replaced(inner, path[1:], new))


def _without(value: Constant, path: _Path) -> Constant:
    if not path:
        return None
    key, inner = _inner(value, path[0])
    if len(path) > 1:
        return _put(value, key, _without(inner, path[1:]))
    if isinstance(value, tuple) and isinstance(key, int | float):
        return value[: int(key)] + value[int(key) + 1 :]
    if isinstance(value, Object):
        return Object({other: item for other, item in value.items() if other != key})
    return value - {key} if isinstance(value, frozenset) else value


def _put(value: Constant, key: Constant, new: Constant) -> Constant:
    """A value with something else under a key that it has."""
    if isinstance(value, tuple) and isinstance(key, int | float):
        return (*value[: int(key)], new, *value[int(key) + 1 :])
    if isinstance(value, Object):
        return Object({**value, key: new})
    return (value - {key}) | {new} if isinstance(value, frozenset) else value
