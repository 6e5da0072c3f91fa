"""A plan as text, one statement a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .constants import dump
from .statements import (
    DATA,
    INPUT,
    AddMember,
    Append,
    Assign,
    Call,
    CallDynamic,
    Dot,
    Equal,
    Fixed,
    Insert,
    IRBlock,
    Length,
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


def statement_text(statement: Statement) -> str:
    """A statement with its operands; `input` and `data` by name, other locals by number.

    >>> from rsp_policy.engine.ir.statements import Local, Where
    >>> statement_text(Dot(Where("a.rego", 1), Local(0), Fixed("tested"), 6))
    'Dot     L6 = input["tested"]'
    """
    return f"{type(statement).__name__:<7} {_operation(statement)}".rstrip()


def plan_lines(blocks: Sequence[IRBlock], indent: str = "") -> Iterator[str]:
    """The statements of blocks, one a line; a dash stands where a block begins."""
    for block in blocks:
        for number, statement in enumerate(block.statements):
            yield f"{indent}{' ' if number else '-'} {statement_text(statement)}"
            yield from plan_lines(inner(statement), f"{indent}  ")


def _operation(statement: Statement) -> str:
    match statement:
        case Scan():
            return (
                f"{_local(statement.key)}, {_local(statement.value)} in {_local(statement.source)}"
            )
        case With():
            replaced = "".join(f"[{dump(part)}]" for part in statement.path)
            return f"{_local(statement.local)}{replaced} as {_operand(statement.value)}"
        case Call():
            name = statement.function.removeprefix("g0.data.")
            return f"{_local(statement.target)} = {name}({_operands(statement.arguments)})"
        case CallDynamic():
            path = "".join(f"[{_operand(part)}]" for part in statement.path[1:])
            return f"{_local(statement.target)} = data{path}({_operands(statement.arguments)})"
        case Dot():
            read = f"{_operand(statement.source)}[{_operand(statement.key)}]"
            return f"{_local(statement.target)} = {read}"
        case Assign():
            once = ", once" if statement.once else ""
            return f"{_local(statement.target)} = {_operand(statement.source)}{once}"
        case Equal():
            sign = "!=" if statement.negated else "=="
            return f"{_operand(statement.left)} {sign} {_operand(statement.right)}"
        case Test():
            return f"{_operand(statement.source)} is {statement.kind}"
        case _:
            return _making(statement)


def _making(statement: Statement) -> str:
    match statement:
        case Make():
            constant = statement.kind == "constant"
            made = dump(statement.value) if constant else f"empty {statement.kind}"
            return f"{_local(statement.target)} = {made}"
        case Length():
            return f"{_local(statement.target)} = length of {_operand(statement.source)}"
        case Append():
            return f"{_local(statement.array)} gets {_operand(statement.value)}"
        case AddMember():
            return f"{_local(statement.set)} gets {_operand(statement.value)}"
        case Insert():
            once = ", once" if statement.once else ""
            key, value = _operand(statement.key), _operand(statement.value)
            return f"{_local(statement.object)}[{key}] = {value}{once}"
        case Merge():
            both = f"{_local(statement.left)} merged with {_local(statement.right)}"
            return f"{_local(statement.target)} = {both}"
        case Reset():
            return f"{_local(statement.target)} = undefined"
        case Return():
            return _local(statement.source)
        case Yield():
            return _local(statement.value)
        case _:
            return ""


def _local(index: int) -> str:
    return {INPUT: "input", DATA: "data"}.get(index, f"L{index}")


def _operand(operand: Operand) -> str:
    return dump(operand.value) if isinstance(operand, Fixed) else _local(operand.index)


def _operands(operands: Sequence[Operand]) -> str:
    return ", ".join(map(_operand, operands))
