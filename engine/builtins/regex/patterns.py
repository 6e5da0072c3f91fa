r"""Regular expressions of RE2 as Python's.

Both find the same where both take a construct, so a pattern is read by RE2's rules and each piece
is written so that Python can read it in one way only: sets as ranges, `$` as the end of the text,
flags around the pieces that they bear on. What RE2 refuses, such as references back and looking
ahead, is an error, and so is what has no counterpart here: scripts such as `\p{Greek}`.
"""

from __future__ import annotations

import re

from rsp_policy.engine.builtins.registry import BuiltinError
from rsp_policy.engine.builtins.strings.notation import quoted

from .characters import PERL, POSIX, Ranges, category, complement

_MOST_REPEATS = 1000
_GROUP = re.compile(r"\?(?:P?<(?P<name>\w+)>|(?P<flags>[imsU]*(?:-[imsU]+)?)(?P<end>[:)]))", re.A)
_REPEAT = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_CONTROLS = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}
_ASSERTIONS = {"A": r"\A", "z": r"\Z", "b": r"(?a:\b)", "B": r"(?a:\B)"}
_OCTAL = re.compile(r"0[0-7]{0,2}|[1-7][0-7]{1,2}")
_HEXADECIMAL = re.compile(r"x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})")
_PROPERTY = re.compile(r"([pP])(?:\{(\^?)(\w+)\}|(\w))", re.A)
_POSIX = re.compile(r"\[:(\^?)([a-z]+):\]")


def translated(text: str) -> tuple[str, dict[str, int]]:
    """A pattern in Python's notation, and its groups by their names.

    Raises:
        BuiltinError: If it is none, or uses what has no counterpart here.
    """
    translation = _Translation(text)
    return translation.whole(), translation.names


