"""The statements of plans: OPA's intermediate representation, typed.

The format is documented at openpolicyagent.org (`ir`). A function has locals, and statements in
blocks read and write them; an undefined statement ends the block that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .constants import Constant, Truth

INPUT, DATA = 0, 1
"""The locals that hold `input` and `data`, in every function."""


@dataclass(frozen=True, slots=True)
class Local:
    """A local variable as an operand."""

    index: int


Operand: TypeAlias = "Local | Fixed"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A string or a boolean as an operand."""

    value: str | Truth


@dataclass(frozen=True, slots=True)
class Where:
    """The place in the rules that a statement comes from; `row` counts from 1, 0 if unknown."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}" if self.row else self.file


@dataclass(frozen=True, slots=True)
class Statement:
    """One instruction; it lets the path that runs it go on, narrows it, or ends it."""

    where: Where


@dataclass(frozen=True, slots=True)
class IRBlock:
    """Statements in sequence; the first that is undefined ends the block."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Blocks(Statement):
    """Blocks one after the other; the end of one does not stop the next."""

    blocks: tuple[IRBlock, ...]


@dataclass(frozen=True, slots=True)
class Not(Statement):
    """Goes on where its block does not go through."""

    block: IRBlock


@dataclass(frozen=True, slots=True)
class Scan(Statement):
    """Runs its block for every element of a collection."""

    source: int
    key: int
    value: int
    block: IRBlock


@dataclass(frozen=True, slots=True)
class With(Statement):
    """Runs its block with a part of `input` or `data` replaced."""

    local: int
    path: tuple[str, ...]
    value: Operand
    block: IRBlock


@dataclass(frozen=True, slots=True)
class Call(Statement):
    """Calls a rule, a function of the rules, or a builtin."""

    function: str
    arguments: tuple[Operand, ...]
    target: int


@dataclass(frozen=True, slots=True)
class CallDynamic(Statement):
    """Calls the rule at a path whose parts are computed."""

    path: tuple[Operand, ...]
    arguments: tuple[Operand, ...]
    target: int


@dataclass(frozen=True, slots=True)
class Dot(Statement):
    """Reads a member of a collection."""

    source: Operand
    key: Operand
    target: int


@dataclass(frozen=True, slots=True)
class Assign(Statement):
    """Writes a local; with `once`, a second and different value is a conflict."""

    source: Operand
    target: int
    once: bool


@dataclass(frozen=True, slots=True)
class Equal(Statement):
    """Goes on where two operands are equal, or, with `negated`, where they differ."""

    left: Operand
    right: Operand
    negated: bool


@dataclass(frozen=True, slots=True)
class Test(Statement):
    """Goes on where a local is defined, undefined, an array, an object or a set."""

    source: Operand
    kind: str


@dataclass(frozen=True, slots=True)
class Make(Statement):
    """Writes a new constant, or a new empty `array`, `object` or `set`, into a local."""

    target: int
    kind: str
    value: Constant = None


@dataclass(frozen=True, slots=True)
class Length(Statement):
    """Writes the number of elements of a collection."""

    source: Operand
    target: int


@dataclass(frozen=True, slots=True)
class Append(Statement):
    """Appends to an array; with `literal`, to one that the same block makes."""

    array: int
    value: Operand
    literal: bool


@dataclass(frozen=True, slots=True)
class AddMember(Statement):
    """Adds to a set; with `literal`, to one that the same block makes."""

    set: int
    value: Operand
    literal: bool


@dataclass(frozen=True, slots=True)
class Insert(Statement):
    """Puts a value under a key of an object.

    Attributes:
        once: Whether another value under the key is a conflict.
        literal: Whether the same block makes the object.
    """

    key: Operand
    value: Operand
    object: int
    once: bool
    literal: bool


@dataclass(frozen=True, slots=True)
class Merge(Statement):
    """Merges two objects key by key; where only one of two values is an object, `left` stands."""

    left: int
    right: int
    target: int


@dataclass(frozen=True, slots=True)
class Reset(Statement):
    """Makes a local undefined."""

    target: int


@dataclass(frozen=True, slots=True)
class Return(Statement):
    """Ends a function with a value."""

    source: int


@dataclass(frozen=True, slots=True)
class Yield(Statement):
    """Adds to the results of an entry point."""

    value: int


def walk(blocks: Sequence[IRBlock]) -> Iterator[Statement]:
    """All statements of blocks, those in blocks further in too."""
    for block in blocks:
        for statement in block.statements:
            yield statement
            yield from walk(inner(statement))


def inner(statement: Statement) -> tuple[IRBlock, ...]:
    """The blocks that a statement holds."""
    if isinstance(statement, Blocks):
        return statement.blocks
    return (statement.block,) if isinstance(statement, Not | Scan | With) else ()
