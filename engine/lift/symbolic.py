"""What operations give for symbolic operands: exactly, or not at all.

Where all operands are constants, or unfold into few, a builtin is applied to each combination. Where
they are not, the operations that have an exact symbolic form are given here; everything else is
refused with the reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain, product

from ..errors import UnliftableError
from .builtins import BUILTINS, BuiltinError, UndefinedError
from .builtins.arithmetic import exact, plus, rounded
from .guards import ALWAYS, NEVER, Guard, Guards
from .statements import Where
from .symbols import (
    MAX_ALTERNATIVES,
    MAX_COUNTED,
    UNDEFINED,
    Alternative,
    Count,
    Deferred,
    FactArray,
    Line,
    Member,
    Symbolic,
    SymbolicArray,
    SymbolicObject,
    SymbolicSet,
    TooManyError,
    Unordered,
    always,
    at_least,
    defined,
    elements_of,
    entries_of,
    is_constant,
    members_of,
    merged,
    settled,
    unfolded,
)
from .values import FALSE, TRUE, Constant, Object, compare, constant, ordered, truth, type_name

_DATE = "a date of a fact can be compared with dates written as YYYY-MM-DD, and nothing else"


def call(
    guards: Guards,
    name: str,
    arguments: list[Symbolic],
    guard: Guard,
    where: Where,
    *,
    strict: bool = False,
) -> Symbolic:
    """The value of a builtin on a path.

    Raises:
        BuiltinError: If it fails for constants, and errors are strict.
        UnliftableError: If there is no such builtin here, or none for these operands.
    """
    if name in _UNSETTLED:
        reason = "facts do not settle what it gives"
        raise UnliftableError(where, name, reason, "state what it would give as a fact")
    if name not in BUILTINS:
        raise UnliftableError(where, name, "there is no such builtin", "write it as a rule")
    count = 1
    for value in arguments:
        count *= len(value)
    if count > MAX_ALTERNATIVES:
        reason = f"its operands have over {MAX_ALTERNATIVES} combinations"
        raise UnliftableError(where, name, reason, "narrow what a fact can be, or split the rule")
    found: list[tuple[Guard, Alternative]] = []
    for combination in product(*arguments):
        held = guards.all(own for own, _ in combination)
        if count > 1 and guards.both(guard, held) == NEVER:
            continue
        operands = [settled(item) for _, item in combination]
        if strict and all(map(is_constant, operands)):
            with suppress(UndefinedError):
                BUILTINS[name](*operands)
        for own, result in _apply(guards, name, operands, guards.both(guard, held), where):
            found.append((guards.both(held, own), result))
    return found if not found else merged(guards, found)  # type: ignore[return-value]


def _apply(
    guards: Guards, name: str, operands: list[Alternative], path: Guard, where: Where
) -> Iterable[tuple[Guard, Alternative]]:
    if all(map(is_constant, operands)):
        return _concrete(name, operands)  # type: ignore[arg-type]
    special = _SPECIAL.get(name)
    if special is not None:
        result = special(guards, operands, where)
        if result is not None:
            return result
    if name in _TEXTS and _quotable(operands):
        return always(Deferred(name, tuple(map(_frozen, operands))))
    return _by_cases(guards, name, operands, where, path)


def _concrete(name: str, operands: list[Constant]) -> Symbolic:
    try:
        return always(BUILTINS[name](*operands))
    except BuiltinError:
        return UNDEFINED


def _by_cases(
    guards: Guards,
    name: str,
    operands: list[Alternative],
    where: Where,
    path: Guard = ALWAYS,
    function: Callable[..., Constant] | None = None,
) -> list[tuple[Guard, Alternative]]:
    """A builtin, or a function, applied to every combination of what its operands can be."""
    try:
        cases = [unfolded(guards, operand, path) for operand in operands]
    except TooManyError:
        raise UnliftableError(where, name, *_why(operands)) from None
    size = 1
    for case in cases:
        size *= len(case)
    if size > MAX_ALTERNATIVES or any(isinstance(item, Deferred) for case in cases for _, item in case):
        raise UnliftableError(where, name, *_why(operands))
    found: list[tuple[Guard, Alternative]] = []
    for combination in product(*cases):
        held = guards.all(own for own, _ in combination)
        if guards.both(path, held) != NEVER:
            items = [item for _, item in combination]
            results = always(function(*items)) if function else _concrete(name, items)  # type: ignore[arg-type]
            found += [(held, item) for _, item in results]
    return found


def _why(operands: list[Alternative]) -> tuple[str, str]:
    """Why a builtin has no exact form for operands, and what to write instead."""
    for operand in chain.from_iterable(map(_parts, operands)):
        match operand:
            case Line(date=True):
                return _DATE, "compare dates with < <= > >= or =="
            case Line():
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
    inner: list[Symbolic] = []
    if isinstance(operand, SymbolicArray):
        inner = operand.elements
    elif isinstance(operand, SymbolicObject):
        inner = list(operand.entries.values())
    elif isinstance(operand, SymbolicSet):
        yield from operand.members
    for value in inner:
        for _, item in value:
            yield from _parts(item)


def refuse(operand: Alternative, construct: str, where: Where) -> UnliftableError:
    """The error for an operand that a construct does not take."""
    return UnliftableError(where, construct, *_why([operand]))


def members(guards: Guards, item: Alternative, where: Where) -> list[tuple[Guard, Member]]:
    """A value as members of a set: constants with their guards."""
    if is_constant(item) or isinstance(item, Deferred):
        return [(ALWAYS, item)]  # type: ignore[list-item]
    try:
        return unfolded(guards, item)
    except TooManyError:
        raise refuse(item, "member of a set", where) from None


def keys(guards: Guards, item: Alternative, where: Where) -> list[tuple[Guard, Constant]]:
    """A value as keys of an object."""
    found = []
    for guard, key in members(guards, item, where):
        if isinstance(key, Deferred):
            raise refuse(key, "key of an object", where)
        found.append((guard, key))
    return found


def equal(guards: Guards, left: Alternative, right: Alternative, where: Where) -> Guard:
    """The guard under which two alternatives are equal."""
    if left is right and not isinstance(left, Unordered):
        return ALWAYS
    if is_constant(left) and is_constant(right):
        return ALWAYS if left == right else NEVER
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Line):
            return _line_equal(guards, one, other, where)
        if isinstance(one, Count):
            return _compared(guards, one, other, where, lambda sign: sign == 0)
        if isinstance(one, Deferred):
            if one == other:
                return ALWAYS
            if is_constant(other) and not isinstance(other, str):
                return NEVER
            raise refuse(one, "==", where)
        if isinstance(one, FactArray | Unordered):
            if is_constant(other) and not isinstance(other, tuple):
                return NEVER
            raise refuse(one, "==", where)
    return _same_shape(guards, left, right, where)


def _same_shape(guards: Guards, left: Alternative, right: Alternative, where: Where) -> Guard:
    if isinstance(left, frozenset | SymbolicSet) and isinstance(right, frozenset | SymbolicSet):
        a = {item: own for item, own in members_of(left)}
        b = {item: own for item, own in members_of(right)}
        return guards.all(_iff(guards, a.get(key, NEVER), b.get(key, NEVER)) for key in {**a, **b})
    if isinstance(left, Object | SymbolicObject) and isinstance(right, Object | SymbolicObject):
        one, other = dict(entries_of(left)), dict(entries_of(right))
        return guards.all(
            _equal_values(guards, one.get(key, UNDEFINED), other.get(key, UNDEFINED), where)
            for key in {**one, **other}
        )
    if isinstance(left, tuple | SymbolicArray) and isinstance(right, tuple | SymbolicArray):
        first, second = list(elements_of(left)), list(elements_of(right))
        if len(first) != len(second):
            return NEVER
        pairs = zip(first, second, strict=True)
        return guards.all(_equal_values(guards, a, b, where) for a, b in pairs)
    return NEVER


def _equal_values(guards: Guards, left: Symbolic, right: Symbolic, where: Where) -> Guard:
    missing = guards.both(defined(guards, left) ^ 1, defined(guards, right) ^ 1)
    found = [missing]
    for a_guard, a in left:
        for b_guard, b in right:
            held = guards.both(a_guard, b_guard)
            if held != NEVER:
                found.append(guards.both(held, equal(guards, a, b, where)))
    return guards.any(found)


def _iff(guards: Guards, left: Guard, right: Guard) -> Guard:
    if left == right:
        return ALWAYS
    return guards.either(guards.both(left, right), guards.both(left ^ 1, right ^ 1))


def _line_equal(guards: Guards, line: Line, other: Alternative, where: Where) -> Guard:
    if isinstance(other, Line) and other == line:
        return ALWAYS
    if not is_constant(other):
        cases = _by_cases(guards, "comparison", [line, other], where, function=compare)
        return guards.any(own for own, sign in cases if sign == 0)
    if isinstance(other, str) != line.date or not isinstance(other, str | int | float):
        return NEVER
    at_most = _line_order(guards, line, other, where, included=True)
    under = _line_order(guards, line, other, where, included=False)
    return guards.both(at_most, under ^ 1)


def _line_order(
    guards: Guards, line: Line, other: Alternative, where: Where, *, included: bool
) -> Guard:
    """The guard under which a number of a fact is less than a constant, or at most it."""
    if line.date:
        if not isinstance(other, str):
            raise UnliftableError(where, "comparison", _DATE)
        try:
            bound: float = datetime.date.fromisoformat(other).toordinal()
        except ValueError:
            raise UnliftableError(where, "comparison", f"`{other}` is no date; {_DATE}") from None
        return guards.below(line.variable, bound, included=included)
    if isinstance(other, bool) or not isinstance(other, int | float):
        raise refuse(line, "comparison", where)
    if line.factor == 0:
        return ALWAYS if line.offset < other or (included and line.offset == other) else NEVER
    bound = float((exact(other) - exact(line.offset)) / exact(line.factor))
    if line.factor > 0:
        return guards.below(line.variable, bound, included=included)
    return guards.below(line.variable, bound, included=not included) ^ 1


def _compared(
    guards: Guards, left: Alternative, right: Alternative, where: Where, wanted: Callable[[int], bool]
) -> Guard:
    """The guard under which the order of two alternatives (-1, 0, 1) is a wanted one."""
    if isinstance(right, Line) and not isinstance(left, Line):
        return _compared(guards, right, left, where, lambda sign: wanted(-sign))
    if isinstance(left, Line) and is_constant(right):
        if isinstance(right, str) != line_is_text(left) or not isinstance(right, str | int | float):
            sign = compare("" if left.date else 0, right)  # type: ignore[arg-type]
            return ALWAYS if wanted(sign) else NEVER
        under = _line_order(guards, left, right, where, included=False)
        over = _line_order(guards, left, right, where, included=True) ^ 1
        return _signed(guards, under, over, wanted)
    if isinstance(left, Count) and is_constant(right) and isinstance(right, int | float):
        if len(left.guards) > MAX_COUNTED:
            raise refuse(left, "count", where)
        floor = int(right // 1)
        over = at_least(guards, left.guards, floor + 1)
        under = at_least(guards, left.guards, floor if floor == right else floor + 1) ^ 1
        return _signed(guards, under, over, wanted)
    cases = _by_cases(guards, "comparison", [left, right], where, function=compare)
    return guards.any(own for own, sign in cases if wanted(sign))  # type: ignore[arg-type]


def line_is_text(line: Line) -> bool:
    """Whether rules see a fact's line as text, as they see dates."""
    return line.date


