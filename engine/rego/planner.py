"""Compiling rules to a plan, in a process of its own, and reading what was compiled.

regopy's compiler can crash, on some rules and where other native libraries are loaded (with NumPy
it does so whenever it writes a plan), and a crash takes its process with it. So a child compiles,
and what it says is read.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rsp_policy.engine.errors import RuleError
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.reader import read_plan

from .evaluation import build
from .replacements import check_replacements

_PACKAGE = re.compile(r"^\s*package\s+([\w.\[\]\"]+)", re.MULTILINE)
_SECONDS = 120
_REFUSED = 3


def plan_text(modules: Mapping[str, str], entries: Sequence[str], data: Mapping[str, Value]) -> str:
    """The text of the plan of some rules, compiled by a child process.

    Raises:
        RuleError: If the rules do not compile, crash the compiler, or take too long.
    """
    question = json.dumps({"modules": modules, "entries": entries, "data": data})
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__],
            input=question,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuleError(f"the rules take over {_SECONDS} s to compile") from None
    if child.returncode == _REFUSED:
        raise RuleError(child.stderr.strip())
    if child.returncode != 0:
        raise RuleError(f"the rules crash the Rego compiler: {', '.join(list(modules)[:5])}")
    return child.stdout


def plan_text_here(
    modules: Mapping[str, str], entries: Sequence[str], data: Mapping[str, Value]
) -> str:
    """The same, compiled in this process."""
    interpreter, bundle = build(modules, data, list(entries))
    with tempfile.TemporaryDirectory() as folder:
        interpreter.save_bundle(folder, bundle)
        return (Path(folder) / "plan.json").read_text(encoding="utf-8")


def plan_of(
    modules: Mapping[str, str],
    entries: Sequence[str],
    data: Mapping[str, Value],
    *,
    compiler: Callable[..., str] = plan_text,
) -> Plan:
    """The compiled plan of some rules.

    Args:
        data: The base document; a plan depends on it only where it meets the rules' own paths.
        compiler: What compiles: `planner.plan_text`, or `planner.plan_text_here`.

    Raises:
        RuleError: If the rules do not compile, or compile into something that they do not say.
    """
    plan = read_plan(compiler(modules, entries, data), _places(modules))
    check_replacements(plan, modules)
    return plan


def _places(modules: Mapping[str, str]) -> dict[str, str]:
    """The full name of a module by its package and base name, as plans give only the latter."""
    places = {}
    for name, text in modules.items():
        package = _PACKAGE.search(text)
        places[f"{package.group(1) if package else ''}/{Path(name).name}"] = name
    return places


def _main() -> int:
    question = json.load(sys.stdin)
    try:
        text = plan_text_here(question["modules"], question["entries"], question["data"])
    except RuleError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
