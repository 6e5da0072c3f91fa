"""One rule followed from its plan to its decision diagram, with every value in between.

Run as `python -m rsp_policy.engine.circuit.trace RULES.rego FACTS.yaml ENTRYPOINT`. What it prints
is what the engine does: rules are lifted as for a decision, and each statement is noted on the way.
The rules see no `data`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from oxidd.bcdd import BCDDFunction

from rsp_policy.engine.bdd.path_conditions import Both, PathCondition, PathConditions
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.bdd.support import mentioned_in, support
from rsp_policy.engine.bdd.variables import Choice
from rsp_policy.engine.errors import PolicyError, UnknownNameError, UsageError
from rsp_policy.engine.facts.vocabulary_file import load_vocabulary
from rsp_policy.engine.files.documents import read
from rsp_policy.engine.ir.constants import Constant, constant, dump
from rsp_policy.engine.ir.listing import plan_lines
from rsp_policy.engine.ir.plan import Plan
from rsp_policy.engine.symbolic.guarded_unions import Alternative, FactGroup, GuardedUnion
from rsp_policy.engine.symbolic.interpreter import Interpreter
from rsp_policy.engine.symbolic.recording import Recorder, Step
from rsp_policy.engine.symbolic.wording import Wording

from .circuits import Circuit
from .generated_code import source
from .lifting import Lifting, lift

Section: TypeAlias = "tuple[str, tuple[str, ...]]"
"""A part of a trace: what it shows, and its lines."""


def trace(rules: Path, vocabulary: Path, entrypoint: str) -> Iterator[Section]:
    """What becomes of one file of rules, from the facts to the generated code.

    Raises:
        PolicyError: As for `lift`, and if a file cannot be read.
    """
    lifting = Lifting.of(
        {rules.name: rules.read_text(encoding="utf-8")},
        load_vocabulary(read(vocabulary)),
        entrypoint,
    )
    if tuple(entrypoint.split("/")) not in lifting.plan.by_path:
        known = ("/".join(path) for path in lifting.plan.by_path)
        raise UnknownNameError("entry point", entrypoint, known)
    pcs = lifting.pcs
    words = Wording(pcs, {fact.path: fact.kind for fact in lifting.facts.vocabulary})
    made: list[Recorder] = []

    def recorder(
        plan: Plan, pcs: PathConditions, data: Constant, facts: GuardedUnion
    ) -> Interpreter:
        made.append(Recorder(plan, pcs, data, facts, words=words))
        return made[0]

    circuit = lift(lifting, {}, interpreter=recorder)
    roots = [pc for answer in circuit.answers for _, pc in answer.values]
    yield "input", tuple(_facts(words, made[0].given))
    yield "plan", tuple(_plan(lifting.plan))
    yield "execution", tuple(_execution(made[0].steps))
    yield "path conditions", tuple(_conjunctions(words, pcs, roots))
    yield "bits", tuple(_bits(words, pcs, roots))
    for answer in circuit.answers:
        value, pc = answer.values[0]
        title = f"diagram of {answer.name} being {_answer(words, value)}"
        yield title, tuple(_diagram(pcs, pc))
    yield "answers", tuple(_answers(words, circuit, roots))
    yield "generated code", tuple(source(circuit).splitlines())


def _facts(words: Wording, given: GuardedUnion, path: str = "input") -> Iterator[str]:
    for _, item in given:
        assert isinstance(item, FactGroup)
        for name, value in item.pairs.items():
            inner = f"{path}.{name}"
            if any(isinstance(part, FactGroup) for _, part in value):
                yield from _facts(words, value, inner)
            else:
                yield from (f"{inner} = {item}" for item in words.value(value))


def _plan(plan: Plan) -> Iterator[str]:
    for name, function in (*plan.entrypoints.items(), *plan.functions.items()):
        yield name.removeprefix("g0.data.")
        yield from plan_lines(function.blocks, "  ")


def _execution(steps: Iterable[Step]) -> Iterator[str]:
    """One line for each step and alternative of its value."""
    rows = [("statement", "goes on where", "value")]
    for step in steps:
        first, *others = step.gives
        rows.append(("  " * step.depth + step.statement, step.goes_on, first))
        rows += [("", "", other) for other in others]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _conjunctions(
    words: Wording, pcs: PathConditions, roots: Iterable[PathCondition]
) -> Iterator[str]:
    for number in pcs.reachable(roots):
        if isinstance(pcs.nodes[number], Both):
            yield f"g{number} = {words.conjunction(number)}"


def _bits(words: Wording, pcs: PathConditions, roots: Sequence[PathCondition]) -> Iterator[str]:
    """Which bits stand for a fact that formulas mention, and the codes of what they say of it."""
    for number, literals in sorted(mentioned_in(pcs, roots).items()):
        item = pcs.variables[number]
        if isinstance(item, Choice):
            literals = {pcs.one_of(number, 1 << index) for index in range(len(item.values))}
        bits = sorted(support(map(pcs.diagram, literals)))
        told = (
            f"{words.pc(pc)}: {' or '.join(_codes(pcs.diagram(pc), bits))}"
            for pc in sorted(literals)
        )
        yield f"{' '.join(map(str, bits))}  {', '.join(told)}"


def _codes(diagram: BCDDFunction, bits: Sequence[int]) -> Iterator[str]:
    """The assignments that satisfy a diagram, a digit a bit; a dash where either will do."""
    parts = diagram.cofactors()
    if parts is None:
        if diagram.valid():
            yield "-" * len(bits)
        return
    top = diagram.node_var()
    place = next(place for place, bit in enumerate(bits) if bit == top)
    for digit, part in zip("10", parts, strict=True):
        for rest in _codes(part, bits[place + 1 :]):
            yield "-" * place + digit + rest


def _diagram(pcs: PathConditions, pc: PathCondition) -> Iterator[str]:
    """The nodes of a diagram, each with the bit that it asks for and where its values lead."""
    owners = {bit: item for n, item in enumerate(pcs.variables) for bit in pcs.bits(n)}
    root = pcs.diagram(pc)
    nodes, numbers = [root], {root: 1}

    def name(node: BCDDFunction) -> str:
        if node.cofactors() is None:
            return "yes" if node.valid() else "no"
        if node not in numbers:
            nodes.append(node)
            numbers[node] = len(nodes)
        return f"n{numbers[node]}"

    for node in nodes:  # which grows
        parts, bit = node.cofactors(), node.node_var()
        if parts is None or bit is None:
            yield name(node)
            continue
        high, low = map(name, parts)
        yield f"n{numbers[node]}  bit {bit} ({owners[bit]})  1: {high}  0: {low}"


def _answers(words: Wording, circuit: Circuit, roots: Sequence[PathCondition]) -> Iterator[str]:
    space = SituationSpace(circuit.facts, circuit.pcs, roots)
    yield f"{space.count()} situations"
    for answer in circuit.answers:
        for value, pc in answer.values:
            if not space.possible(pc):
                continue
            sheet = space.witness(pc)
            told = ", ".join(f"{path}: {dump(constant(item))}" for path, item in sheet.items())
            yield (
                f"{answer.name} is {_answer(words, value)} if {words.pc(pc)}: in "
                f"{space.count(pc)}, such as {told or 'every fact at its default'}"
            )


def _answer(words: Wording, value: Alternative | None) -> str:
    return "nothing" if value is None else words.alternative(value)


def main(arguments: Sequence[str]) -> int:
    """Print a trace; the exit code is 2 where the arguments or a file are wrong."""
    try:
        if len(arguments) != 3:
            raise UsageError(
                "give RULES.rego, FACTS.yaml and the path of a rule, such as a/verdict"
            )
        rules, vocabulary, entrypoint = arguments
        for title, lines in trace(Path(rules), Path(vocabulary), entrypoint):
            print(f"# {title}", *lines, "", sep="\n")
    except (PolicyError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
