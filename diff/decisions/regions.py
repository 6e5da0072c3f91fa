"""Regions: a difference in the words of the rules, with witnesses and blame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from oxidd.bcdd import BCDDFunction

from rsp_policy.engine.bdd.cover import Coverer, Literal
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.bdd.variables import Choice
from rsp_policy.engine.files.documents import Value, written

from .sides import Question, Side


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a region.

    Attributes:
        text: In words.
        side: The side on which it is meant; empty where it means the same on both.
        name: The condition's name, a fact's path, or the question's name for its frame.
        kind: `condition`, `fact` or `frame`.
        holds: Whether the condition holds or fails.
        values: For a fact, what it may be; for a member of a set, the member.
        member: Whether the clause is about a member of a set.
    """

    text: str
    side: str
    name: str
    kind: str
    holds: bool = True
    values: tuple[Value, ...] = ()
    member: bool = False


@dataclass(frozen=True, slots=True)
class Blame:
    """A reason that gives the answer of a region's side.

    Attributes:
        everywhere: Whether it does so in the whole region.
        witness: Whether it does so for the region's witness.
    """

    source: str
    says: str
    everywhere: bool
    witness: bool


@dataclass(frozen=True, slots=True)
class Region:
    """Situations described by a conjunction of conditions.

    Attributes:
        situations: How many there are; regions of one transition may overlap.
        witness: The facts of a plainest one that differ from their defaults.
    """

    when: tuple[Clause, ...]
    situations: int
    witness: Mapping[str, Value]
    old_because: tuple[Blame, ...]
    new_because: tuple[Blame, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """Regions, and the number of situations that they leave out because a bound stopped them."""

    regions: tuple[Region, ...]
    left_out: int


class Describer:
    """Puts differences between two sides into words."""

    def __init__(self, space: SituationSpace, old: Side, new: Side) -> None:
        self.space = space
        self.pcs = space.pcs
        self.old = old
        self.new = new
        self._coverer = Coverer(space)
        self._facts = list(self._fact_literals())

    def describe(
        self, difference: PathCondition, old: tuple[Question, str], new: tuple[Question, str]
    ) -> Described:
        """The regions of a difference.

        Args:
            old: A question as the old side answers it, and its answer in the difference.
            new: The same of the new side.
        """
        literals = [
            *self._frame(self.old.name, *old),
            *self._frame(self.new.name, *new),
            *self._conditions(difference, old[0].name),
            *self._facts_of(difference),
        ]
        cover = self._coverer.cover(difference, literals, widen=self._widened)
        regions = [self._region(difference, term, old, new) for term in cover.terms]
        regions.sort(key=lambda region: (len(region.when), -region.situations))
        return Described(tuple(regions), self.space.count_of(cover.left_out))

    def _frame(self, side: str, question: Question, answer: str) -> list[Literal]:
        """That a side finds nothing stricter than its answer: what a transition itself says."""
        order = question.order
        if answer not in order:
            return []
        stricter = order[order.index(answer) + 1 :]
        pc = self.pcs.any(question.answers.get(item, NEVER) for item in stricter) ^ 1
        if pc == ALWAYS:
            return []
        text = f"nothing stricter than {answer}" if order.index(answer) else "nothing against it"
        return [Literal(pc, 0, Clause(f"{side} finds {text}", side, question.name, "frame"))]

    def _conditions(self, pc: PathCondition, question: str) -> list[Literal]:
        """The conditions, on either side, that turn on nothing but what a difference turns on.

        Of several that say the same, the first is used: one named after the question, if any.
        """
        turns_on = self.space.turns_on(pc)
        literals: dict[PathCondition, Literal] = {}
        both = {(item.name, item.pc) for item in self.old.conditions} & {
            (item.name, item.pc) for item in self.new.conditions
        }
        usable = [
            (item, "" if (item.name, item.pc) in both else side.name)
            for side in (self.old, self.new)
            for item in side.conditions
            if item.pc not in (ALWAYS, NEVER)
            and turns_on >= self.space.turns_on(item.pc)
            and self.space.tells(item.pc)
        ]
        usable.sort(key=lambda item: not item[0].name.endswith(f".{question}"))
        # a title that says it straight is better than another one's contrary
        for holds in (True, False):
            for item, where in usable:
                clause = Clause(item.title, where, item.name, "condition", holds)
                held = item.pc if holds else item.pc ^ 1
                literals.setdefault(held, Literal(held, 1, clause))
        return list(literals.values())

    def _fact_literals(self) -> Iterator[tuple[int, Literal]]:
        for variable, cells in self.space.cells.items():
            item = self.pcs.variables[variable]
            for cell in cells:
                name = item.fact
                if isinstance(item, Choice) and item.member is not None:
                    says = f"{item.fact} {'includes' if cell.value else 'lacks'} {item.member}"
                    clause = Clause(says, "", name, "fact", bool(cell.value), (item.member,), True)
                else:
                    says = f"{item.fact}: {' or '.join(cell.values)}"
                    clause = Clause(says, "", name, "fact", True, cell.values)
                yield variable, Literal(cell.pc, 2, clause)

    def _facts_of(self, pc: PathCondition) -> list[Literal]:
        turns_on = self.space.turns_on(pc)
        return [literal for variable, literal in self._facts if variable in turns_on]

    def unfold(self, pc: PathCondition, bound: int) -> Described:
        """A path condition in terms of facts alone, without witnesses or blame."""
        cover = self._coverer.cover(pc, self._facts_of(pc), bound, widen=self._widened)
        regions = [
            Region(
                self._clauses(term),
                self.space.count(self.pcs.all(i.pc for i in term)),
                {},
                (),
                (),
            )
            for term in cover.terms
        ]
        regions.sort(key=lambda region: (len(region.when), -region.situations))
        return Described(tuple(regions), self.space.count_of(cover.left_out))

    @staticmethod
    def _clauses(term: Sequence[Literal]) -> tuple[Clause, ...]:
        clauses = [
            item.names for item in sorted(term, key=lambda item: (item.rank == 0, item.rank))
        ]
        return tuple(clause for clause in clauses if isinstance(clause, Clause))

    def _widened(self, term: tuple[Literal, ...], off: BCDDFunction) -> tuple[Literal, ...]:
        """A conjunction in which each fact may be all that keeps it inside the difference."""
        kept = list(term)
        for index, item in enumerate(kept):
            clause = item.names
            if item.rank != 2 or not isinstance(clause, Clause) or clause.member:
                continue
            rest = off
            for other in kept:
                if other is not item:
                    rest = rest & self.pcs.diagram(other.pc)
            values, pc = list(clause.values), item.pc
            for _, other in self._facts:
                assert isinstance(other.names, Clause)
                if other.names.name != clause.name or self.pcs.both(other.pc, pc) != NEVER:
                    continue
                if not (rest & self.pcs.diagram(other.pc)).satisfiable():
                    pc = self.pcs.either(pc, other.pc)
                    values += other.names.values
            says = f"{clause.name}: {' or '.join(map(written, values))}"
            kept[index] = Literal(pc, 2, Clause(says, "", clause.name, "fact", True, tuple(values)))
        return tuple(kept)

    def _region(
        self,
        difference: PathCondition,
        term: Sequence[Literal],
        old: tuple[Question, str],
        new: tuple[Question, str],
    ) -> Region:
        pc = self.pcs.all([difference, *(item.pc for item in term)])
        witness = self.space.witness(pc)
        here = self.space.assignment(witness)
        return Region(
            when=self._clauses(term),
            situations=self.space.count(pc),
            witness=witness,
            old_because=self._blame(*old, pc, here),
            new_because=self._blame(*new, pc, here),
        )

    def _blame(
        self, question: Question, answer: str, pc: PathCondition, here: Sequence[tuple[int, bool]]
    ) -> tuple[Blame, ...]:
        found = []
        for reason in question.causes:
            if reason.answer != answer:
                continue
            held = self.pcs.both(pc, reason.pc)
            if held != NEVER and self.space.possible(held):
                everywhere = held == pc or self.space.implies(pc, reason.pc)
                witness = everywhere or self.pcs.diagram(reason.pc).eval(here)
                found.append(Blame(reason.source, reason.says, everywhere, witness))
        found.sort(key=lambda blame: (not blame.everywhere, not blame.witness, blame.source))
        return tuple(found)
