"""Amounts with a unit, such as 10Ki, 1.5e3M or 500m."""

from __future__ import annotations

import re
from fractions import Fraction

from rsp_policy.engine.ir.constants import Constant

from .arithmetic import rounded
from .operands import string
from .registry import BuiltinError, builtin

_AMOUNT = re.compile(r"([-+]?[0-9.]*(?:[eE][-+]?[0-9]+)?)(.*)", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,3})?")
_DECIMAL = {letter: Fraction(1000) ** power for power, letter in enumerate("kmgtpe", 1)}
_BINARY = {f"{letter}i": Fraction(1024) ** power for power, letter in enumerate("kmgtpe", 1)}
_UNITS = {"": Fraction(1), **_DECIMAL, **_BINARY}


@builtin("units.parse")
def parse(amount: Constant) -> Constant:
    """The number that an amount with a decimal, binary or milli unit comes to."""
    number, unit = _parts(string(amount), "amount")
    # The letter m alone tells capitals: a milli from a mega.
    factor = Fraction(1, 1000) if unit == "m" else _UNITS.get(unit.lower())
    return rounded(number * _known(factor, unit), whole=True)


@builtin("units.parse_bytes")
def parse_bytes(amount: Constant) -> Constant:
    """The whole number of bytes that an amount with a decimal or binary unit comes to."""
    number, unit = _parts(string(amount), "byte amount")
    name = unit.lower()
    factor = _UNITS.get(name.removesuffix("b") if name != "b" else name)
    return rounded(Fraction(int(number * _known(factor, unit))), whole=True)


def _known(factor: Fraction | None, unit: str) -> Fraction:
    if factor is None:
        raise BuiltinError(f"unit {unit[:50]} not recognized")
    return factor


def _parts(text: str, what: str) -> tuple[Fraction, str]:
    found = text.replace('"', "")
    if " " in found:
        raise BuiltinError("spaces not allowed in resource strings")
    match = _AMOUNT.fullmatch(found)
    number, unit = match.groups() if match else ("", "")
    if not number:
        raise BuiltinError(f"no {what} provided")
    if not _NUMBER.fullmatch(number):
        raise BuiltinError(f"could not parse {what} to a number")
    return Fraction(number), unit