def _signed(guards: Guards, under: Guard, over: Guard, wanted: Callable[[int], bool]) -> Guard:
    found = []
    if wanted(-1):
        found.append(under)
    if wanted(1):
        found.append(over)
    if wanted(0):
        found.append(guards.both(under ^ 1, over ^ 1))
    return guards.any(found)


def deep_union(guards: Guards, left: Symbolic, right: Symbolic) -> Symbolic:
    """Two objects merged key by key, recursively; `right` stands where not both are objects."""
    found: list[tuple[Guard, Alternative]] = []
    for a_guard, a in left:
        for b_guard, b in right:
            held = guards.both(a_guard, b_guard)
            if held != NEVER:
                found.append((held, _union(guards, a, b)))
    return merged(guards, found)


def _union(guards: Guards, left: Alternative, right: Alternative) -> Alternative:
    if not (isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS)):
        return right
    entries = dict(entries_of(left))
    for key, value in entries_of(right):
        before = entries.get(key, UNDEFINED)
        both = deep_union(guards, before, value)
        there = defined(guards, value)
        missing = defined(guards, before) ^ 1
        entries[key] = merged(
            guards,
            [
                *both,
                *((guards.both(missing, own), item) for own, item in value),
                *((guards.both(there ^ 1, own), item) for own, item in before),
            ],
        )
    return settled(SymbolicObject(entries))


