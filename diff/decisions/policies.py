"""The complete diff of any two policies: folders of Rego, a fact schema and an entry point."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import PathCondition
from rsp_policy.engine.circuit.circuits import Circuit
from rsp_policy.engine.circuit.lifting import Lifting, lift
from rsp_policy.engine.errors import InvalidFileError, Problem, UnknownNameError, UsageError
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.facts.vocabulary_file import load_vocabulary
from rsp_policy.engine.files.documents import Value, mapping, read
from rsp_policy.engine.ir.constants import Constant, dump
from rsp_policy.engine.rego.planner import plan_of
from rsp_policy.engine.rego.sources import titles_in

from .complete import CompleteDiff, check_assumptions
from .sides import NOTHING, Question, Side


@dataclass(frozen=True, slots=True)
class Rules:
    """Rego modules by name, and the base document that they read as `data`."""

    name: str
    modules: Mapping[str, str]
    data: Mapping[str, Value]


def rules_in(folder: str | Path) -> Rules:
    """The rules in a folder: `*.rego` but tests, with `data.yaml` or `data.json` beside them.

    Raises:
        InvalidFileError: If there are no rules, or the data cannot be read.
    """
    root = Path(folder)
    files = [file for file in sorted(root.rglob("*.rego")) if not file.stem.endswith("_test")]
    if not files:
        raise InvalidFileError([Problem(str(root), None, "", "holds no rules; rules are *.rego")])
    modules = {
        f"{root.name}/{file.relative_to(root).as_posix()}": file.read_text(encoding="utf-8")
        for file in files
    }
    data: dict[str, Value] = {}
    for name in ("data.yaml", "data.json"):
        if (root / name).is_file():
            data |= mapping(read(root / name).value)
    return Rules(root.name, modules, data)


def circuits(
    sides: Sequence[Rules | str | Path],
    vocabulary: Vocabulary | str | Path,
    entrypoint: str,
    *,
    assumed: Mapping[str, Sequence[Value]] | None = None,
) -> tuple[Circuit, ...]:
    """The circuits of some rules over one store of path conditions, so that they can be compared.

    Args:
        sides: Rules, or folders that hold them.
        vocabulary: What can be stated, or the file that says so (`facts.yaml`).
        entrypoint: The entry point, a rule by its path, such as `access/decision`.
        assumed: What facts are taken to be, by path; the circuits are right only where they are.

    Raises:
        InvalidFileError: If a file is wrong.
        RuleError: If rules do not compile, or cannot be lifted.
        UnknownNameError: If there is no such entry point.
    """
    if not re.fullmatch(r"\w+(/\w+)+", entrypoint):
        raise UsageError(
            f"`{entrypoint}` is no entry point; "
            "a rule by its path is wanted, such as access/decision"
        )
    if not isinstance(vocabulary, Vocabulary):
        vocabulary = load_vocabulary(read(vocabulary))
    check_assumptions(vocabulary, assumed or {})
    facts = FactVariables(vocabulary)
    pcs = facts.pcs()
    made = []
    for side in sides:
        rules = side if isinstance(side, Rules) else rules_in(side)
        titles = titles_in(rules.modules)
        plan = plan_of(rules.modules, [entrypoint], rules.data)
        names = {"/".join(path) for path in (f.path for f in plan.functions.values())}
        if entrypoint not in names:
            raise UnknownNameError("entry point", entrypoint, sorted(names), f"in {rules.name}")
        made.append(lift(Lifting(plan, facts, pcs, entrypoint), rules.data, titles, assumed))
    return tuple(made)


def compare_rules(
    old: Rules | str | Path,
    new: Rules | str | Path,
    vocabulary: Vocabulary | str | Path,
    entrypoint: str,
    *,
    orders: Mapping[str, Sequence[str]] | None = None,
    assumed: Mapping[str, Sequence[Value]] | None = None,
) -> CompleteDiff:
    """Every situation in which two sets of rules answer differently.

    Args:
        orders: For answers by their name, such as `verdict`, the values from the mildest to the
            strictest; with an order a direction can be told.
        assumed: What facts are taken to be, by path.

    Raises:
        PolicyError: As for `circuits`, and if the assumptions leave no situation.
    """
    first, second = circuits((old, new), vocabulary, entrypoint, assumed=assumed)
    sides = [
        Side(name, _questions(circuit, orders or {}), circuit.conditions)
        for name, circuit in zip(_names(old, new), (first, second), strict=True)
    ]
    for name in orders or {}:
        if not any(name in side.questions for side in sides):
            known = dict.fromkeys(name for side in sides for name in side.questions)
            raise UnknownNameError("answer", name, known)
    return CompleteDiff(first.facts, first.pcs, *sides, assumed=assumed)


def _names(*sides: Rules | str | Path) -> tuple[str, ...]:
    names = tuple(side.name if isinstance(side, Rules) else Path(side).name for side in sides)
    return names if len(set(names)) == len(names) else ("old", "new")


def _questions(circuit: Circuit, orders: Mapping[str, Sequence[str]]) -> dict[str, Question]:
    questions = {}
    for answer in circuit.answers:
        values: dict[str, PathCondition] = {}
        for value, pc in answer.values:
            text = NOTHING if value is None else _text(value)
            held = values.get(text)
            values[text] = pc if held is None else circuit.pcs.either(held, pc)
        order = tuple(orders.get(answer.name, ()))
        questions[answer.name] = Question(answer.name, "answer", values, order)
    return questions


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    constant: Constant = value  # type: ignore[assignment]
    return dump(constant)
