"""The verbs of Go's formatted printing, for whole numbers, floats and strings."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from rsp_policy.engine.builtins.registry import BuiltinError

from .notation import escaped, quoted

Operand: TypeAlias = "int | float | str"

_BASES = {"b": "b", "d": "d", "o": "o", "O": "o", "x": "x", "X": "X", "v": "d", "s": "d"}
_PREFIXES = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}
_BIG = 2**63


@dataclass(frozen=True)
class Directive:
    """One directive of a format: its flags, width, precision and verb."""

    verb: str
    flags: str = ""
    width: int = 0
    precision: int | None = None

    def has(self, flag: str) -> bool:
        """Whether a flag is set; a minus takes zeros back."""
        return flag in self.flags and not (flag == "0" and "-" in self.flags)

    def pad(self, text: str, zeros: bool = False) -> str:
        """A text at the width of the directive."""
        if "-" in self.flags:
            return text.ljust(self.width)
        if not (zeros and self.has("0")):
            return text.rjust(self.width)
        sign = text[:1] if text[:1] in "+- " else ""
        return sign + text[len(sign) :].rjust(self.width - len(sign), "0")


def go_type(value: Operand) -> str:
    """The name of the type that a value has in Go."""
    if isinstance(value, str):
        return "string"
    if isinstance(value, float):
        return "float64"
    return "int" if -_BIG <= value < _BIG else "*big.Int"


def formatted(directive: Directive, value: Operand) -> str:
    """A value as a directive prints it, or Go's note that the verb does not fit the value."""
    if directive.verb == "T":
        return directive.pad(go_type(value))
    # With %+v the plus asks for names of fields, which none of these values has.
    if directive.verb == "v":
        go_syntax = "#" in directive.flags and isinstance(value, str)
        plain = replace(directive, flags=directive.flags.replace("+", "").replace("#", ""))
        directive = replace(plain, verb="q") if go_syntax else plain
    text = _printed(directive, value)
    if text is None:
        name = go_type(value).removeprefix("*")
        return f"%!{directive.verb}({name}={_printed(replace(directive, verb='v'), value)})"
    return text


def _printed(directive: Directive, value: Operand) -> str | None:
    if isinstance(value, str):
        return _string(directive, value)
    return _float(directive, value) if isinstance(value, float) else _integer(directive, value)


def _string(directive: Directive, value: str) -> str | None:
    cut = value if directive.precision is None else value[: directive.precision]
    if directive.verb in ("s", "v"):
        return directive.pad(cut, zeros=True)
    if directive.verb == "q":
        if "#" in directive.flags and "`" not in cut and cut.replace("\t", " ").isprintable():
            return directive.pad(f"`{cut}`", zeros=True)
        return directive.pad(quoted(cut, "+" in directive.flags), zeros=True)
    if directive.verb in ("x", "X"):
        return directive.pad(_hexadecimal(directive, value), zeros=True)
    return None


def _hexadecimal(directive: Directive, value: str) -> str:
    data = value.encode(errors="surrogatepass")[: directive.precision]
    prefix = "0" + directive.verb if "#" in directive.flags else ""
    pairs = [format(byte, f"02{directive.verb}") for byte in data]
    if " " in directive.flags:
        return " ".join(prefix + pair for pair in pairs)
    return prefix + "".join(pairs) if pairs else ""


def _integer(directive: Directive, value: int) -> str | None:
    big = go_type(value) == "*big.Int"
    if directive.verb in ("c", "q", "U") and not big:
        return _character(directive, value)
    if directive.verb not in _BASES or (directive.verb == "s" and not big):
        return None
    if directive.precision == 0 and value == 0:
        return " " * directive.width
    digits = format(abs(value), _BASES[directive.verb]).rjust(directive.precision or 0, "0")
    prefix = "0o" if directive.verb == "O" else ""
    if "#" in directive.flags:
        prefix = _PREFIXES.get(directive.verb, prefix)
        prefix = "" if prefix == "0" and digits.startswith("0") else prefix
    sign = _sign(directive, value < 0)
    if directive.has("0") and directive.precision is None:
        # Go counts the sign as part of the width, but not the prefix of a base.
        digits = digits.rjust(directive.width - len(sign), "0")
    return directive.pad(sign + prefix + digits)


def _sign(directive: Directive, negative: bool) -> str:
    if negative:
        return "-"
    return "+" if "+" in directive.flags else " " if " " in directive.flags else ""


def _character(directive: Directive, value: int) -> str:
    known = chr(value) if 0 <= value < 0x110000 and not 0xD800 <= value < 0xE000 else "\ufffd"
    if directive.verb == "c":
        return directive.pad(known, zeros=True)
    if directive.verb == "q":
        inner = {"'": "\\'", '"': '"'}.get(known) or escaped(known, "+" in directive.flags)
        return directive.pad(f"'{inner}'", zeros=True)
    code = f"U+{value & (2**64 - 1):0{directive.precision or 4}X}"
    shown = "#" in directive.flags and known != "\ufffd" and known.isprintable()
    return directive.pad(f"{code} '{known}'" if shown else code)


def _float(directive: Directive, value: float) -> str | None:
    if not math.isfinite(value):
        raise BuiltinError("a number is too large")
    if directive.verb in "bxX":
        raise BuiltinError(f"%{directive.verb} of a float is not supported")
    if directive.verb not in "vgGeEfF":
        return None
    sign = _sign(directive, math.copysign(1, value) < 0)
    digits = _digits(directive, abs(value))
    return directive.pad(sign + digits, zeros=True)


def _digits(directive: Directive, value: float) -> str:
    verb = directive.verb.lower()
    if verb in "ef":
        precision = 6 if directive.precision is None else directive.precision
        text = format(value, f"{'#' if '#' in directive.flags else ''}.{precision}{verb}")
    elif directive.precision is None and "#" not in directive.flags:
        text = _shortest(value)
    else:
        precision = 6 if directive.precision is None else directive.precision
        text = format(value, f"{'#' if '#' in directive.flags else ''}.{precision}g")
    return text.upper() if directive.verb in "EG" else text


def _shortest(value: float) -> str:
    """The fewest digits that name a float, with an exponent below -4 and from 6 on."""
    _, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    power = len(digits) - 1 + int(exponent)
    if value and not -4 <= power < 6:
        text = "".join(map(str, digits))
        point = "." if len(text) > 1 else ""
        return f"{text[0]}{point}{text[1:]}e{'-' if power < 0 else '+'}{abs(power):02d}"
    return format(Decimal(repr(value)).normalize(), "f")
