"""Small rules over small vocabularies, lifted, and the same rules on one sheet after the other."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import PathConditions
from rsp_policy.engine.circuit.circuits import Circuit
from rsp_policy.engine.circuit.decider import Decider, decider
from rsp_policy.engine.circuit.generated_code import compiled
from rsp_policy.engine.circuit.lifting import Lifting, lift
from rsp_policy.engine.facts.vocabulary import Exclusion, Fact, Vocabulary
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.ir.constants import constant, plain
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.rego.child import plan_text_here
from rsp_policy.engine.rego.planner import plan_of
from rsp_policy.engine.symbolic.guarded_unions import always
from rsp_policy.engine.symbolic.interpreter import Interpreter
from rsp_policy.engine.symbolic.symbolic_input import complete_input

REALS: tuple[float, ...] = (0, 0.1, 0.25, 0.3, 0.5, 1, 1.5, 2, 2.5, 2.75, 3, 4, 5, 7.5, 9.99, 10)
"""The values at which a fact that is a number of any size is looked at."""


_NO_FACTS = PathConditions(())


def fact(path: str, kind: str, *values: str, between: tuple[float, float] = (0, 10)) -> Fact:
    """A fact; `between` are the bounds of a number, and ordinals for a date."""
    low, high = between if kind in ("number", "integer", "date") else (None, None)
    return Fact(path, kind, path, "", "", values, minimum=low, maximum=high)


def vocabulary(*facts: Fact, excluded: tuple[Mapping[str, Value], ...] = ()) -> Vocabulary:
    """A vocabulary of facts."""
    ruled_out = tuple(Exclusion("not both", tuple(item.items())) for item in excluded)
    return Vocabulary({item.path: item for item in facts}, ruled_out, {})


def values_of(item: Fact) -> list[Value]:
    """All values of a fact; of a number without whole values, those of `REALS`."""
    match item.kind:
        case "boolean":
            return [False, True]
        case "choice":
            return list(item.values)
        case "set":
            sizes = range(len(item.values) + 1)
            return [list(some) for size in sizes for some in combinations(item.values, size)]
        case "number":
            return list(REALS)
    assert item.minimum is not None
    assert item.maximum is not None
    numbers = range(int(item.minimum), int(item.maximum) + 1)
    if item.kind == "date":
        return [datetime.date.fromordinal(number).isoformat() for number in numbers]
    return list(numbers)


def sheets(*facts: Fact) -> Iterator[dict[str, Value]]:
    """Every combination of the values of facts."""
    for chosen in product(*map(values_of, facts)):
        yield dict(zip((item.path for item in facts), chosen, strict=True))


@dataclass(frozen=True)
class Lifted:
    """A module lifted over facts, and its plan."""

    plan: Plan
    circuit: Circuit
    decide: Decider
    data: Mapping[str, Value]
    text: str

    def concretely(self, sheet: Mapping[str, Value]) -> Value:
        """What the interpreter gives when all facts are fixed."""
        given = always(complete_input(sheet))
        found = Interpreter(self.plan, _NO_FACTS, constant(dict(self.data)), given)
        outcome = found.run(self.circuit.entrypoint)
        assert not outcome.conflicts
        ((_, value),) = outcome.value
        return plain(value)  # type: ignore[arg-type]


def lifted(
    rules: str,
    *facts: Fact,
    data: Mapping[str, Value] | None = None,
    excluded: tuple[Mapping[str, Value], ...] = (),
) -> Lifted:
    """Rules of the package `t` lifted; the entry point is an object with their `q`, if defined."""
    text = f'package t\n\nimport rego.v1\n\n{rules}\n\nout := {{"q": value | value := q}}\n'
    plan = plan_of({"t.rego": text}, ["t/out"], data or {}, compiler=plan_text_here)
    known = FactVariables(vocabulary(*facts, excluded=excluded))
    circuit = lift(Lifting(plan, known, known.pcs(), "t/out"), data or {})
    return Lifted(plan, circuit, decider(compiled(circuit)), data or {}, text)


def ordered(value: object) -> object:
    """A value with its sets, which come as lists, in one order, and whole numbers as such."""
    if isinstance(value, dict):
        return {key: ordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(ordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return int(value) if isinstance(value, float) and value.is_integer() else value
