"""From the text of rules to a plan, and from a plan to what an entry point gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rsp_policy.engine.bdd.fact_variables import Facts
from rsp_policy.engine.bdd.path_conditions import Guards
from rsp_policy.engine.errors import ConflictError
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import Constant, constant
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.reader import read_plan
from rsp_policy.engine.rego.planner import plan_text, plan_text_here
from rsp_policy.engine.rego.replacements import check_replacements
from rsp_policy.engine.symbolic.guarded_unions import UNDEFINED, always
from rsp_policy.engine.symbolic.interpreter import Interpreter

_PACKAGE = re.compile(r"^\s*package\s+([\w.\[\]\"]+)", re.MULTILINE)


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


@dataclass(frozen=True)
class Lifting:
    """Rules compiled once, over one store of guards, for circuits that can be compared.

    Attributes:
        facts: The vocabulary as variables.
        guards: The store that all circuits of these rules share.
    """

    plan: Plan
    facts: Facts
    guards: Guards
    entry: str

    @classmethod
    def of(cls, modules: Mapping[str, str], vocabulary: Vocabulary, entry: str) -> Lifting:
        """Compile rules for one entry point.

        Raises:
            RuleError: If the rules do not compile.
        """
        facts = Facts(vocabulary)
        return cls(plan_of(modules, [entry], {}), facts, facts.guards(), entry)


def evaluate(
    modules: Mapping[str, str],
    data: Mapping[str, Value],
    facts: Constant,
    entry: str,
    *,
    absent: bool = False,
    strict: bool = False,
) -> tuple[Constant, ...]:
    """The value of an entry point for one concrete input; empty where it is undefined.

    Args:
        absent: Whether there is no input at all.
        strict: Whether an error of a builtin is one of the evaluation.

    Raises:
        BuiltinError: If a builtin fails and errors are strict.
        RuleError: If the rules do not compile or give two values.
    """
    plan = plan_of(modules, [entry], data, compiler=plan_text_here)
    given = UNDEFINED if absent else always(facts)
    interpreter = Interpreter(plan, Guards(()), constant(dict(data)), given, strict=strict)
    outcome = interpreter.run(entry)
    if outcome.conflicts:
        raise ConflictError(f"{outcome.conflicts[0][1]}: a rule gives two different values")
    return tuple(value for _, value in outcome.value)  # type: ignore[misc]
