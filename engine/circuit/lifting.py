"""Lifting: an entry point of some rules executed once, over facts that are not fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import PathCondition, PathConditions
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.errors import ConflictError
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import TRUE, Constant, constant, dump
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.ir.statements import Where
from rsp_policy.engine.rego.planner import plan_of, plan_text
from rsp_policy.engine.symbolic.guarded_unions import GuardedUnion, SymbolicSet
from rsp_policy.engine.symbolic.interpreter import Interpreter
from rsp_policy.engine.symbolic.symbolic_input import symbolic_input

from .circuits import Circuit, Condition


@dataclass(frozen=True)
class Lifting:
    """Rules compiled once, over one store of path conditions, for circuits that can be compared.

    Attributes:
        facts: The vocabulary as variables.
        pcs: The store that all circuits of these rules share.
    """

    plan: Plan
    facts: FactVariables
    pcs: PathConditions
    entrypoint: str

    @classmethod
    def of(
        cls,
        modules: Mapping[str, str],
        vocabulary: Vocabulary,
        entrypoint: str,
        compiler: Callable[..., str] = plan_text,
    ) -> Lifting:
        """Compile rules for one entry point.

        Raises:
            RuleError: If the rules do not compile.
        """
        facts = FactVariables(vocabulary)
        plan = plan_of(modules, [entrypoint], {}, compiler=compiler)
        return cls(plan, facts, facts.pcs(), entrypoint)


def lift(
    lifting: Lifting,
    data: Mapping[str, Value],
    titles: Mapping[str, str] | None = None,
    assumed: Mapping[str, Sequence[Value]] | None = None,
    also: Sequence[str] = (),
    *,
    interpreter: Callable[
        [Plan, PathConditions, Constant, GuardedUnion], Interpreter
    ] = Interpreter,
) -> Circuit:
    """Execute an entry point over all values of the facts at once.

    Args:
        titles: The titles of rules, by their path in `data` with dots. Of these, a rule without
            arguments that is true or not is a condition, and so is each member of one that gives a
            set of texts.
        assumed: What facts are taken to be; the circuit is right only where they are that.
        also: Rules without arguments whose values are wanted as well, by their path with dots.
        interpreter: What executes the plan, over the base document and the facts.

    Raises:
        UnliftableError: If a rule cannot be executed exactly over facts that are not fixed.
        ConflictError: If some rule gives two values for the same facts, with such facts.
        BudgetError: If the formulas outgrow their budget.
    """
    facts, pcs = lifting.facts, lifting.pcs
    given = symbolic_input(facts, pcs, assumed)
    executed = interpreter(lifting.plan, pcs, constant(dict(data)), given)
    outcome = executed.run(lifting.entrypoint)
    for pc, where in outcome.conflicts:
        _refuse_conflict(facts, pcs, pc, where)
    conditions = tuple(_conditions(executed, pcs, titles or {}))
    others = {path: executed.rule(path) for path in also}
    return Circuit(lifting.entrypoint, facts, pcs, outcome.value, conditions, others)


def _conditions(
    interpreter: Interpreter, pcs: PathConditions, titles: Mapping[str, str]
) -> Iterator[Condition]:
    for path, title in titles.items():
        short = path.rpartition(".")[2]
        for pc, item in interpreter.rule(path):
            if item is TRUE:
                yield Condition(path, short, title, pc)
            elif isinstance(item, SymbolicSet) and all(isinstance(m, str) for m in item.members):
                for member, own in item.members.items():
                    spoken = str(member).replace("_", " ")
                    held = pcs.both(pc, own)
                    yield Condition(
                        f"{path}.{member}", f"{short}.{member}", f"{title} ({spoken})", held
                    )


def _refuse_conflict(
    facts: FactVariables, pcs: PathConditions, pc: PathCondition, where: Where
) -> None:
    space = SituationSpace(facts, pcs, [pc])
    if space.possible(pc):
        sheet = space.witness(pc)
        example = ", ".join(f"{path}: {dump(constant(value))}" for path, value in sheet.items())
        raise ConflictError(f"{where}: the rule gives two different values, as for {example}")
