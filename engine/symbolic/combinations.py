"""Operations case by case: every combination of what operands can be, or a refusal with its reason.

Where operands unfold into few constants, an operation is exact if it is applied to each
combination. Where they do not, the user is told why, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, product
from math import prod
from typing import TypeAlias

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.builtins import BUILTINS, BuiltinError
from rsp_policy.engine.errors import UnliftableError
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.statements import Where

from .guarded_unions import (
    UNDEFINED,
    AffineTerm,
    Alternative,
    Deferred,
    FactArray,
    GuardedUnion,
    Member,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
    always,
    is_constant,
)
from .unfolding import MAX_ALTERNATIVES, TooManyError, unfolded

Result: TypeAlias = Iterable[tuple[PathCondition, Alternative]] | None
"""What an operation gives, each part under its path condition; `None` where it has no form."""

Operation: TypeAlias = Callable[[PathConditions, Sequence[Alternative], Where], Result]
"""A builtin's exact form for operands of which some are no constants."""

DATES = "a date of a fact can be compared with dates written as YYYY-MM-DD, and nothing else"


def concrete(name: str, operands: Iterable[Constant]) -> GuardedUnion:
    """What a builtin gives for constants; undefined where it fails."""
    try:
        return always(BUILTINS[name](*operands))
    except BuiltinError:
        return UNDEFINED


def by_cases(
    pcs: PathConditions,
    name: str,
    operands: Sequence[Alternative],
    where: Where,
    path: PathCondition = ALWAYS,
) -> list[tuple[PathCondition, Alternative]]:
    """A builtin applied to every combination of what its operands can be.

    Raises:
        UnliftableError: If there are too many, or no end of them.
    """
    return [
        (held, result)
        for held, items in combinations(pcs, name, operands, where, path)
        for _, result in concrete(name, items)
    ]


def combinations(
    pcs: PathConditions,
    construct: str,
    operands: Sequence[Alternative],
    where: Where,
    path: PathCondition = ALWAYS,
) -> Iterator[tuple[PathCondition, list[Constant]]]:
    """Every combination of the constants that operands can be on a path, with its path condition.

    Raises:
        UnliftableError: If there are too many, or no end of them.
    """
    try:
        combined = [_constants(pcs, operand, path) for operand in operands]
        if prod(map(len, combined)) > MAX_ALTERNATIVES:
            raise TooManyError
    except TooManyError:
        raise UnliftableError(where, construct, *_why(operands)) from None
    for combination in product(*combined):
        held = pcs.all(own for own, _ in combination)
        if pcs.both(path, held) != NEVER:
            yield held, [item for _, item in combination]


def _constants(
    pcs: PathConditions, operand: Alternative, path: PathCondition
) -> list[tuple[PathCondition, Constant]]:
    found = []
    for pc, item in unfolded(pcs, operand, path):
        if isinstance(item, Deferred):
            raise TooManyError
        found.append((pc, item))
    return found


def members(
    pcs: PathConditions, item: Alternative, where: Where
) -> list[tuple[PathCondition, Member]]:
    """A value as members of a set: constants with their path conditions.

    Raises:
        UnliftableError: If there are too many, or no end of them.
    """
    if is_constant(item) or isinstance(item, Deferred):
        return [(ALWAYS, item)]
    try:
        return unfolded(pcs, item)
    except TooManyError:
        raise refusal(item, "member of a set", where) from None


def keys(
    pcs: PathConditions, item: Alternative, where: Where
) -> list[tuple[PathCondition, Constant]]:
    """A value as keys of an object.

    Raises:
        UnliftableError: If there are too many, or one of them is a text that quotes a fact.
    """
    found = []
    for pc, key in members(pcs, item, where):
        if isinstance(key, Deferred):
            raise refusal(key, "key of an object", where)
        found.append((pc, key))
    return found


def refusal(operand: Alternative, construct: str, where: Where) -> UnliftableError:
    """The error for an operand that a construct does not take."""
    return UnliftableError(where, construct, *_why([operand]))


def _why(operands: Sequence[Alternative]) -> tuple[str, str]:
    """Why an operation has no exact form for operands, and what to write instead."""
    for operand in chain.from_iterable(map(_parts, operands)):
        match operand:
            case AffineTerm(date=True):
                return DATES, "compare dates with < <= > >= or =="
            case AffineTerm():
                return (
                    "a number of a fact meets something that is not a constant",
                    "compare it with constants, or make the fact an integer with narrow bounds",
                )
            case FactArray() | Unordered():
                return (
                    "the members of a fact have no order and no fixed number",
                    "use `in`, `some`, `every`, `count`, or a set comprehension",
                )
            case Deferred():
                return "its operand is a text that quotes a fact", "compare the facts themselves"
    return (
        f"its operands can be more than {MAX_ALTERNATIVES} values",
        "use set operations, `count`, `in` or `every`, or split the rule",
    )


def _parts(operand: Alternative) -> Iterator[Alternative]:
    """An operand, and all that it holds."""
    yield operand
    inner: list[GuardedUnion] = []
    if isinstance(operand, SymbolicArray):
        inner = operand.elements
    elif isinstance(operand, SymbolicObject):
        inner = list(operand.pairs.values())
    elif isinstance(operand, SymbolicSet):
        yield from operand.members
    for value in inner:
        for _, item in value:
            yield from _parts(item)
