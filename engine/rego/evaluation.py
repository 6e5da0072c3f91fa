"""Rules and a slice compiled once by regopy, and asked as often as wanted.

regopy parses, plans and runs. Its evaluator has known defects (ordering of numbers in aggregates,
among others); the rules keep to constructs on which it agrees with an independent implementation,
and the tests run both.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import RuleError

if TYPE_CHECKING:
    from regopy import Interpreter

    from rsp_policy.engine.files.documents import Value
    from rsp_policy.engine.framework.history import History, Slice
    from rsp_policy.engine.records.commitments import Duty

    from .sources import RuleSet

_ERROR = re.compile(r"\(error \d+:(.*?)\|(\d+)\|\d+\s+\(errormsg \d+:(.*?)\)")
_CHECK_SECONDS = 120
_REFUSED = 3


class Program:
    """One version's rules, compiled, with one entry point.

    One interpreter serves one thread at a time, so asking is serialised.
    """

    def __init__(self, modules: Mapping[str, str], data: Mapping[str, Value], entry: str) -> None:
        self.modules = modules
        self.data = data
        self.entry = entry
        self._lock = threading.Lock()
        self._interpreter, self._bundle = build(modules, data, [entry])

    def evaluate(self, facts: Mapping[str, Value]) -> Value:
        """The value of the entry point for complete facts in nested form.

        Raises:
            RuleError: If the rules give no value.
        """
        with self._lock:
            return ask(self._interpreter, self._bundle, self.entry, facts)


def build(
    modules: Mapping[str, str], data: Mapping[str, Value], entries: list[str]
) -> tuple[Interpreter, object]:
    """An interpreter and a bundle with entry points such as `lib/decision/decision`.

    Raises:
        RuleError: If a module does not compile, with file and line.
    """
    from regopy import Interpreter, LogLevel, RegoError

    interpreter = Interpreter()
    interpreter.log_level = LogLevel.NONE
    try:
        for name, text in modules.items():
            interpreter.add_module(name, text)
        interpreter.add_data_json(json.dumps(data))
        bundle = interpreter.build(None, entries)
    except RegoError as error:
        raise RuleError(explain(str(error), modules)) from None
    if not bundle.ok():
        raise RuleError(f"the rules do not compile for {', '.join(entries)}")
    return interpreter, bundle


def ask(interpreter: Interpreter, bundle: object, entry: str, facts: Mapping[str, Value]) -> Value:
    """The value of one entry point of a bundle.

    Raises:
        RuleError: If the rules give no value.
    """
    from regopy import RegoError

    try:
        interpreter.set_input_term(json.dumps(facts))
        output = json.loads(str(interpreter.query_bundle_entrypoint(bundle, entry)))
    except (RegoError, ValueError) as error:
        raise RuleError(f"{entry} cannot be evaluated: {error}") from None
    values: list[Value] = output.get("expressions", [])
    if not values:
        raise RuleError(f"{entry} is undefined for these facts")
    return values[0]


def explain(report: str, modules: Mapping[str, str]) -> str:
    """regopy's report of errors as `file:line: message`, one a line."""
    found = []
    for name, offset, message in _ERROR.findall(report):
        line = modules.get(name, "").encode()[: int(offset)].count(b"\n") + 1
        found.append(f"{name}:{line}: {message}")
    return "\n".join(dict.fromkeys(found)) or f"the rules do not compile: {report[:500]}"


def compile_slice(part: Slice) -> Program:
    """The rules of a framework over one slice.

    Raises:
        RuleError: If they do not compile.
    """
    history = part.history
    history.check_apart()
    return Program(sources(history.rule_set), slice_data(part), history.entry)


def sources(rules: RuleSet) -> dict[str, str]:
    """The texts that are compiled, by the names under which errors report them."""
    return {module.name: module.text for module in rules.modules}


def slice_data(part: Slice) -> dict[str, Value]:
    """The `data` document of the rules: the slice and the ordered scales."""
    topics: dict[str, dict[str, Value]] = {}
    for standing in part:
        entry = standing.entry
        record: dict[str, Value] = {
            "title": standing.title,
            "force": entry.force,
            "actor": entry.actor,
            "terms": entry.plain_terms,
        }
        if entry.duty:
            record["duty"] = _duty_data(entry.duty)
        topics.setdefault(standing.topic, {})[standing.name] = record
    scales = part.history.scales
    return {
        "slice": dict(topics.items()),
        "scale": {
            "gates": list(scales.gates),
            "verdicts": list(scales.verdicts),
            "standards": list(scales.standards),
            "levels": list(scales.levels),
            "waiting": scales.waiting,
            "binding": scales.binding,
            "roles": dict(scales.roles),
        },
    }


def _duty_data(duty: Duty) -> dict[str, Value]:
    """A duty as rules read it: facts as lists of keys, what is not declared left out."""
    data: dict[str, Value] = {"when": duty.when, "precondition_of": list(duty.precondition_of)}
    if duty.done:
        data["done"] = list(duty.done.split("."))
    if duty.standing:
        data["standing"] = True
    if duty.within:
        data["within"] = duty.within
        data["elapsed"] = list(duty.elapsed.split("."))
    if duty.at_least:
        data["at_least"] = duty.at_least
        data["amount"] = list(duty.amount.split("."))
    if duty.before:
        data["before"] = duty.before
    return data


def apart(history: History, module: str) -> str:
    """What a module of this package prints about a framework, run in a child process.

    Rules that are not our own may crash the compiler, and a crash takes the process with it.

    Raises:
        RuleError: If the rules do not compile, crash the compiler, or take too long.
    """
    command = [
        sys.executable,
        "-m",
        f"rsp_policy.engine.rego.{module}",
        str(history.folder.resolve()),
    ]
    try:
        child = subprocess.run(
            command, capture_output=True, text=True, timeout=_CHECK_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RuleError(f"{history.rules}: compiling takes over {_CHECK_SECONDS} s") from None
    if child.returncode == _REFUSED:
        raise RuleError(child.stderr.strip())
    if child.returncode != 0:
        raise RuleError(f"{history.rules}: these rules crash the Rego compiler")
    return child.stdout


def answer(folder: str, question: Callable[[History], str]) -> int:
    """Print what a question about a framework yields, as the child of `apart`; its exit code."""
    from rsp_policy.engine.framework.history import History
    from rsp_policy.engine.framework.loading import rules_of

    try:
        print(question(History(Path(folder), rules_of(Path(folder)), trusted=True)))
    except RuleError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    return 0


def _compile_all(history: History) -> str:
    for part in history.slices():
        compile_slice(part)
    return ""


if __name__ == "__main__":
    sys.exit(answer(sys.argv[1], _compile_all))
