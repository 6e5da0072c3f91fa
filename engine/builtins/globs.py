"""Globs with separators, which `*` does not cross and `**` does."""

from __future__ import annotations

import re
from functools import lru_cache

from rsp_policy.engine.ir.constants import Constant, truth

from .operands import mistyped, string, strings
from .registry import BuiltinError, builtin

_SPECIAL = re.compile(r"([*?\\\[\]{}])")
_TOKEN = re.compile(
    r"\\(?P<literal>.)|(?P<list>\[(?P<not>!?)(?P<members>[^\]]+)\])|(?P<star>\*+)|.", re.S
)
_LONGEST = 5_000


@builtin("glob.match")
def match(glob: Constant, separators: Constant, text: Constant) -> Constant:
    """Whether a string is as a glob says; the separator is a dot where none is listed."""
    between = _separators(separators)
    return truth(_compiled(string(glob), between).fullmatch(string(text, 3)) is not None)


def _separators(value: Constant) -> str:
    if value is None:
        return ""
    if not isinstance(value, tuple):
        mistyped(value, 2, "array", "null")
    found = strings(value, 2) or (".",)
    if any(len(separator) != 1 for separator in found):
        raise BuiltinError("each delimiter must be one character")
    return "".join(found)


@builtin("glob.quote_meta")
def quote_meta(text: Constant) -> Constant:
    """A glob that only the string itself matches."""
    return _SPECIAL.sub(r"\\\1", string(text))


@lru_cache(maxsize=512)
def _compiled(glob: str, separators: str) -> re.Pattern[str]:
    if len(glob) > _LONGEST:
        raise BuiltinError(f"a glob has over {_LONGEST} characters")
    single = f"[^{re.escape(separators)}]" if separators else "."
    parts, depth, position = [], 0, 0
    for token in _TOKEN.finditer(glob):
        if token.start() != position:
            break
        position, text = token.end(), token[0]
        if token["literal"] is not None:
            parts.append(re.escape(token["literal"]))
        elif token["list"]:
            parts.append(_list(token["members"], bool(token["not"])))
        elif token["star"]:
            parts.append(f"{single}*" if text == "*" else ".*")
        elif text in "{},":
            depth += {"{": 1, "}": -1}.get(text, 0)
            parts.append(_alternative(text, depth))
        elif text in "[]\\":
            raise BuiltinError("syntax error in glob")
        else:
            parts.append(single if text == "?" else re.escape(text))
        if depth < 0:
            break
    if depth:
        raise BuiltinError("syntax error in glob: braces do not pair")
    return re.compile("".join(parts), re.DOTALL)


def _alternative(text: str, depth: int) -> str:
    if text == ",":
        return "|" if depth else ","
    return "(?:" if text == "{" else ")"


def _list(members: str, negated: bool) -> str:
    start = "[^" if negated else "["
    if len(members) == 3 and members[1] == "-":
        if members[0] > members[2]:
            raise BuiltinError("syntax error in glob: a range runs backwards")
        return f"{start}{re.escape(members[0])}-{re.escape(members[2])}]"
    return start + "".join(map(re.escape, members)) + "]"
