"""The child process in which regopy works, where a crash of it takes nothing else along.

regopy's compiler can crash on some rules, and a crash takes its process with it. So a child
compiles rules and runs their tests. It is asked by standard input and answers by standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rsp_policy.engine.errors import RuleError
from rsp_policy.engine.files.documents import Value

from .evaluation import build, share_allocator

_SECONDS = 120
_REFUSED = 3


def ask_child(question: str, about: Mapping[str, Any]) -> str:
    """What a child process answers.

    Args:
        question: `plan` or `test`.
        about: The arguments of the function in `QUESTIONS` that answers it, as JSON holds them.

    Raises:
        RuleError: If the rules do not compile, crash the compiler, or take too long.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps({"question": question, "about": about}),
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
        names = ", ".join(list(about["modules"])[:5])
        raise RuleError(f"the rules crash the Rego compiler: {names}")
    return child.stdout


def plan_text_here(
    modules: Mapping[str, str], entrypoints: Sequence[str], data: Mapping[str, Value]
) -> str:
    """The text of the plan of some rules, compiled in this process, whatever else it has loaded.

    Raises:
        RuleError: If the rules do not compile.
    """
    share_allocator()
    return _plans(modules, entrypoints, data)


def _plans(
    modules: Mapping[str, str], entrypoints: Sequence[str], data: Mapping[str, Value]
) -> str:
    interpreter, bundle = build(modules, data, list(entrypoints))
    with tempfile.TemporaryDirectory() as folder:
        interpreter.save_bundle(folder, bundle)
        return (Path(folder) / "plan.json").read_text(encoding="utf-8")


def _tests(**about: Any) -> str:
    from .testing import run_tests_here

    return run_tests_here(**about)


QUESTIONS: Mapping[str, Callable[..., str]] = {
    "plan": _plans,
    "test": _tests,
}
"""What a child can be asked, and the function that answers it there."""


def _main() -> int:
    asked = json.load(sys.stdin)
    try:
        text = QUESTIONS[asked["question"]](**asked["about"])
    except RuleError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
