"""From the text of rules to their plan: compiled in a child process, read, and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.reader import read_plan

from .child import ask_child
from .replacements import check_replacements

_PACKAGE = re.compile(r"^\s*package\s+([\w.\[\]\"]+)", re.MULTILINE)


def plan_text(
    modules: Mapping[str, str], entrypoints: Sequence[str], data: Mapping[str, Value]
) -> str:
    """The text of the plan of some rules, compiled by a child process.

    Raises:
        RuleError: If the rules do not compile, crash the compiler, or take too long.
    """
    return ask_child(
        "plan", {"modules": dict(modules), "entrypoints": list(entrypoints), "data": dict(data)}
    )


def plan_of(
    modules: Mapping[str, str],
    entrypoints: Sequence[str],
    data: Mapping[str, Value],
    *,
    compiler: Callable[..., str] = plan_text,
) -> Plan:
    """The compiled plan of some rules.

    Args:
        data: The base document; a plan depends on it only where it meets the rules' own paths.
        compiler: What compiles: `plan_text`, or `child.plan_text_here`.

    Raises:
        RuleError: If the rules do not compile, or compile into something that they do not say.
    """
    plan = read_plan(compiler(modules, entrypoints, data), _places(modules))
    check_replacements(plan, modules)
    return plan


def _places(modules: Mapping[str, str]) -> dict[str, str]:
    """The full name of a module by its package and base name, as plans give only the latter."""
    places = {}
    for name, text in modules.items():
        package = _PACKAGE.search(text)
        places[f"{package.group(1) if package else ''}/{Path(name).name}"] = name
    return places
