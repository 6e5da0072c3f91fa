"""Values as JSON texts, and JSON texts as values."""

from __future__ import annotations

import json
from typing import NoReturn

from rsp_policy.engine.builtins.operands import fitting, mapping, mistyped, string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.builtins.strings.notation import quoted
from rsp_policy.engine.ir.constants import (
    FALSE,
    TRUE,
    Constant,
    Object,
    constant,
    dump,
    mended,
    plain,
    truth,
)

_LONGEST_NUMBER = 2000
_LONGEST_INDENT = 1000


@builtin("json.marshal")
def marshal(value: Constant) -> Constant:
    """A value as a compact JSON text."""
    return dump(value)


@builtin("json.marshal_with_options")
def marshal_with_options(value: Constant, options: Constant) -> Constant:
    """A value as a JSON text, with lines, an indent and a prefix for each line as asked for."""
    asked = mapping(options, 2)
    for key in asked:
        if key not in ("pretty", "indent", "prefix"):
            name = quoted(key) if isinstance(key, str) else str(key)
            raise BuiltinError(f"object contained unknown key {name}", "eval_type_error")
    pretty = asked.get("pretty", truth("indent" in asked or "prefix" in asked))
    if pretty not in (TRUE, FALSE):
        mistyped(pretty, 2, "boolean")
    if pretty is FALSE:
        return dump(value)
    return _lines(value, _margin(asked, "indent", "\t"), _margin(asked, "prefix", ""))


def _margin(options: Object, name: str, default: str) -> str:
    found = string(options.get(name, default), 2)
    if len(found) > _LONGEST_INDENT:
        raise BuiltinError(f"{name} has over {_LONGEST_INDENT} characters")
    return found


def _lines(value: Constant, indent: str, prefix: str) -> str:
    # A newline in a string is escaped, so every newline here ends a line of the layout.
    whole = json.dumps(plain(value), indent="\t", ensure_ascii=False, sort_keys=True)
    lines = mended(whole).split("\n")
    depths = [len(line) - len(line.lstrip("\t")) for line in lines]
    fitting(sum(map(len, lines)) + sum(depths) * len(indent) + len(lines) * len(prefix))
    margins = (prefix + indent * depth for depth in depths)
    found = (margin + line.lstrip("\t") for margin, line in zip(margins, lines, strict=True))
    return "\n".join(found)


@builtin("json.unmarshal")
def unmarshal(text: Constant) -> Constant:
    """The value of a JSON text."""
    return _read(string(text))


@builtin("json.is_valid")
def is_valid(value: Constant) -> Constant:
    """Whether a value is a JSON text."""
    try:
        return truth(isinstance(value, str) and (_read(value), True)[1])
    except BuiltinError:
        return FALSE


def _read(text: str) -> Constant:
    try:
        found = json.loads(text, parse_constant=_no, parse_float=_float, parse_int=_integer)
        return _without_surrogates(constant(found))
    except (ValueError, RecursionError) as error:
        raise BuiltinError(str(error)) from None


def _no(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        _no("a number this long")
    return int(text)


def _float(text: str) -> float:
    found = float(text)
    return found if abs(found) != float("inf") else _no("a number this large")


def _without_surrogates(value: Constant) -> Constant:
    """A value with replacement characters for halves of surrogate pairs, as Go decodes them."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, tuple):
        return tuple(map(_without_surrogates, value))
    if isinstance(value, Object):
        pairs = value.items()
        return Object((_without_surrogates(k), _without_surrogates(v)) for k, v in pairs)
    return value
