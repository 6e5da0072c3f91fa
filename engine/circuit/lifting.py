"""Lifting: an entry point of some rules executed once, over facts that are not fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import Guard, Guards
from rsp_policy.engine.bdd.situations import Space
from rsp_policy.engine.errors import ConflictError
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import TRUE, constant, dump
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.rego.planner import plan_of, plan_text
from rsp_policy.engine.symbolic.guarded_unions import SymbolicSet
from rsp_policy.engine.symbolic.interpreter import Interpreter
from rsp_policy.engine.symbolic.symbolic_input import symbolic_input

from .circuits import Circuit, Condition


@dataclass(frozen=True)
class Lifting:
    """Rules compiled once, over one store of guards, for circuits that can be compared.

    Attributes:
        facts: The vocabulary as variables.
        guards: The store that all circuits of these rules share.
    """

    plan: Plan
    facts: FactVariables
    guards: Guards
    entry: str

    @classmethod
    def of(
        cls,
        modules: Mapping[str, str],
        vocabulary: Vocabulary,
        entry: str,
        compiler: Callable[..., str] = plan_text,
    ) -> Lifting:
        """Compile rules for one entry point.

        Raises:
            RuleError: If the rules do not compile.
        """
        facts = FactVariables(vocabulary)
        plan = plan_of(modules, [entry], {}, compiler=compiler)
        return cls(plan, facts, facts.guards(), entry)


def lift(
    lifting: Lifting,
    data: Mapping[str, Value],
    titles: Mapping[str, str] | None = None,
    assumed: Mapping[str, Sequence[Value]] | None = None,
    also: Sequence[str] = (),
) -> Circuit:
    """Execute an entry point over all values of the facts at once.

    Args:
        titles: The titles of rules, by their path in `data` with dots. Of these, a rule without
            arguments that is true or not is a condition, and so is each member of one that gives a
            set of texts.
        assumed: What facts are taken to be; the circuit is right only where they are that.
        also: Rules without arguments whose values are wanted as well, by their path with dots.

    Raises:
        UnliftableError: If a rule cannot be executed exactly over facts that are not fixed.
        ConflictError: If some rule gives two values for the same facts, with such facts.
        BudgetError: If the formulas outgrow their budget.
    """
    facts, guards = lifting.facts, lifting.guards
    given = symbolic_input(facts, guards, assumed)
    interpreter = Interpreter(lifting.plan, guards, constant(dict(data)), given)
    outcome = interpreter.run(lifting.entry)
    for guard, where in outcome.conflicts:
        _refuse_conflict(facts, guards, guard, where)
    conditions = tuple(_conditions(interpreter, guards, titles or {}))
    others = {path: interpreter.rule(path) for path in also}
    return Circuit(lifting.entry, facts, guards, outcome.value, conditions, others)


def _conditions(
    interpreter: Interpreter, guards: Guards, titles: Mapping[str, str]
) -> Iterator[Condition]:
    for path, title in titles.items():
        for guard, item in interpreter.rule(path):
            if item is TRUE:
                yield Condition(path, title, guard)
            elif isinstance(item, SymbolicSet) and all(isinstance(m, str) for m in item.members):
                for member, own in item.members.items():
                    spoken = str(member).replace("_", " ")
                    held = guards.both(guard, own)
                    yield Condition(f"{path}.{member}", f"{title} ({spoken})", held)


def _refuse_conflict(facts: FactVariables, guards: Guards, guard: Guard, where: Where) -> None:
    space = Space(facts, guards, [guard])
    if space.possible(guard):
        sheet = space.witness(guard)
        example = ", ".join(f"{path}: {dump(constant(value))}" for path, value in sheet.items())
        raise ConflictError(f"{where}: the rule gives two different values, as for {example}")