_OBJECTS = (Object, SymbolicObject)
_SETS = (frozenset, SymbolicSet)

_Operands = list[Alternative]
_Result = "Iterable[tuple[Guard, Alternative]] | None"


def _boolean(guard: Guard) -> list[tuple[Guard, Alternative]]:
    return [(guard, TRUE), (guard ^ 1, FALSE)]


def _ordering(wanted: Callable[[int], bool]) -> Callable[..., list[tuple[Guard, Alternative]]]:
    def compared(guards: Guards, operands: _Operands, where: Where) -> list[tuple[Guard, Alternative]]:
        return _boolean(_compared(guards, operands[0], operands[1], where, wanted))

    return compared


def _equality(negated: bool) -> Callable[..., list[tuple[Guard, Alternative]]]:
    def compared(guards: Guards, operands: _Operands, where: Where) -> list[tuple[Guard, Alternative]]:
        same = equal(guards, operands[0], operands[1], where)
        return _boolean(same ^ 1 if negated else same)

    return compared


def _in(guards: Guards, operands: _Operands, where: Where) -> list[tuple[Guard, Alternative]]:
    item, source = operands
    if isinstance(source, FactArray):
        pairs: list[tuple[Guard, Alternative]] = [(own, name) for name, own in source.members]
    elif isinstance(source, _SETS):
        if is_constant(item) and isinstance(source, SymbolicSet):
            return _boolean(source.members.get(item, NEVER))  # type: ignore[arg-type]
        pairs = [(own, name) for name, own in members_of(source)]
    elif isinstance(source, _OBJECTS):
        pairs = [pair for _, value in entries_of(source) for pair in value]
    else:
        pairs = [pair for value in elements_of(source) for pair in value]
    found = [guards.both(own, equal(guards, item, name, where)) for own, name in pairs]
    return _boolean(guards.any(found))