class _Translation:
    """A pattern that is read from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.flags = frozenset[str]()
        self.groups = 0
        self.names: dict[str, int] = {}

    def whole(self) -> str:
        """The pattern in Python's notation."""
        found = self._alternatives()
        if self.at < len(self.text):
            raise self._error("unexpected )")
        return found

    def _error(self, message: str) -> BuiltinError:
        return BuiltinError(f"error parsing regexp: {message}: {quoted(self.text[:200])}")

    def _take(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        found = expression.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def _next(self) -> str:
        if self.at == len(self.text):
            raise self._error("missing closing ] or trailing backslash")
        self.at += 1
        return self.text[self.at - 1]

    def _alternatives(self) -> str:
        """Everything up to the end or the parenthesis that closes the group."""
        parts = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "|":
                self.at += 1
                parts.append("|")
            elif self.text.startswith("\\Q", self.at):
                parts.append(self._verbatim())
            else:
                parts.append(self._repeated(self._atom()))
        return "".join(parts)

    def _verbatim(self) -> str:
        end = self.text.find("\\E", self.at)
        found = self.text[self.at + 2 : end if end >= 0 else None]
        self.at = end + 2 if end >= 0 else len(self.text)
        letters = [self._set(((ord(letter), ord(letter)),)) for letter in found]
        return self._repeated("".join(letters[-1:]), "".join(letters[:-1])) if letters else ""

    def _repeated(self, atom: str, before: str = "") -> str:
        """An atom with the operator that repeats it, if one follows."""
        operator = self._operator()
        if not operator:
            return before + atom
        if not atom:
            raise self._error("missing argument to repetition operator")
        lazy = self.text.startswith("?", self.at)
        self.at += lazy
        if self._operator():
            raise self._error("invalid nested repetition operator")
        # In a group, since Python does not repeat bare assertions.
        return f"{before}(?:{atom}){operator}{'?' if lazy != ('U' in self.flags) else ''}"

    def _operator(self) -> str:
        if self.text[self.at : self.at + 1] in ("*", "+", "?"):
            return self._next()
        found = self._take(_REPEAT)
        if not found:
            return ""
        low = int(found[1][:5])
        high = int(found[3][:5]) if found[3] else low
        if high < low or high > _MOST_REPEATS:
            raise self._error("invalid repeat count")
        return found[0]

    def _atom(self) -> str:
        character = self._next()
        match character:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case ".":
                return "(?s:.)" if "s" in self.flags else r"[^\n]"
            case "^":
                return "(?m:^)" if "m" in self.flags else r"\A"
            case "$":
                return "(?m:$)" if "m" in self.flags else r"\Z"
            case "*" | "+" | "?":
                raise self._error("missing argument to repetition operator")
        return self._set(((ord(character), ord(character)),))

    def _group(self) -> str:
        outside, opening = self.flags, "(?:"
        if not self.text.startswith("?", self.at):
            self.groups += 1
            opening = "("
        else:
            found = self._take(_GROUP)
            if not found or (found["flags"] == "" and found["end"] == ")"):
                raise self._error("invalid or unsupported Perl syntax")
            if found["name"]:
                opening = self._named(found["name"])
            else:
                on, _, off = found["flags"].partition("-")
                self.flags = (self.flags | set(on)) - set(off)
                if found["end"] == ")":
                    return ""
        body = self._alternatives()
        if self.at == len(self.text):
            raise self._error("missing closing )")
        self.at, self.flags = self.at + 1, outside
        return f"{opening}{body})"

    def _named(self, name: str) -> str:
        if name in self.names:
            raise self._error("duplicate capture group name")
        self.groups += 1
        self.names[name] = self.groups
        return "("

    def _escape(self) -> str:
        if self.text[self.at : self.at + 1] in tuple(_ASSERTIONS):
            return _ASSERTIONS[self._next()]
        found = self._named_set()
        if found is None:
            code = self._code()
            found = ((code, code),)
        return self._set(found)

    def _named_set(self) -> Ranges | None:
        """The set that what follows a backslash names, if it names one."""
        letter = self.text[self.at : self.at + 1]
        if letter and letter.lower() in PERL:
            self.at += 1
            return complement(PERL[letter.lower()]) if letter.isupper() else PERL[letter]
        if letter not in ("p", "P"):
            return None
        found = self._take(_PROPERTY)
        ranges = category(found[3] or found[4]) if found else None
        if not found or ranges is None:
            raise self._error("unsupported character class")
        return complement(ranges) if (found[1] == "P") != bool(found[2]) else ranges

    def _code(self) -> int:
        """The character that what follows a backslash names."""
        if found := self._take(_OCTAL):
            return int(found[0], 8)
        if found := self._take(_HEXADECIMAL):
            code = int(found[1] or found[2], 16)
            if code > 0x10FFFF:
                raise self._error("invalid escape sequence")
            return code
        character = self._next()
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character.isalnum() or not character.isascii():
            raise self._error("invalid escape sequence")
        return ord(character)

    def _class(self) -> str:
        negated = self.text.startswith("^", self.at)
        self.at += negated
        ranges: list[tuple[int, int]] = []
        first = True
        while first or not self.text.startswith("]", self.at):
            ranges += self._member()
            first = False
        self.at += 1
        return self._set(tuple(ranges), negated)

    def _member(self) -> Ranges:
        if self.text.startswith("[:", self.at) and (found := self._take(_POSIX)):
            if found[2] not in POSIX:
                raise self._error("invalid character class range")
            return complement(POSIX[found[2]]) if found[1] else POSIX[found[2]]
        if self.text.startswith("\\", self.at):
            self.at += 1
            if (named := self._named_set()) is not None:
                return named
            self.at -= 1
        low = high = self._bound()
        if self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
            self.at += 1
            high = self._bound()
        if high < low:
            raise self._error("invalid character class range")
        return ((low, high),)

    def _bound(self) -> int:
        character = self._next()
        return self._code() if character == "\\" else ord(character)

    def _set(self, ranges: Ranges, negated: bool = False) -> str:
        found = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)
        text = f"[{'^' if negated else ''}{found}]"
        if len(ranges) == 1 and ranges[0][0] == ranges[0][1] and not negated:
            text = re.escape(chr(ranges[0][0]))
        return f"(?i:{text})" if "i" in self.flags else text
