"""Decisions under unknown facts: what holds in every completion, and which facts still matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from oxidd.bcdd import BCDDFunction

from rsp_policy.engine.bdd.path_conditions import NEVER
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.bdd.support import support
from rsp_policy.engine.circuit.circuits import Answer, Circuit
from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.facts.bounds import Limits
from rsp_policy.engine.files.documents import Value


@dataclass(frozen=True, slots=True)
class Possible:
    """What can stand in one place of a decision when some facts are unknown.

    Attributes:
        values: The values that some completion gives, each with the diagram of those completions.
    """

    answer: Answer
    values: tuple[tuple[object, BCDDFunction], ...]

    @property
    def certain(self) -> bool:
        """Whether all completions agree."""
        return len(self.values) == 1


class Completions:
    """The completions of a fact sheet that leaves some facts unknown.

    Args:
        known: A value for every other fact, by path.
        unknown: The facts without a value.
        limits: What is known of some of these.

    Raises:
        UsageError: If the limits leave no value that the known facts allow.
    """

    def __init__(
        self,
        circuit: Circuit,
        known: Mapping[str, Value],
        unknown: Iterable[str],
        limits: Mapping[str, Limits] | None = None,
    ) -> None:
        self.circuit = circuit
        self._manager = circuit.pcs.manager
        roots = [pc for answer in circuit.answers for _, pc in answer.values]
        # a fact that no rule reads may still exclude a value of one that is unknown
        roots += circuit.facts.excluded(circuit.pcs)
        kept = [
            circuit.facts.within(circuit.pcs, fact, item) for fact, item in (limits or {}).items()
        ]
        self._space = SituationSpace(circuit.facts, circuit.pcs, [*roots, *kept])
        self._free: dict[int, str] = {}
        missing = set(unknown)
        for variable, cells in self._space.cells.items():
            fact = circuit.pcs.variables[variable].fact
            if fact in missing:
                self._free.update((bit, fact) for bit, _ in cells[0].code)
        fixed = {bit: False for bit in range(self._manager.num_vars()) if bit not in self._free}
        fixed.update(self._codes(known, missing))
        self._fixed = self._cube(fixed)
        self._known = self._manager.true()
        for bit, wanted in fixed.items():
            self._known &= self._manager.var(bit) if wanted else self._manager.not_var(bit)
        self._allowed = self._restrict(self._space.diagram(circuit.pcs.all(kept)))
        if not self._allowed.satisfiable():
            said = ", ".join(f"{fact} {item}" for fact, item in (limits or {}).items())
            raise UsageError(f"no value is left: {said}")

    def _codes(self, known: Mapping[str, Value], missing: set[str]) -> Iterator[tuple[int, bool]]:
        """The bits of every known fact: the code of the cell in which its value lies."""
        facts, pcs = self.circuit.facts, self.circuit.pcs
        for variable, cells in self._space.cells.items():
            item = pcs.variables[variable]
            if item.fact in missing:
                continue
            value = facts.literal(pcs, item.fact, known[item.fact])
            for cell in cells:
                if pcs.both(cell.pc, value) != NEVER:
                    yield from cell.code
                    break

    def possible(self, answer: Answer) -> Possible:
        """What can stand in one place."""
        found = []
        for value, pc in answer.values:
            diagram = self._allowed & self._restrict(self.circuit.pcs.diagram(pc))
            if diagram.satisfiable():
                found.append((value, diagram))
        return Possible(answer, tuple(found))

    def matters(self, open_answers: Sequence[Possible]) -> tuple[str, ...]:
        """A smallest set of unknown facts that settles some answers, most decisive first.

        Smallest in that no fact of it can be left out. A fact is decisive in situations in which
        it alone changes an answer. From the least decisive one on, each fact is left out whose
        value the others settle.
        """
        bits = self._by_fact(open_answers)
        ranked = sorted(bits, key=lambda fact: (self._decisive(open_answers, bits[fact]), fact))
        kept = list(ranked)
        hidden = self._manager.true()
        for fact in ranked:
            trial = hidden & self._cube(bits[fact])
            if all(self._settled(item, trial) for item in open_answers):
                hidden = trial
                kept.remove(fact)
        return tuple(reversed(kept))

    def _by_fact(self, open_answers: Sequence[Possible]) -> dict[str, list[int]]:
        """The bits of the unknown facts that some answer depends on."""
        turns_on = support(diagram for item in open_answers for _, diagram in item.values)
        found: dict[str, list[int]] = {}
        for bit, fact in self._free.items():
            found.setdefault(fact, []).append(bit)
        return {fact: bits for fact, bits in found.items() if not turns_on.isdisjoint(bits)}

    def _decisive(self, open_answers: Sequence[Possible], bits: Sequence[int]) -> int:
        """In how many situations the fact with some bits changes some answer alone."""
        cube = self._cube(bits)
        pivotal = self._manager.false()
        for item in open_answers:
            reached = [diagram.exists(cube) for _, diagram in item.values]
            for index, diagram in enumerate(reached):
                for other in reached[index + 1 :]:
                    pivotal |= diagram & other
        return int((pivotal & self._allowed).sat_count(self._manager.num_vars()))

    def _settled(self, item: Possible, hidden: BCDDFunction) -> bool:
        """Whether an answer is one and the same whatever hidden bits are."""
        reached = [diagram.exists(hidden) for _, diagram in item.values]
        return not any(
            (diagram & other).satisfiable()
            for index, diagram in enumerate(reached)
            for other in reached[index + 1 :]
        )

    def _cube(self, bits: Iterable[int]) -> BCDDFunction:
        cube = self._manager.true()
        for bit in bits:
            cube &= self._manager.var(bit)
        return cube

    def _restrict(self, diagram: BCDDFunction) -> BCDDFunction:
        """The cofactor of a diagram by the bits of the known facts."""
        return (diagram & self._known).exists(self._fixed)
