"""Strings in base 64, in hexadecimal and in the queries of URLs."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import quote_plus, unquote_to_bytes

from rsp_policy.engine.builtins.operands import mapping, mistyped, refuse, string, strings
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import FALSE, Constant, Object, ordered, truth

_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]*")


def data(text: str) -> bytes:
    """A string in UTF-8."""
    return text.encode(errors="replace")


def text(found: bytes) -> str:
    """Bytes as a string, with a replacement character for each that is no UTF-8."""
    decoded = found.decode(errors="surrogateescape")
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in decoded)


@builtin("base64.encode")
def base64_encode(value: Constant) -> Constant:
    """A string in base 64."""
    return base64.b64encode(data(string(value))).decode()


@builtin("base64url.encode")
def base64url_encode(value: Constant) -> Constant:
    """A string in the base 64 of URLs."""
    return base64.urlsafe_b64encode(data(string(value))).decode()


@builtin("base64url.encode_no_pad")
def base64url_encode_unpadded(value: Constant) -> Constant:
    """A string in the base 64 of URLs, without padding."""
    return base64.urlsafe_b64encode(data(string(value))).decode().rstrip("=")


@builtin("base64.decode")
def base64_decode(value: Constant) -> Constant:
    """The string that stands in base 64."""
    return text(_base64(string(value)))


@builtin("base64.is_valid")
def base64_valid(value: Constant) -> Constant:
    """Whether a value is a string in base 64."""
    try:
        return truth(isinstance(value, str) and _base64(value) is not None)
    except BuiltinError:
        return FALSE


@builtin("base64url.decode")
def base64url_decode(value: Constant) -> Constant:
    """The string that stands in the base 64 of URLs, with or without padding."""
    found = string(value)
    if "+" in found or "/" in found:
        raise BuiltinError("illegal base64 data")
    padded = found if found.endswith("=") else found + "=" * (-len(found) % 4)
    return text(_base64(padded.replace("-", "+").replace("_", "/")))


def _base64(found: str) -> bytes:
    digits = found.replace("\r", "").replace("\n", "")
    try:
        # Python takes a padding that is too long.
        if len(digits) % 4 == 0 and not digits.endswith("==="):
            return base64.b64decode(digits, validate=True)
    except (binascii.Error, ValueError):
        pass
    raise BuiltinError("illegal base64 data")


@builtin("hex.encode")
def hex_encode(value: Constant) -> Constant:
    """A string in hexadecimal."""
    return data(string(value)).hex()


@builtin("hex.decode")
def hex_decode(value: Constant) -> Constant:
    """The string that stands in hexadecimal."""
    found = string(value)
    valid = len(_HEXADECIMAL.match(found)[0])  # type: ignore[index]
    if valid < len(found):
        raise BuiltinError(f"invalid byte: U+{ord(found[valid]):04X} '{found[valid]}'")
    if len(found) % 2:
        raise BuiltinError("odd length hex string")
    return text(bytes.fromhex(found))


@builtin("urlquery.encode")
def query_encode(value: Constant) -> Constant:
    """A string as it stands in the query of a URL."""
    return _escaped(string(value))


@builtin("urlquery.decode")
def query_decode(value: Constant) -> Constant:
    """The string that stands in the query of a URL."""
    return _unescaped(string(value))


@builtin("urlquery.encode_object")
def query_encode_object(value: Constant) -> Constant:
    """An object of strings, or of collections of strings, as the query of a URL."""
    pairs = mapping(value)
    found = []
    for key in ordered(pairs):
        if not isinstance(key, str):
            refuse(1, "object with string keys")
        found += [f"{_escaped(key)}={_escaped(item)}" for item in _listed(pairs[key])]
    return "&".join(found)


def _listed(value: Constant) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, tuple | frozenset):
        mistyped(value, 1, "string", "array", "set")
    return strings(value)


@builtin("urlquery.decode_object")
def query_decode_object(value: Constant) -> Constant:
    """The query of a URL as an object with an array of strings for each name."""
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, string(value).split("&")):
        if ";" in part:
            raise BuiltinError("invalid semicolon separator in query")
        name, _, item = part.partition("=")
        key = _unescaped(name)
        found[key] = (*found.get(key, ()), _unescaped(item))
    return Object(found.items())


def _escaped(found: str) -> str:
    return quote_plus(data(found), safe="")


def _unescaped(found: str) -> str:
    if wrong := _PERCENT.search(found):
        raise BuiltinError(f'invalid URL escape "{found[wrong.start() : wrong.start() + 3]}"')
    return text(unquote_to_bytes(data(found.replace("+", " "))))
