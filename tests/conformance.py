"""OPA's conformance cases run through the lifted interpreter with concrete input."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rsp_policy.engine.errors import ConflictError, PolicyError, UnliftableError
from rsp_policy.engine.lift.builtins import BuiltinError
from rsp_policy.engine.lift.lifting import evaluate
from rsp_policy.engine.lift.values import Constant, constant, plain

_QUERY = re.compile(r"^data((?:\.\w+)+) = (\w+)$")


def cases(file: Path) -> Iterator[dict[str, Any]]:
    """The cases of a gzipped file of JSON lines."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def verdict(case: dict[str, Any]) -> tuple[str, str]:
    """How a case comes out, and a detail: `agrees`, `refused` (by what), or `differs` (how)."""
    query = _QUERY.match(case["query"])
    if query is None or query.group(2) in ("input", "data") or query.group(2).isdigit():
        return "refused", "query"
    entry = query.group(1)[1:].replace(".", "/")
    modules = {f"m{i}.rego": text for i, text in enumerate(case.get("modules") or ())}
    given, absent = _input(case)
    try:
        strict = bool(case.get("strict_error"))
        data = case.get("data") or {}
        found = evaluate(modules, data, given, entry, absent=absent, strict=strict)
    except BuiltinError as error:
        return ("agrees", "error") if _wants_error(case) else ("differs", str(error))
    except UnliftableError as error:
        return "refused", error.construct
    except ConflictError:
        return ("agrees", "conflict") if _wants_error(case) else ("differs", "conflict")
    except PolicyError as error:
        return ("agrees", "error") if _wants_error(case) else ("refused", f"compiler: {error}")
    if _wants_error(case):
        return "differs", f"{found} where an error is wanted"
    wanted = [row[query.group(2)] for row in case.get("want_result") or ()]
    values = [plain(value) for value in found]
    if _same(values, wanted):
        return "agrees", ""
    return "differs", f"{json.dumps(values)[:300]} where {json.dumps(wanted)[:300]} is wanted"


def _input(case: dict[str, Any]) -> tuple[Constant, bool]:
    if case.get("input_term") is not None:
        term = evaluate({"t.rego": f"package t\n\nv := {case['input_term']}\n"}, {}, None, "t/v")
        return term[0], False
    return constant(case.get("input")), "input" not in case


def _wants_error(case: dict[str, Any]) -> bool:
    return bool(case.get("want_error") or case.get("want_error_code"))


def _same(found: list[Any], wanted: list[Any]) -> bool:
    return _unordered(found) == _unordered(wanted)


def _unordered(value: Any) -> str:
    """A text of a value in which the order of arrays plays no part, as results write sets so."""
    if isinstance(value, list):
        return "[" + ",".join(sorted(map(_unordered, value))) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}:{_unordered(v)}" for k, v in sorted(value.items())) + "}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value)