def _count(guards: Guards, operands: _Operands, where: Where) -> _Result:  # type: ignore[valid-type]
    source = operands[0]
    match source:
        case SymbolicSet():
            if sum(isinstance(item, Deferred) for item in source.members) > 1:
                raise refuse(Deferred("", ()), "count", where)
            counted = source.members.values()
        case FactArray():
            counted = [own for _, own in source.members]  # type: ignore[assignment]
        case SymbolicObject():
            counted = [defined(guards, value) for value in source.entries.values()]  # type: ignore[assignment]
        case SymbolicArray():
            return always(len(source.elements))
        case _:
            return None
    return always(Count(tuple(counted)))


def _set_operation(
    keep: Callable[[Guards, Guard, Guard], Guard],
) -> Callable[..., Iterable[tuple[Guard, Alternative]] | None]:
    def operate(
        guards: Guards, operands: _Operands, where: Where
    ) -> Iterable[tuple[Guard, Alternative]] | None:
        left, right = operands
        if not (isinstance(left, _SETS) and isinstance(right, _SETS)):
            return None
        a, b = dict(_flipped(left)), dict(_flipped(right))
        result = {
            item: keep(guards, a.get(item, NEVER), b.get(item, NEVER)) for item in {**a, **b}
        }
        return always(settled(SymbolicSet({i: own for i, own in result.items() if own != NEVER})))

    return operate


def _flipped(alternative: Alternative) -> Iterable[tuple[Member, Guard]]:
    return members_of(alternative)


def _difference(
    guards: Guards, operands: _Operands, where: Where
) -> Iterable[tuple[Guard, Alternative]] | None:
    found = _SUBTRACT(guards, operands, where)
    return found if found is not None else _affine(1, -1)(guards, operands, where)


