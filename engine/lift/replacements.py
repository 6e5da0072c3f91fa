"""Replacements: every `with` of the rules found again in the plan that is compiled from them.

regopy compiles `p with input.a as input.b`, where a bare reference takes the place of something, as
if there were no `with`, and says nothing. So those in the text are counted against those in the plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ..errors import RuleError
from .plan import Plan, With, statements

_WORD = re.compile(
    r'"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*|(?<![\w.])(?P<with>with)\s+(?P<what>[a-z_][^\n]*)',
    re.IGNORECASE,
)
_BARE = re.compile(r"\S+\s+as\s+[A-Za-z_][\w.]*(\[[^\]]*\][\w.]*)*\s*($|with\b|[;})|#])")


def check_replacements(plan: Plan, modules: Mapping[str, str]) -> None:
    """Refuse rules of which the plan has lost a `with`.

    Raises:
        RuleError: With the file and the line of one that may be lost.
    """
    kept: Counter[str] = Counter()
    for function in plan.functions.values():
        # a rule that is called under a `with` is compiled once more, under another prefix
        if function.name.startswith("g0."):
            kept.update(
                item.where.file for item in statements(function) if isinstance(item, With)
            )
    for name, text in modules.items():
        found = list(_replacements(text))
        if len(found) > kept[name]:
            bare = [line for line, rest in found if _BARE.match(rest)]
            line = (bare or [line for line, _ in found])[0]
            raise RuleError(
                f"{name}:{line}: a `with` is lost in compiling (regopy does this where a reference "
                "takes the place of something: give it to a variable first, `x := input.a`, and "
                "write `with ... as x`)"
            )


def _replacements(text: str) -> Iterator[tuple[int, str]]:
    """The line of every `with`, and what stands after it on its line."""
    start = 0
    while (match := _WORD.search(text, start)) is not None:
        if match["with"]:
            yield text.count("\n", 0, match.start()) + 1, match["what"]
            start = match.start("what")
        else:
            start = match.end()
