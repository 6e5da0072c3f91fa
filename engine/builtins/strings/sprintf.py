"""Formatted printing as Go's: a format cut into directives, each printing an argument.

Mistakes in a format are noted in the text, such as `%!d(MISSING)`, and are no errors.
"""

from __future__ import annotations

import re

from rsp_policy.engine.builtins.operands import array, fitting, string
from rsp_policy.engine.builtins.registry import builtin
from rsp_policy.engine.ir.constants import Constant

from .notation import written
from .verbs import Directive, Operand, formatted, go_type

_DIRECTIVE = re.compile(
    r"%(?P<flags>[-+# 0]*)"
    r"(?P<width>(?:\[[^\]]*\]?)?\*|[0-9]*)"
    r"(?P<point>\.(?P<precision>(?:\[[^\]]*\]?)?\*|[0-9]*))?"
    r"(?P<index>\[[^\]]*\]?)?"
    r"(?P<verb>.)?",
    re.DOTALL,
)
_INDEX = re.compile(r"\[([0-9]{1,7})\]")
_MOST = 1_000_000


@builtin("sprintf")
def sprintf(text: Constant, arguments: Constant) -> Constant:
    """A format with its directives replaced by the arguments, as Go prints them."""
    template = string(text)
    printer = _Printer([_operand(item) for item in array(arguments, 2)])
    position = 0
    for match in _DIRECTIVE.finditer(template):
        printer.add(template[position : match.start()])
        printer.directive(match)
        position = match.end()
    printer.add(template[position:])
    printer.extra()
    return "".join(printer.parts)


def _operand(value: Constant) -> Operand:
    return value if isinstance(value, str | int | float) else written(value)


class _Printer:
    """What has been printed so far, and which argument comes next."""

    def __init__(self, arguments: list[Operand]) -> None:
        self.arguments = arguments
        self.parts: list[str] = []
        self.next = 0
        self.reordered = False
        self._length = 0
        self._known = True

    def add(self, text: str) -> None:
        """Prints a text as it is."""
        self._length = fitting(self._length + len(text))
        self.parts.append(text)

    def directive(self, match: re.Match[str]) -> None:
        """Prints the next argument as a directive asks."""
        flags, self._known = match["flags"], True
        width = self._measure(match["width"], "WIDTH")
        precision = self._measure(match["precision"], "PREC") if match["point"] else None
        if match["point"] and match["precision"] == "":
            precision = 0
        if match["index"]:
            self._jump(match["index"])
        verb = match["verb"]
        if verb is None or _too_large(match):
            self.add("%!(NOVERB)")
        elif verb == "%":
            self.add("%")
        elif not self._known:
            self.add(f"%!{verb}(BADINDEX)")
        elif self.next >= len(self.arguments):
            self.add(f"%!{verb}(MISSING)")
        else:
            if width is not None and width < 0:
                flags, width = flags + "-", -width
            directive = Directive(verb, flags, width or 0, precision)
            self.add(formatted(directive, self.arguments[self.next]))
            self.next += 1

    def extra(self) -> None:
        """Notes the arguments that no directive printed."""
        left = self.arguments[self.next :]
        if left and not self.reordered:
            named = (f"{go_type(item)}={formatted(Directive('v'), item)}" for item in left)
            self.add(f"%!(EXTRA {', '.join(named)})")

    def _measure(self, text: str, name: str) -> int | None:
        """A width or precision, which may stand in an argument."""
        if not text.endswith("*"):
            return int(text) if text and len(text) <= len(str(_MOST)) else None
        if text != "*":
            self._jump(text[:-1])
        found = self.arguments[self.next] if self.next < len(self.arguments) else None
        self.next += self.next < len(self.arguments)
        fits = isinstance(found, int) and abs(found) <= _MOST
        if not isinstance(found, int) or not fits or (name == "PREC" and found < 0):
            self.add(f"%!(BAD{name})")
            return None
        return found

    def _jump(self, index: str) -> None:
        """Makes the argument with an index, counted from one, the next."""
        self.reordered = True
        found = _INDEX.fullmatch(index)
        if found and 1 <= int(found[1]) <= len(self.arguments):
            self.next = int(found[1]) - 1
        else:
            self._known = False


def _too_large(match: re.Match[str]) -> bool:
    sizes = (match["width"], match["precision"] or "")
    return any(size.isdigit() and (len(size) > 7 or int(size) > _MOST) for size in sizes)