_SUBTRACT = _set_operation(lambda guards, left, right: guards.both(left, right ^ 1))


def _affine(first: int, second: int) -> Callable[..., list[tuple[Guard, Alternative]] | None]:
    """A sum or a difference of a number of a fact and a constant."""

    def add(
        guards: Guards, operands: _Operands, where: Where
    ) -> list[tuple[Guard, Alternative]] | None:
        left, right = operands
        if isinstance(left, Line) and not left.date and _is_number(right):
            return _line(left, first, second * exact(right))  # type: ignore[arg-type]
        if isinstance(right, Line) and not right.date and _is_number(left):
            return _line(right, second, first * exact(left))  # type: ignore[arg-type]
        return None

    return add


def _times(
    guards: Guards, operands: _Operands, where: Where
) -> list[tuple[Guard, Alternative]] | None:
    for line, factor in (operands, operands[::-1]):
        if isinstance(line, Line) and not line.date and _is_number(factor):
            return _line(line, exact(factor), 0)  # type: ignore[arg-type]
    return None


def _divided(
    guards: Guards, operands: _Operands, where: Where
) -> list[tuple[Guard, Alternative]] | None:
    line, by = operands
    if isinstance(line, Line) and not line.date and _is_number(by) and by != 0:
        return _line(line, 1 / exact(by), 0)  # type: ignore[arg-type]
    return None


def _line(
    line: Line, times: Fraction | int, shift: Fraction | int
) -> list[tuple[Guard, Alternative]] | None:
    """A line times a factor, plus an offset, if numbers as they are written hold the result."""
    factor, offset = exact(line.factor) * times, exact(line.offset) * times + shift
    made = Line(line.variable, rounded(factor), rounded(offset))
    same = exact(made.factor) == factor and exact(made.offset) == offset
    return [(ALWAYS, made)] if same else None


def _is_number(value: Alternative) -> bool:
    return isinstance(value, int | float)


def _extreme(sign: int) -> Callable[..., list[tuple[Guard, Alternative]] | None]:
    """The greatest or least member of a set whose members are constants."""

    def extreme(
        guards: Guards, operands: _Operands, where: Where
    ) -> list[tuple[Guard, Alternative]] | None:
        pairs = _weighed(operands[0])
        if pairs is None:
            return None
        ranked = ordered(item for item, _ in pairs)
        owned = dict(pairs)
        found, none_better = [], ALWAYS
        for item in ranked if sign < 0 else ranked[::-1]:
            found.append((guards.both(owned[item], none_better), item))
            none_better = guards.both(none_better, owned[item] ^ 1)
        return found  # type: ignore[return-value]

    return extreme


def _weighed(source: Alternative) -> list[tuple[Constant, Guard]] | None:
    """The members of a set or fact, if all of them are constants."""
    if isinstance(source, FactArray):
        return list(source.members)
    if not isinstance(source, SymbolicSet):
        return None
    if any(isinstance(item, Deferred) for item in source.members):
        return None
    return list(source.members.items())  # type: ignore[arg-type]


def _sum(
    guards: Guards, operands: _Operands, where: Where
) -> list[tuple[Guard, Alternative]] | None:
    """A sum over a set of constants, by the sums that its first members can have."""
    pairs = _weighed(operands[0])
    if pairs is None or not all(_is_number(item) for item, _ in pairs):
        return None
    sums: dict[Constant, Guard] = {0: ALWAYS}
    owned = dict(pairs)
    for item in ordered(owned):
        own = owned[item]
        longer: dict[Constant, Guard] = {}
        for total, held in sums.items():
            for value, guard in ((total, own ^ 1), (plus(total, item), own)):
                reached = guards.both(held, guard)
                if reached != NEVER:
                    longer[value] = guards.either(longer.get(value, NEVER), reached)
        sums = longer
        if len(sums) > MAX_ALTERNATIVES:
            raise refuse(operands[0], "sum", where)
    return [(own, total) for total, own in sums.items()]


