"""What statements do to locals: which they read, which they write, and which must be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .statements import (
    AddMember,
    Append,
    Assign,
    Call,
    CallDynamic,
    Dot,
    Equal,
    Insert,
    IRBlock,
    Length,
    Local,
    Make,
    Merge,
    Operand,
    Reset,
    Return,
    Scan,
    Statement,
    Test,
    With,
    Yield,
    inner,
)


def writes(statement: Statement) -> tuple[int, ...]:
    """The locals that a statement writes itself, not in its blocks."""
    match statement:
        case Scan():
            return statement.key, statement.value
        case Call() | CallDynamic() | Dot() | Assign() | Make() | Length() | Merge() | Reset():
            return (statement.target,)
    return ()


def reads(statement: Statement) -> tuple[int, ...]:
    """The locals that a statement reads itself, not in its blocks."""
    match statement:
        case Scan() | Return():
            return (statement.source,)
        case With():
            return _locals(statement.value)
        case Call():
            return _locals(*statement.arguments)
        case CallDynamic():
            return _locals(*statement.path, *statement.arguments)
        case Dot():
            return _locals(statement.source, statement.key)
        case Assign() | Test() | Length():
            return _locals(statement.source)
        case Equal():
            return _locals(statement.left, statement.right)
        case Append():
            return (statement.array, *_locals(statement.value))
        case AddMember():
            return (statement.set, *_locals(statement.value))
        case Insert():
            return (statement.object, *_locals(statement.key, statement.value))
        case Merge():
            return statement.left, statement.right
        case Yield():
            return (statement.value,)
    return ()


def _locals(*operands: Operand) -> tuple[int, ...]:
    return tuple(operand.index for operand in operands if isinstance(operand, Local))


def kept(blocks: Sequence[IRBlock]) -> frozenset[int]:
    """The locals for which some read may see what different paths have written.

    A local whose every read stands behind one write, in the same block or in a block around it, may
    be overwritten. All others keep what they held on the paths that a write is not on. These are
    reaching definitions (Aho, Lam, Sethi, Ullman, Compilers, section 9.2.4), by block: a block may
    end early, so behind it both what it wrote and what was there before may stand.
    """
    return _Reaching().of(blocks)


_Path: TypeAlias = tuple[object, ...]
_Writes: TypeAlias = dict[int, frozenset[_Path]]


class _Reaching:
    """Finds the locals of which a read is reached by a write that does not dominate it."""

    def __init__(self) -> None:
        self._found: set[int] = set()

    def of(self, blocks: Sequence[IRBlock]) -> frozenset[int]:
        reaching: _Writes = {}
        for index, block in enumerate(blocks):
            reaching = _either(reaching, self._block(block, (index,), reaching))
        return frozenset(self._found)

    def _block(self, block: IRBlock, path: _Path, before: _Writes) -> _Writes:
        """What the block may leave behind, from what may stand before it."""
        reaching = dict(before)
        for number, statement in enumerate(block.statements):
            for local in reads(statement):
                written = reaching.get(local, frozenset())
                if any(path[: len(at)] != at for at in written):
                    self._found.add(local)
            own = writes(statement)
            if isinstance(statement, Scan):
                deeper = (*path, number, 0)
                reaching = _either(reaching, self._scan(statement, own, deeper, reaching))
                continue
            for index, part in enumerate(inner(statement)):
                left = self._block(part, (*path, number, index), reaching)
                reaching = _either(reaching, left)
            reaching.update((local, frozenset({path})) for local in own)
        return reaching

    def _scan(self, statement: Scan, own: Sequence[int], path: _Path, before: _Writes) -> _Writes:
        """The same for the body of a scan, into which it may carry what it wrote the last time."""

        def once(reaching: _Writes) -> _Writes:
            started = {**reaching, **{local: frozenset({path}) for local in own}}
            return self._block(statement.block, path, started)

        left = once(before)
        again = {
            local: frozenset((*at, "again") if at[: len(path)] == path else at for at in written)
            for local, written in left.items()
        }
        return _either(left, once(_either(before, again)))


def _either(left: _Writes, right: _Writes) -> _Writes:
    """What may stand after one of two ways."""
    return {
        local: left.get(local, frozenset()) | right.get(local, frozenset())
        for local in left.keys() | right.keys()
    }
