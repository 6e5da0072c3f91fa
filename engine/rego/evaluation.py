"""Rules and data compiled once by regopy, and asked as often as wanted.

regopy parses, plans and runs. Its evaluator has known defects (ordering of numbers in aggregates,
among others); the rules keep to constructs on which it agrees with an independent implementation,
and the tests run both.
"""

from __future__ import annotations

import ctypes
import json
import platform
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import RuleError

if TYPE_CHECKING:
    from regopy import Interpreter

    from rsp_policy.engine.files.documents import Value

_ERROR = re.compile(r"\(error \d+:(.*?)\|(\d+)\|\d+\s+\(errormsg \d+:(.*?)\)")


class Program:
    """One version's rules, compiled, with one entry point.

    One interpreter serves one thread at a time, so asking is serialised.
    """

    def __init__(
        self, modules: Mapping[str, str], data: Mapping[str, Value], entrypoint: str
    ) -> None:
        self.modules = modules
        self.data = data
        self.entrypoint = entrypoint
        self._lock = threading.Lock()
        self._interpreter, self._bundle = build(modules, data, [entrypoint])

    def evaluate(self, facts: Mapping[str, Value]) -> Value:
        """The value of the entry point for complete facts in nested form.

        Raises:
            RuleError: If the rules give no value.
        """
        with self._lock:
            return ask(self._interpreter, self._bundle, self.entrypoint, facts)


def build(
    modules: Mapping[str, str], data: Mapping[str, Value], entrypoints: list[str]
) -> tuple[Interpreter, object]:
    """An interpreter and a bundle with entry points such as `access/decision`.

    Raises:
        RuleError: If a module does not compile, with file and line.
    """
    interpreter = _interpreter()

    from regopy import RegoError

    try:
        for name, text in modules.items():
            interpreter.add_module(name, text)
        interpreter.add_data_json(json.dumps(data))
        bundle = interpreter.build(None, entrypoints)
    except RegoError as error:
        raise RuleError(explain(str(error), modules)) from None
    if not bundle.ok():
        raise RuleError(f"the rules do not compile for {', '.join(entrypoints)}")
    return interpreter, bundle


def _interpreter() -> Interpreter:
    _share_allocator()

    from regopy import Interpreter, LogLevel

    made = Interpreter()
    made.log_level = LogLevel.NONE
    return made


def _share_allocator() -> None:
    """Let regopy take its memory from where every other library in C++ does.

    regopy exports an allocator of its own. The C++ library that all share is bound to it, or not,
    by which of them is loaded first, so that memory of one is given back to the other and the
    process dies. With the names of the C++ library before it regopy is bound to those, as all are.
    """
    if platform.libc_ver()[0] == "glibc":
        with suppress(OSError):
            ctypes.CDLL("libstdc++.so.6", mode=ctypes.RTLD_GLOBAL)


def ask(
    interpreter: Interpreter, bundle: object, entrypoint: str, facts: Mapping[str, Value]
) -> Value:
    """The value of one entry point of a bundle.

    Raises:
        RuleError: If the rules give no value.
    """
    from regopy import RegoError

    try:
        interpreter.set_input_term(json.dumps(facts))
        output = json.loads(str(interpreter.query_bundle_entrypoint(bundle, entrypoint)))
    except (RegoError, ValueError) as error:
        raise RuleError(f"{entrypoint} cannot be evaluated: {error}") from None
    values: list[Value] = output.get("expressions", [])
    if not values:
        raise RuleError(f"{entrypoint} is undefined for these facts")
    return values[0]


def explain(report: str, modules: Mapping[str, str]) -> str:
    """regopy's report of errors as `file:line: message`, one a line."""
    found = []
    for name, offset, message in _ERROR.findall(report):
        line = modules.get(name, "").encode()[: int(offset)].count(b"\n") + 1
        found.append(f"{name}:{line}: {message}")
    return "\n".join(dict.fromkeys(found)) or f"the rules do not compile: {report[:500]}"


def calculator(data: Mapping[str, Value]) -> Interpreter:
    """An interpreter without rules that queries can be put to."""
    made = _interpreter()
    made.add_data_json(json.dumps(data))
    return made


def query(interpreter: Interpreter, text: str) -> Value:
    """The value of a query of one expression.

    Raises:
        RuleError: If it has none.
    """
    from regopy import RegoError

    try:
        found: list[Value] = json.loads(str(interpreter.query(text)))["expressions"]
    except (RegoError, ValueError, LookupError):
        raise RuleError(f"`{text}` has no value") from None
    return found[0]