def _object_get(
    guards: Guards, operands: _Operands, where: Where
) -> Iterable[tuple[Guard, Alternative]] | None:
    source, path, default = operands
    if not isinstance(source, _OBJECTS) or not is_constant(path):
        return None
    from .interpreter import member

    found: Symbolic = always(source)
    for key in path if isinstance(path, tuple) else (path,):
        found = merged(
            guards,
            [
                (guards.both(own, held), item)
                for own, place in found
                for held, item in member(guards, place, key, where)  # type: ignore[arg-type]
            ],
        )
    return [*found, (defined(guards, found) ^ 1, default)]


def _object_union(
    guards: Guards, operands: _Operands, where: Where
) -> Iterable[tuple[Guard, Alternative]] | None:
    left, right = operands
    if not (isinstance(left, _OBJECTS) and isinstance(right, _OBJECTS)):
        return None
    return always(_union(guards, left, right))


def _object_keys(
    guards: Guards, operands: _Operands, where: Where
) -> Iterable[tuple[Guard, Alternative]] | None:
    if not isinstance(operands[0], SymbolicObject):
        return None
    entries = operands[0].entries.items()
    return always(settled(SymbolicSet({key: defined(guards, value) for key, value in entries})))


def _array_concat(
    guards: Guards, operands: _Operands, where: Where
) -> Iterable[tuple[Guard, Alternative]] | None:
    if not all(isinstance(item, tuple | SymbolicArray) for item in operands):
        return None
    return always(SymbolicArray([value for item in operands for value in elements_of(item)]))


def _typed(alternative: Alternative) -> str | None:
    """The type of an alternative that is no constant."""
    match alternative:
        case Line():
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


def _is_type(name: str) -> Callable[..., list[tuple[Guard, Alternative]] | None]:
    def test(
        guards: Guards, operands: _Operands, where: Where
    ) -> list[tuple[Guard, Alternative]] | None:
        found = _typed(operands[0])
        return None if found is None else [(ALWAYS, truth(found == name))]

    return test


def _type_name(
    guards: Guards, operands: _Operands, where: Where
) -> list[tuple[Guard, Alternative]] | None:
    found = _typed(operands[0])
    return None if found is None else [(ALWAYS, found)]


def _quotable(operands: list[Alternative]) -> bool:
    """Whether operands are texts and numbers, of which a text can be made when it is printed."""
    return all(_is_quotable(item) for item in operands)


def _is_quotable(item: Alternative) -> bool:
    if isinstance(item, SymbolicArray):
        return all(len(v) == 1 and v[0][0] == ALWAYS and _is_quotable(v[0][1]) for v in item.elements)
    return is_constant(item) or isinstance(item, Line | Count | Deferred)


def _frozen(item: Alternative) -> Alternative:
    """An operand of a deferred text in a form that compares by content."""
    if isinstance(item, SymbolicArray):
        return Deferred("array", tuple(_frozen(value[0][1]) for value in item.elements))
    return item


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

_SPECIAL: dict[str, Callable[..., Iterable[tuple[Guard, Alternative]] | None]] = {
    "lt": _ordering(lambda sign: sign < 0),
    "lte": _ordering(lambda sign: sign <= 0),
    "gt": _ordering(lambda sign: sign > 0),
    "gte": _ordering(lambda sign: sign >= 0),
    "equal": _equality(negated=False),
    "eq": _equality(negated=False),
    "neq": _equality(negated=True),
    "internal.member_2": _in,
    "count": _count,
    "and": _set_operation(lambda guards, left, right: guards.both(left, right)),
    "or": _set_operation(lambda guards, left, right: guards.either(left, right)),
    "minus": _difference,
    "plus": _affine(1, 1),
    "mul": _times,
    "div": _divided,
    "max": _extreme(1),
    "min": _extreme(-1),
    "sum": _sum,
    "object.get": _object_get,
    "object.union": _object_union,
    "object.keys": _object_keys,
    "array.concat": _array_concat,
    "is_number": _is_type("number"),
    "is_string": _is_type("string"),
    "is_boolean": _is_type("boolean"),
    "is_null": _is_type("null"),
    "is_set": _is_type("set"),
    "is_object": _is_type("object"),
    "is_array": _is_type("array"),
    "type_name": _type_name,
}

__all__ = ["call", "constant", "deep_union", "equal", "keys", "members", "refuse"]
