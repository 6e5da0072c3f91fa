"""Values as Rego writes them, and strings put together from parts that may be undefined."""

from __future__ import annotations

from rsp_policy.engine.builtins.operands import array, fitting
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant, Object, Truth, elements, ordered

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


def quoted(text: str, ascii_only: bool = False) -> str:
    """A string in double quotes, with what does not print escaped as Go escapes it."""
    return '"' + "".join(escaped(character, ascii_only) for character in text) + '"'


def escaped(character: str, ascii_only: bool = False) -> str:
    """A character as it stands between double quotes."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() and (character.isascii() or not ascii_only):
        return character
    code = ord(character)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def written(value: Constant) -> str:
    """A value in Rego's notation."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Truth):
        return "true" if value.value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Object):
        return "{" + ", ".join(f"{written(k)}: {written(value[k])}" for k in ordered(value)) + "}"
    if value == frozenset():
        return "set()"
    listed = ", ".join(map(written, elements(value)))
    return f"[{listed}]" if isinstance(value, tuple) else f"{{{listed}}}"


@builtin("internal.template_string")
def template_string(parts: Constant) -> Constant:
    """The parts of an interpolated string as one; an expression is the set of its values."""
    found = [_part(part) for part in array(parts)]
    fitting(sum(map(len, found)))
    return "".join(found)


def _part(part: Constant) -> str:
    if isinstance(part, frozenset):
        if not part:
            return "<undefined>"
        if len(part) > 1:
            raise BuiltinError("template-strings must not produce multiple outputs")
        (part,) = part
    return part if isinstance(part, str) else written(part)
