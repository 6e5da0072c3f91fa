"""What is said on standard error when a command cannot do what it was asked."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise

from rsp_policy.engine.errors import Mistake, PolicyError

_LISTS = {
    "fact": "facts",
    "commitment": "show VERSION",
    "topic": "show VERSION",
    "condition": "check --detail",
}
"""Which command lists all names of a kind."""


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, right or wrong as the rest of it may be."""
    form = ""
    for word, after in pairwise((*arguments, "")):
        if word == "--":
            break
        if word == "--format":
            form = after
        elif word.startswith("--format="):
            form = word.partition("=")[2]
    return form == "json"


def tell(error: PolicyError, *, as_json: bool) -> None:
    """Say what is wrong, and where more is said."""
    found = list({item.message: item for item in error.mistakes()}.values())
    hints = [*getattr(error, "__notes__", ()), *_hints(found)]
    _say(_json(found, hints) if as_json else _text(found, hints))


def tell_defect(error: Exception) -> None:
    """Say that this program is wrong, with what its authors need to mend it."""
    _say("".join(traceback.format_exception(error)) + "error: this is a defect of the program")


def _text(found: Iterable[Mistake], hints: Iterable[str]) -> str:
    from rsp_policy.engine.report.escaping import visible

    lines = []
    for mistake in found:
        # several lines are ours only in what compilers say; no line of data begins one here
        first, *rest = mistake.message.splitlines() or [""]
        lines += [f"error: {visible(first)}", *(f"  {visible(line)}" for line in rest)]
    return "\n".join([*lines, *(f"help: {visible(hint)}" for hint in hints)])


def _json(found: Sequence[Mistake], hints: Sequence[str]) -> str:
    from rsp_policy.engine.report.escaping import json_text

    return json_text(
        {
            "schema": "rsp.error/1",
            "kind": found[0].kind,
            "message": "\n".join(mistake.message for mistake in found),
            "errors": [
                {"kind": mistake.kind, "message": mistake.message}
                | {name: part for name, part in mistake.parts.items() if part is not None}
                for mistake in found
            ],
            "help": list(hints),
        },
        ascii=True,
    )


def _hints(found: Iterable[Mistake]) -> Iterable[str]:
    """Where the names are listed that a message is too short for."""
    kinds = dict.fromkeys(item.unknown for item in found if item.message.endswith(" are known"))
    return [f"`rsp {_LISTS[kind]}` lists every {kind}" for kind in kinds if kind in _LISTS]


def _say(text: str) -> None:
    """Write to standard error, as far as it can be written to."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
