"""Checks of a plan: what regopy compiles without complaint and yet wrongly is refused."""

from __future__ import annotations

from rsp_policy.engine.errors import RuleError

from .dataflow import reads, writes
from .plan import Function, Plan
from .statements import DATA, INPUT, Call, Dot, Fixed, Statement, With, walk


def check_plan(plan: Plan) -> None:
    """Refuse what regopy compiles without complaint and yet wrongly.

    Raises:
        RuleError: With the rule, and what to write instead.
    """
    known = plan.functions.keys() | set(plan.builtins)
    for function in (*plan.functions.values(), *plan.entrypoints.values()):
        written = {*function.parameters, INPUT, DATA}
        for item in walk(function.blocks):
            # a `with` that puts a value in the place of a builtin writes a local of its own
            written.update(writes(item) if not isinstance(item, With) else (item.local,))
        for statement in walk(function.blocks):
            if set(reads(statement)) - written:
                raise RuleError(
                    f"{statement.where}: a variable is used that nothing binds (regopy also gives "
                    "this for an `every` inside an `every` that uses an outer variable: give the "
                    "inner one a rule of its own)"
                )
            if isinstance(statement, Call) and statement.function not in known:
                raise RuleError(f"{statement.where}: unknown function `{statement.function}`")
            _check_names(statement)
    _check_cycles(plan)


def _check_names(statement: Statement) -> None:
    if isinstance(statement, Dot) and isinstance(statement.key, Fixed):
        name = statement.key.value
        if isinstance(name, str) and _captured(name):
            raise RuleError(
                f"{statement.where}: a variable of an `every` is compiled as the field `{name}`; "
                "give the `every` a rule of its own"
            )


def _captured(name: str) -> bool:
    """Whether a field is a local variable that the compiler renamed and took for a field."""
    stem, dollar, number = name.rpartition("$")
    return bool(dollar and stem and number.isdigit())


def _check_cycles(plan: Plan) -> None:
    done: set[str] = set()

    def visit(function: Function, above: tuple[str, ...]) -> None:
        if function.name in above:
            cycle = " -> ".join((*above[above.index(function.name) :], function.name))
            raise RuleError(f"{function.where}: rules call one another in a circle: {cycle}")
        if function.name in done:
            return
        for statement in walk(function.blocks):
            if isinstance(statement, Call) and statement.function in plan.functions:
                visit(plan.functions[statement.function], (*above, function.name))
        done.add(function.name)

    for function in plan.functions.values():
        visit(function, ())
