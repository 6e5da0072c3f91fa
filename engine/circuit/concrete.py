"""Rules asked about one input, by the interpreter that lifts them: with everything fixed, it is an
ordinary one."""

from __future__ import annotations

from collections.abc import Mapping

from rsp_policy.engine.bdd.path_conditions import PathConditions
from rsp_policy.engine.errors import ConflictError
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import Constant, constant
from rsp_policy.engine.rego.child import plan_text_here
from rsp_policy.engine.rego.planner import plan_of
from rsp_policy.engine.symbolic.guarded_unions import UNDEFINED, always
from rsp_policy.engine.symbolic.interpreter import Interpreter


def evaluate(
    modules: Mapping[str, str],
    data: Mapping[str, Value],
    facts: Constant,
    entrypoint: str,
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
    plan = plan_of(modules, [entrypoint], data, compiler=plan_text_here)
    given = UNDEFINED if absent else always(facts)
    interpreter = Interpreter(plan, PathConditions(()), constant(dict(data)), given, strict=strict)
    outcome = interpreter.run(entrypoint)
    if outcome.conflicts:
        raise ConflictError(f"{outcome.conflicts[0][1]}: a rule gives two different values")
    return tuple(value for _, value in outcome.value)  # type: ignore[misc]
