"""Strings with characters replaced, trimmed or in another case."""

from __future__ import annotations

import re

from rsp_policy.engine.builtins.operands import fitting, mapping, string
from rsp_policy.engine.builtins.registry import BuiltinError, builtin
from rsp_policy.engine.ir.constants import Constant, ordered

_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


@builtin("replace")
def replace(text: Constant, old: Constant, new: Constant) -> Constant:
    """A string with every occurrence of a part replaced."""
    whole, part, instead = string(text), string(old, 2), string(new, 3)
    fitting(len(whole) + whole.count(part) * len(instead))
    return whole.replace(part, instead)


@builtin("strings.replace_n")
def replace_all(patterns: Constant, text: Constant) -> Constant:
    """A string with parts replaced in one pass; of parts at one place the first in order counts."""
    table, whole = _table(patterns), string(text, 2)
    if not table:
        return whole
    pattern = re.compile("|".join(map(re.escape, table)))
    fitting(len(whole) + sum(len(table[m[0]]) for m in pattern.finditer(whole)))
    return pattern.sub(lambda found: table[found[0]], whole)


def _table(patterns: Constant) -> dict[str, str]:
    pairs = mapping(patterns)
    table = {}
    for old in ordered(pairs):
        new = pairs[old]
        if not isinstance(old, str) or not isinstance(new, str):
            part = "value" if isinstance(old, str) else "key"
            message = f"operand 1 non-string {part} found in pattern object"
            raise BuiltinError(message, "eval_type_error")
        table[old] = new
    return table


@builtin("trim")
def trim(text: Constant, characters: Constant) -> Constant:
    """A string without certain characters at either end."""
    return string(text).strip(string(characters, 2))


@builtin("trim_left")
def trim_left(text: Constant, characters: Constant) -> Constant:
    """A string without certain characters at its start."""
    return string(text).lstrip(string(characters, 2))


@builtin("trim_right")
def trim_right(text: Constant, characters: Constant) -> Constant:
    """A string without certain characters at its end."""
    return string(text).rstrip(string(characters, 2))


@builtin("trim_prefix")
def trim_prefix(text: Constant, prefix: Constant) -> Constant:
    """A string without a prefix, if it has it."""
    return string(text).removeprefix(string(prefix, 2))


@builtin("trim_suffix")
def trim_suffix(text: Constant, suffix: Constant) -> Constant:
    """A string without a suffix, if it has it."""
    return string(text).removesuffix(string(suffix, 2))


@builtin("trim_space")
def trim_space(text: Constant) -> Constant:
    """A string without white space at either end."""
    # Python's own notion of space includes the separators U+001C to U+001F, Go's does not.
    return string(text).strip(_SPACE)


@builtin("lower")
def lower(text: Constant) -> Constant:
    """A string with each character in lower case."""
    # One by one, because Go maps a character to one character and takes no account of its place.
    return "".join(character.lower()[0] for character in string(text))


@builtin("upper")
def upper(text: Constant) -> Constant:
    """A string with each character in upper case."""
    return "".join(map(_upper, string(text)))


def _upper(character: str) -> str:
    for changed in (character.upper(), character.title()):
        if len(changed) == 1:
            return changed
    return character
