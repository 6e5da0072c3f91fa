"""Replacements: every `with` of the rules found again in the plan that is compiled from them.

regopy compiles `p with input.a as input.b`, where a bare reference takes the place of something, as
if there were no `with`, and says nothing. So those in the text are counted against those in the
plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from rsp_policy.engine.errors import RuleError
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.statements import DATA, INPUT, With, walk

_WORD = re.compile(
    r'"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*'
    r"|(?<![\w.])with\s+(?P<what>(?:input|data)\b[\w.]*)(?P<rest>[^\n]*)"
)
_BARE = re.compile(r'(\["[^"]*"\])*\s+as\s+[A-Za-z_][\w.]*(\[[^\]]*\][\w.]*)*\s*($|with\b|[;})|#])')


def check_replacements(plan: Plan, modules: Mapping[str, str]) -> None:
    """Refuse rules of which the plan has lost a `with` on `input` or `data`.

    Raises:
        RuleError: With the file and the line of one that may be lost.
    """
    kept: Counter[str] = Counter()
    for function in plan.functions.values():
        # a rule that is called under a `with` is compiled once more, under another prefix
        if function.name.startswith("g0."):
            kept.update(
                item.where.file
                for item in walk(function.blocks)
                if isinstance(item, With) and item.local in (INPUT, DATA)
            )
    for name, text in modules.items():
        found = [(line, bare) for line, what, bare in _replacements(text) if not _calls(plan, what)]
        # a plan names files without their folder, and not every one can be told from that
        if len(found) > max(kept[name], kept[Path(name).name]):
            line = next((line for line, bare in found if bare), found[0][0])
            raise RuleError(
                f"{name}:{line}: a `with` is lost in compiling (regopy does this where a reference "
                "takes the place of something: give it to a variable first, `x := input.a`, and "
                "write `with ... as x`)"
            )


def _replacements(text: str) -> Iterator[tuple[int, str, bool]]:
    """The line of every `with`, what it replaces, and whether a bare reference takes its place."""
    start = 0
    while (match := _WORD.search(text, start)) is not None:
        start = match.end()
        if match["what"]:
            line = text.count("\n", 0, match.start()) + 1
            yield line, match["what"], bool(_BARE.match(match["rest"]))
            start = match.start("rest")


def _calls(plan: Plan, what: str) -> bool:
    """Whether a path is that of a function, which the compiler replaces wherever it is called."""
    function = plan.by_path.get(tuple(what.split(".")[1:]))
    return function is not None and len(function.parameters) > 2
