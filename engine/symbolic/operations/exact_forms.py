"""The builtins that have an exact form for operands that are no constants, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rsp_policy.engine.bdd.path_conditions import ALWAYS, PathConditions
from rsp_policy.engine.ir.constants import truth, type_name
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.symbolic.affine import affine, divided, times
from rsp_policy.engine.symbolic.combinations import Operation, Result
from rsp_policy.engine.symbolic.equality import equal
from rsp_policy.engine.symbolic.guarded_unions import (
    AffineTerm,
    Alternative,
    Count,
    Deferred,
    FactArray,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    Unordered,
)
from rsp_policy.engine.symbolic.order import Wanted, compared

from .aggregation import count, extreme, total
from .object_operations import array_concat, object_get, object_keys, object_union
from .set_operations import boolean, combined, contained


def _ordering(wanted: Wanted) -> Operation:
    def ordering(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
        return boolean(compared(pcs, operands[0], operands[1], where, wanted))

    return ordering


def _equality(negated: bool) -> Operation:
    def equality(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
        same = equal(pcs, operands[0], operands[1], where)
        return boolean(same ^ 1 if negated else same)

    return equality


_subtract = combined(lambda pcs, left, right: pcs.both(left, right ^ 1))
_minus = affine(1, -1)


def _difference(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    """Rego's minus, of two sets or of two numbers."""
    found = _subtract(pcs, operands, where)
    return found if found is not None else _minus(pcs, operands, where)


def _is_type(name: str) -> Operation:
    def test(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
        found = _type_of(operands[0])
        return None if found is None else [(ALWAYS, truth(found == name))]

    return test


def _named_type(pcs: PathConditions, operands: Sequence[Alternative], where: Where) -> Result:
    found = _type_of(operands[0])
    return None if found is None else [(ALWAYS, found)]


def _type_of(alternative: Alternative) -> str | None:
    """The type of an alternative; `None` where it must not be asked for."""
    match alternative:
        case AffineTerm():
            return "string" if alternative.date else "number"
        case Count():
            return "number"
        case Deferred():
            return "string"
        case SymbolicSet():
            return "set"
        case SymbolicObject():
            return "object"
        case SymbolicArray() | FactArray():
            return "array"
        case Unordered():
            return None
        case _:
            return type_name(alternative)


OPERATIONS: Mapping[str, Operation] = {
    "lt": _ordering(lambda sign: sign < 0),
    "lte": _ordering(lambda sign: sign <= 0),
    "gt": _ordering(lambda sign: sign > 0),
    "gte": _ordering(lambda sign: sign >= 0),
    "equal": _equality(negated=False),
    "eq": _equality(negated=False),
    "neq": _equality(negated=True),
    "internal.member_2": contained,
    "count": count,
    "and": combined(lambda pcs, left, right: pcs.both(left, right)),
    "or": combined(lambda pcs, left, right: pcs.either(left, right)),
    "minus": _difference,
    "plus": affine(1, 1),
    "mul": times,
    "div": divided,
    "max": extreme(1),
    "min": extreme(-1),
    "sum": total,
    "object.get": object_get,
    "object.union": object_union,
    "object.keys": object_keys,
    "array.concat": array_concat,
    "is_number": _is_type("number"),
    "is_string": _is_type("string"),
    "is_boolean": _is_type("boolean"),
    "is_null": _is_type("null"),
    "is_set": _is_type("set"),
    "is_object": _is_type("object"),
    "is_array": _is_type("array"),
    "type_name": _named_type,
}
"""The forms by the builtin's name in plans."""
