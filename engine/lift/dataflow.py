"""What statements do to locals: which they read, which they write, and which must be kept."""

from __future__ import annotations

from collections.abc import Sequence

from .statements import (
    AddMember,
    Append,
    Assign,
    Block,
    Call,
    CallDynamic,
    Dot,
    Equal,
    Insert,
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


def kept(blocks: Sequence[Block]) -> frozenset[int]:
    """The locals for which some read is not dominated by every write that may reach it.

    A local whose every read stands behind a write in the same block or in a block around it, with
    no other write in between in a block further in, may be overwritten. All others keep what they
    held on the paths that a write is not on.
    """
    found: set[int] = set()
    depth: dict[int, list[tuple[int, ...]]] = {}

    def note(written: tuple[int, ...], path: tuple[int, ...]) -> None:
        for local in written:
            places = depth.setdefault(local, [])
            # a write in a block around or in the same block takes the place of those further in
            places[:] = [at for at in places if at[: len(path)] != path]
            places.append(path)

    def visit(block: Block, path: tuple[int, ...]) -> None:
        for statement in block.statements:
            for local in reads(statement):
                written = depth.get(local)
                if written and any(path[: len(at)] != at for at in written):
                    found.add(local)
            own = writes(statement)
            if not isinstance(statement, Scan):
                note(own, path)
            for index, part in enumerate(inner(statement)):
                deeper = (*path, id(statement), index)
                if isinstance(statement, Scan):
                    note(own, deeper)
                visit(part, deeper)

    for index, block in enumerate(blocks):
        visit(block, (index,))
    return frozenset(found)
