"""Compiling rules to a plan, in a process of its own.

regopy's compiler can crash, on some rules and where other native libraries are loaded (with NumPy
it does so whenever it writes a plan), and a crash takes its process with it. So a child compiles,
and what it says is read.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rsp_policy.engine.errors import RuleError
from rsp_policy.engine.files.documents import Value

from .evaluation import build

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
