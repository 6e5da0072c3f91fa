"""OPA's conformance cases run through the lifted interpreter with concrete input.

`conformance/README.md` says where they come from; `python tests/conformance.py` runs them all and
prints counts.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rsp_policy.engine.builtins import BuiltinError
from rsp_policy.engine.circuit.concrete import evaluate
from rsp_policy.engine.errors import ConflictError, PolicyError, UnliftableError
from rsp_policy.engine.ir.constants import Constant, constant, plain

FILE = Path(__file__).parent / "conformance" / "opa-v1.jsonl"
_QUERY = re.compile(r"^data((?:\.\w+)+) = (\w+)$")
_SECONDS = 300


def cases(file: Path) -> Iterator[dict[str, Any]]:
    """The cases of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def verdict(case: dict[str, Any]) -> tuple[str, str]:
    """How a case comes out, and a detail: `agrees`, `refused` (by what), or `differs` (how)."""
    query = _QUERY.match(case["query"])
    if query is None or query.group(2) in ("input", "data") or query.group(2).isdigit():
        return "refused", "query"
    entrypoint = query.group(1)[1:].replace(".", "/")
    modules = {f"m{i}.rego": text for i, text in enumerate(case.get("modules") or ())}
    given, absent = _input(case)
    try:
        strict = bool(case.get("strict_error"))
        data = case.get("data") or {}
        found = evaluate(modules, data, given, entrypoint, absent=absent, strict=strict)
    except BuiltinError as error:
        return _failed(case, error.code, str(error))
    except UnliftableError as error:
        return "refused", error.construct
    except ConflictError as error:
        return _failed(case, "eval_conflict_error", str(error))
    except PolicyError as error:
        return "refused", f"compiler: {re.sub(r'^m[0-9]+[.]rego:[0-9]+: ', '', str(error))[:60]}"
    if _wanted_error(case):
        return "differs", f"{found} where an error is wanted"
    wanted = [row[query.group(2)] for row in case.get("want_result") or ()]
    values = [plain(value) for value in found]
    if _unordered(values) == _unordered(wanted):
        return "agrees", ""
    return "differs", f"{json.dumps(values)[:300]} where {json.dumps(wanted)[:300]} is wanted"


def _failed(case: dict[str, Any], code: str, message: str) -> tuple[str, str]:
    return ("agrees" if code in _wanted_error(case) else "differs"), f"{code}: {message}"


def _wanted_error(case: dict[str, Any]) -> str:
    """The code of the error that a case wants; a few name it only in their message."""
    return str(case.get("want_error_code") or case.get("want_error") or "")


def _input(case: dict[str, Any]) -> tuple[Constant, bool]:
    if case.get("input_term") is not None:
        term = evaluate({"t.rego": f"package t\n\nv := {case['input_term']}\n"}, {}, None, "t/v")
        return term[0], False
    return constant(case.get("input")), "input" not in case


def _unordered(value: Any) -> str:
    """A text of a value in which the order of arrays plays no part, as results write sets so."""
    if isinstance(value, list):
        return "[" + ",".join(sorted(map(_unordered, value))) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}:{_unordered(v)}" for k, v in sorted(value.items())) + "}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value)


def summary(file: Path, workers: int = 2) -> dict[str, Any]:
    """How many cases agree, how many are refused by what, and which differ or crash.

    Compiling may crash its process, so children run the cases and a case that one dies of is noted.
    """
    listed = list(cases(file))
    with ThreadPoolExecutor(workers) as pool:
        parts = pool.map(
            lambda first: list(_share(file, first, workers, len(listed))), range(workers)
        )
    found = sorted(row for part in parts for row in part)
    refused = Counter(detail for _, how, detail in found if how == "refused")
    return {
        "cases": len(listed),
        "agrees": sum(how == "agrees" for _, how, _ in found),
        "refused": dict(refused.most_common()),
        **{
            wanted: [
                f"{listed[number]['note']}: {detail}"
                for number, how, detail in found
                if how == wanted
            ]
            for wanted in ("differs", "crashes")
        },
    }


def _share(file: Path, first: int, step: int, end: int) -> Iterator[tuple[int, str, str]]:
    """The outcomes of every case in steps from a first one, by as many children as it takes."""
    while first < end:
        command = [sys.executable, __file__, str(file), "--first", str(first), "--step", str(step)]
        child = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        for line in child.stdout.splitlines():
            number, how, detail = json.loads(line)
            assert number == first
            yield number, how, detail
            first += step
        if first < end:
            yield first, "crashes", child.stderr[-300:]
            first += step


def main(arguments: Sequence[str]) -> None:
    """Print the summary of a file of cases, or, as a child, the outcome of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE)
    parser.add_argument("--workers", type=int, default=2, help="children that run at a time")
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--step", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.first is None:
        print(json.dumps(summary(options.file, options.workers), indent=2))
        return
    for number, case in enumerate(cases(options.file)):
        if number >= options.first and (number - options.first) % options.step == 0:
            print(json.dumps((number, *verdict(case))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
