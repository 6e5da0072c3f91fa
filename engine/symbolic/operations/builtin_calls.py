"""What builtins give for symbolic operands: exactly, or not at all.

Where all operands are constants, or unfold into few, a builtin is applied to each combination.
Where they do not, those in `operations` have an exact form; all others are refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import product
from math import prod
from typing import TypeGuard

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.builtins import BUILTINS, UndefinedError
from rsp_policy.engine.errors import UnliftableError
from rsp_policy.engine.ir.constants import Constant
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.symbolic.combinations import by_cases, concrete
from rsp_policy.engine.symbolic.guarded_unions import (
    AffineTerm,
    Alternative,
    Count,
    Deferred,
    GuardedUnion,
    SymbolicArray,
    always,
    is_constant,
    merged,
    settled,
)
from rsp_policy.engine.symbolic.unfolding import MAX_ALTERNATIVES

from .exact_forms import OPERATIONS

_UNSETTLED = frozenset(
    {
        "http.send",
        "net.lookup_ip_addr",
        "opa.runtime",
        "rand.intn",
        "time.now_ns",
        "uuid.rfc4122",
    }
)
"""Builtins that look at the clock, the network, the machine or chance."""

_TEXTS = frozenset({"sprintf", "concat", "format_int", "json.marshal"})
"""Builtins that make a text, which can wait until it is printed."""


def call(
    pcs: PathConditions,
    name: str,
    arguments: Sequence[GuardedUnion],
    pc: PathCondition,
    where: Where,
    *,
    strict: bool = False,
) -> GuardedUnion:
    """The value of a builtin on a path.

    Raises:
        BuiltinError: If it fails for constants, and errors are strict.
        UnliftableError: If there is no such builtin here, or none for these operands.
    """
    _check_name(name, where)
    count = prod(map(len, arguments))
    if count > MAX_ALTERNATIVES:
        reason = f"its operands have over {MAX_ALTERNATIVES} combinations"
        raise UnliftableError(where, name, reason, "narrow what a fact can be, or split the rule")
    found: list[tuple[PathCondition, Alternative]] = []
    for combination in product(*arguments):
        held = pcs.all(own for own, _ in combination)
        if count > 1 and pcs.both(pc, held) == NEVER:
            continue
        operands = [settled(item) for _, item in combination]
        if strict and _all_constant(operands):
            with suppress(UndefinedError):
                BUILTINS[name](*operands)
        for own, result in _applied(pcs, name, operands, pcs.both(pc, held), where):
            found.append((pcs.both(held, own), result))
    return merged(pcs, found)


def _check_name(name: str, where: Where) -> None:
    if name in _UNSETTLED:
        reason = "facts do not settle what it gives"
        raise UnliftableError(where, name, reason, "state what it would give as a fact")
    if name not in BUILTINS:
        raise UnliftableError(where, name, "there is no such builtin", "write it as a rule")


def _applied(
    pcs: PathConditions,
    name: str,
    operands: Sequence[Alternative],
    path: PathCondition,
    where: Where,
) -> Iterable[tuple[PathCondition, Alternative]]:
    if _all_constant(operands):
        return concrete(name, operands)
    operation = OPERATIONS.get(name)
    if operation is not None:
        result = operation(pcs, operands, where)
        if result is not None:
            return result
    if name in _TEXTS and all(map(_is_quotable, operands)):
        return always(Deferred(name, tuple(map(_frozen, operands))))
    return by_cases(pcs, name, operands, where, path)


def _all_constant(operands: Sequence[Alternative]) -> TypeGuard[Sequence[Constant]]:
    return all(map(is_constant, operands))


def _is_quotable(item: Alternative) -> bool:
    """Whether an operand is a text or number, of which a text can be made when it is printed."""
    if isinstance(item, SymbolicArray):
        return all(
            len(value) == 1 and value[0][0] == ALWAYS and _is_quotable(value[0][1])
            for value in item.elements
        )
    return is_constant(item) or isinstance(item, AffineTerm | Count | Deferred)


def _frozen(item: Alternative) -> Alternative:
    """An operand of a deferred text in a form that compares by content."""
    if isinstance(item, SymbolicArray):
        return Deferred("array", tuple(_frozen(value[0][1]) for value in item.elements))
    return item
