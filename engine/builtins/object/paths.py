"""Documents cut down to paths, or with paths cut out of them."""

from __future__ import annotations

from typing import TypeAlias

from rsp_policy.engine.builtins.operands import listed, mapping, refuse
from rsp_policy.engine.builtins.registry import builtin
from rsp_policy.engine.ir.constants import Constant, Object, ordered, type_name

_Tree: TypeAlias = "dict[Constant, _Tree | None]"


def segments(path: Constant) -> tuple[Constant, ...] | None:
    """The keys of a path, which is an array of them or a JSON pointer; None for anything else."""
    if isinstance(path, str):
        parts = path.lstrip("/").split("/") if path else []
        return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
    return path if isinstance(path, tuple) else None


@builtin("json.filter")
def keep(document: Constant, paths: Constant) -> Constant:
    """What an object has at some paths, and nothing else."""
    whole, tree = mapping(document), _tree(paths)
    return _kept(whole, tree) if tree else Object({})


def _kept(value: Constant, tree: _Tree | None) -> Constant:
    if tree is None:
        return value
    if isinstance(value, Object):
        return Object({key: _kept(value[key], tree[key]) for key in value if key in tree})
    if isinstance(value, frozenset):
        return frozenset(_kept(item, tree[item]) for item in value if item in tree)
    if isinstance(value, tuple):
        found = ((str(index), item) for index, item in enumerate(value))
        return tuple(_kept(item, tree[index]) for index, item in found if index in tree)
    return value


@builtin("json.remove")
def remove(document: Constant, paths: Constant) -> Constant:
    """An object without what it has at some paths."""
    whole, tree = mapping(document), _tree(paths)
    return _left(whole, tree)


def _left(value: Constant, tree: _Tree) -> Constant:
    if isinstance(value, Object):
        pairs = ((key, _rest(item, key, tree)) for key, item in value.items())
        return Object({key: item for key, rest in pairs for item in rest})
    if isinstance(value, frozenset):
        return frozenset(rest for item in value for rest in _rest(item, item, tree))
    if isinstance(value, tuple):
        found = enumerate(value)
        return tuple(rest for index, item in found for rest in _rest(item, str(index), tree))
    return value


def _rest(item: Constant, key: Constant, tree: _Tree) -> tuple[Constant, ...]:
    if key not in tree:
        return (item,)
    inner = tree[key]
    return () if inner is None else (_left(item, inner),)


def _tree(paths: Constant) -> _Tree:
    """Paths as nested dictionaries that end in None; of two the shorter one counts."""
    tree: _Tree = {}
    for path in ordered(listed(paths, 2)):
        found = segments(path)
        if found is None:
            wanted = "one of {set, array} containing string paths or array of path segments"
            refuse(2, f"{wanted} but got {type_name(path)}")
        if found:
            _plant(tree, found)
    return tree


def _plant(tree: _Tree, path: tuple[Constant, ...]) -> None:
    for key in path[:-1]:
        inner = tree.setdefault(key, {})
        if inner is None:
            return
        tree = inner
    tree[path[-1]] = None
