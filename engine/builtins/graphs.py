"""Graphs of nodes by their neighbours, and values walked as trees."""

from __future__ import annotations

from collections.abc import Iterator

from rsp_policy.engine.ir.constants import Constant, Object, elements, ordered

from .operands import MOST_ELEMENTS, listed, mapping
from .registry import BuiltinError, builtin


@builtin("graph.reachable")
def reachable(graph: Constant, initial: Constant) -> Constant:
    """The nodes of a graph that are reached from some of them."""
    edges = mapping(graph)
    waiting = list(listed(initial, 2))
    found: set[Constant] = set()
    while waiting:
        node = waiting.pop()
        if node in edges and node not in found:
            found.add(node)
            waiting.extend(elements(edges[node]))
    return frozenset(found)


@builtin("graph.reachable_paths")
def reachable_paths(graph: Constant, initial: Constant) -> Constant:
    """The paths through a graph from some of its nodes to where nothing new follows."""
    edges = mapping(graph)
    found: set[Constant] = set()
    for root in listed(initial, 2):
        if root in edges:
            for path in _paths(edges, (root,), frozenset({root})):
                found.add(path)
                _limit(found)
    return frozenset(found)


def _paths(
    edges: Object, path: tuple[Constant, ...], seen: frozenset[Constant]
) -> Iterator[tuple[Constant, ...]]:
    following = elements(edges[path[-1]])
    if not following:
        yield path
    for node in following:
        # A node counts as seen for the neighbours after it too: that is how OPA walks.
        if node in edges and node not in seen:
            seen |= {node}
            yield from _paths(edges, (*path, node), seen)
        else:
            yield path


@builtin("walk")
def walk(value: Constant) -> Constant:
    """Every value within a value as a pair of path and value, the whole first."""
    found: list[Constant] = []
    waiting: list[tuple[tuple[Constant, ...], Constant]] = [((), value)]
    while waiting:
        path, item = waiting.pop()
        found.append((path, item))
        _limit(found)
        waiting.extend((((*path, key), inner) for key, inner in reversed(_inside(item))))
    return tuple(found)


def _inside(value: Constant) -> list[tuple[Constant, Constant]]:
    if isinstance(value, Object):
        return [(key, value[key]) for key in ordered(value)]
    if isinstance(value, frozenset):
        return [(item, item) for item in ordered(value)]
    return list(enumerate(elements(value)))


def _limit(found: set[Constant] | list[Constant]) -> None:
    if len(found) > MOST_ELEMENTS:
        raise BuiltinError(f"a result has over {MOST_ELEMENTS} elements")
