"""The complete diff: every situation in which two versions decide differently.

Two circuits over one store of guards are asked the same questions. For each, the situations in
which the answers differ are counted exactly, sorted by the transition from one answer to the other,
and described by regions, with a witness each. Nothing here knows what the rules are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from oxidd.bcdd import BCDDFunction

from rsp_policy.engine.circuit import Condition
from rsp_policy.engine.documents import Value
from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.lift.guards import ALWAYS, NEVER, Choice, Guard, Guards
from rsp_policy.engine.lift.situations import Space
from rsp_policy.engine.lift.space import Facts

from .cover import Coverer, Literal

NOTHING = "none"
"""The answer of a version that says nothing to a question."""

MORE, LESS, EQUAL, MIXED = "more permissive", "less permissive", "equivalent", "incomparable"


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that gives an answer on one side, such as a finding.

    Attributes:
        answer: The answer that it asks for.
        source: Who says so, such as a commitment.
        says: What it says.
    """

    answer: str
    source: str
    says: str
    guard: Guard


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one side, with the guard of every answer.

    Attributes:
        kind: What sort of question it is, such as `gate`.
        answers: The guards exclude one another, and one of them holds.
        order: The answers from the mildest to the strictest; empty where they have no order.
    """

    name: str
    kind: str
    answers: Mapping[str, Guard]
    order: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions that are compared."""

    name: str
    questions: Mapping[str, Question]
    conditions: tuple[Condition, ...]


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


@dataclass(frozen=True)
class Transition:
    """The situations in which a question goes from one answer to another.

    Attributes:
        stricter: Whether the new answer is the stricter one; `None` where answers have no order.
    """

    source: str
    target: str
    situations: int
    stricter: bool | None
    _diff: CompleteDiff = field(repr=False, compare=False)
    _question: str = field(repr=False)
    guard: Guard = field(repr=False)

    @cached_property
    def described(self) -> Described:
        """The regions, found at first use."""
        return self._diff.describe(self)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions, those with the fewest conditions first."""
        return self.described.regions

    @property
    def question(self) -> str:
        """The name of the question."""
        return self._question


@dataclass(frozen=True, slots=True)
class Described:
    """Regions, and the number of situations that they leave out because a bound stopped them."""

    regions: tuple[Region, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class QuestionDiff:
    """How the answers to one question differ.

    Attributes:
        milder: In how many situations the new answer is milder.
        stricter: In how many it is stricter.
    """

    name: str
    kind: str
    direction: str
    situations: int
    changed: int
    milder: int
    stricter: int
    transitions: tuple[Transition, ...]


class CompleteDiff:
    """All situations in which two sides answer some questions differently.

    Attributes:
        situations: How many situations the rules of both sides can tell apart.
        changed: In how many of them some answer differs.
        questions: One for each question that either side answers, in order.
    """

    def __init__(
        self,
        facts: Facts,
        guards: Guards,
        old: Side,
        new: Side,
        *,
        assumed: Mapping[str, Sequence[Value]] | None = None,
        about: Iterable[str] | None = None,
    ) -> None:
        self.old = old
        self.new = new
        self.facts = facts
        self.guards = guards
        self.assumed = dict(assumed or {})
        names = list(dict.fromkeys([*old.questions, *new.questions]))
        chosen = names if about is None else [name for name in about if name in names]
        roots = [
            guard
            for side in (old, new)
            for name in chosen
            if name in side.questions
            for guard in side.questions[name].answers.values()
        ]
        taken = guards.all(self._assumption(path, values) for path, values in self.assumed.items())
        with guards.bounded(roots):
            self.space = Space(facts, guards, roots, taken)
            self.situations = self.space.count()
        if not self.situations:
            said = ", ".join(f"{path}={_text(values)}" for path, values in self.assumed.items())
            raise UsageError(
                f"no situation is left under the assumptions {said}: they exclude one another"
            )
        self._coverer = Coverer(self.space)
        self._facts = list(self._fact_literals())
        with guards.bounded(roots):
            self.questions = tuple(self._compare(name) for name in chosen)

    def _assumption(self, path: str, values: Sequence[Value]) -> Guard:
        return self.guards.any(self.facts.literal(self.guards, path, value) for value in values)

    @cached_property
    def changed(self) -> int:
        """In how many situations some answer differs."""
        return self.space.count(self.difference)

    @cached_property
    def difference(self) -> Guard:
        """The guard under which some answer differs."""
        return self.guards.any(
            transition.guard for question in self.questions for transition in question.transitions
        )

    @property
    def empty(self) -> bool:
        """Whether both sides answer alike in every situation."""
        return not any(question.transitions for question in self.questions)

    def question(self, name: str) -> QuestionDiff:
        """The difference about one question."""
        return next(question for question in self.questions if question.name == name)

    def _sides(self, name: str) -> tuple[Question, Question]:
        old, new = self.old.questions.get(name), self.new.questions.get(name)
        there = old or new
        assert there is not None
        silent = Question(name, there.kind, {NOTHING: ALWAYS}, there.order)
        return old or silent, new or silent

    def _compare(self, name: str) -> QuestionDiff:
        old, new = self._sides(name)
        rank = {answer: index for index, answer in enumerate(old.order or new.order)}
        transitions = []
        for source, was in old.answers.items():
            for target, becomes in new.answers.items():
                if source == target:
                    continue
                guard = self.guards.both(was, becomes)
                if guard != NEVER and (count := self.space.count(guard)):
                    stricter = None
                    if source in rank and target in rank:
                        stricter = rank[source] < rank[target]
                    transitions.append(
                        Transition(source, target, count, stricter, self, name, guard)
                    )
        transitions.sort(
            key=lambda t: (rank.get(t.source, 0), rank.get(t.target, 0), t.source, t.target)
        )
        steps: dict[bool | None, int] = {True: 0, False: 0, None: 0}
        for item in transitions:
            steps[item.stricter] += item.situations
        return QuestionDiff(
            name=name,
            kind=old.kind,
            direction=_direction({item.stricter for item in transitions}),
            situations=self.situations,
            changed=sum(steps.values()),
            milder=steps[False],
            stricter=steps[True],
            transitions=tuple(transitions),
        )

    # regions

    def describe(self, transition: Transition) -> Described:
        """The regions of a transition.

        Raises:
            BudgetError: If the diagrams outgrow their budget.
        """
        with self.guards.bounded([transition.guard]):
            return self._described(transition)

    def _described(self, transition: Transition) -> Described:
        old, new = self._sides(transition.question)
        literals = [
            *self._frame(self.old.name, old, transition.source),
            *self._frame(self.new.name, new, transition.target),
            *self._conditions(transition.guard, transition.question),
            *self._facts_of(transition.guard),
        ]
        cover = self._coverer.cover(transition.guard, literals, widen=self._widened)
        regions = [self._region(transition, term, old, new) for term in cover.terms]
        regions.sort(key=lambda region: (len(region.when), -region.situations))
        return Described(tuple(regions), self.space.count_of(cover.left_out))

    def _frame(self, side: str, question: Question, answer: str) -> list[Literal]:
        """That a side finds nothing stricter than its answer: what a transition itself says."""
        order = question.order
        if answer not in order:
            return []
        stricter = order[order.index(answer) + 1 :]
        guard = self.guards.any(question.answers.get(item, NEVER) for item in stricter) ^ 1
        if guard == ALWAYS:
            return []
        text = f"nothing stricter than {answer}" if order.index(answer) else "nothing against it"
        return [Literal(guard, 0, Clause(f"{side} finds {text}", side, question.name, "frame"))]

    def _conditions(self, guard: Guard, question: str) -> list[Literal]:
        """The conditions, on either side, that turn on nothing but what a difference turns on.

        Of several that say the same, the first is used: one named after the question, if any.
        """
        support = set(self.guards.facts([guard]))
        literals: dict[Guard, Literal] = {}
        both = {(item.name, item.guard) for item in self.old.conditions} & {
            (item.name, item.guard) for item in self.new.conditions
        }
        usable = [
            (item, "" if (item.name, item.guard) in both else side.name)
            for side in (self.old, self.new)
            for item in side.conditions
            if item.guard not in (ALWAYS, NEVER) and support >= self._support(item.guard)
        ]
        usable.sort(key=lambda item: not item[0].name.endswith(f".{question}"))
        # a title that says it straight is better than another one's contrary
        for holds in (True, False):
            for item, where in usable:
                clause = Clause(item.title, where, item.name, "condition", holds)
                held = item.guard if holds else item.guard ^ 1
                literals.setdefault(held, Literal(held, 1, clause))
        return list(literals.values())

    def _support(self, guard: Guard) -> frozenset[str]:
        found = self._supports.get(guard >> 1)
        if found is None:
            found = self._supports[guard >> 1] = frozenset(self.guards.facts([guard]))
        return found

    @cached_property
    def _supports(self) -> dict[int, frozenset[str]]:
        return {}

    def _fact_literals(self) -> Iterable[tuple[str, Literal]]:
        for variable, cells in self.space.cells.items():
            item = self.guards.variables[variable]
            for cell in cells:
                name = item.fact
                if isinstance(item, Choice) and item.member is not None:
                    says = f"{item.fact} {'includes' if cell.value else 'lacks'} {item.member}"
                    clause = Clause(says, "", name, "fact", bool(cell.value), (item.member,), True)
                else:
                    says = f"{item.fact}: {' or '.join(cell.values)}"
                    clause = Clause(says, "", name, "fact", True, cell.values)
                yield name, Literal(cell.guard, 2, clause)

    def _facts_of(self, guard: Guard) -> list[Literal]:
        support = self._support(guard)
        return [literal for name, literal in self._facts if name in support]

    def unfold(self, clause: Clause, bound: int = 12) -> Described:
        """What a condition says, in terms of the facts it turns on.

        The regions of the result have no witness and blame nobody.
        """
        side = self.new if clause.side == self.new.name else self.old
        guard = next(item.guard for item in side.conditions if item.name == clause.name)
        guard = guard if clause.holds else guard ^ 1
        cover = self._coverer.cover(guard, self._facts_of(guard), bound, widen=self._widened)
        regions = [
            Region(
                self._clauses(term),
                self.space.count(self.guards.all(i.guard for i in term)),
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
                    rest = rest & self.guards.diagram(other.guard)
            values, guard = list(clause.values), item.guard
            for name, other in self._facts:
                if name != clause.name or self.guards.both(other.guard, guard) != NEVER:
                    continue
                if not (rest & self.guards.diagram(other.guard)).satisfiable():
                    assert isinstance(other.names, Clause)
                    guard = self.guards.either(guard, other.guard)
                    values += other.names.values
            says = f"{clause.name}: {' or '.join(map(_plain, values))}"
            kept[index] = Literal(
                guard, 2, Clause(says, "", clause.name, "fact", True, tuple(values))
            )
        return tuple(kept)

    def _region(
        self, transition: Transition, term: Sequence[Literal], old: Question, new: Question
    ) -> Region:
        guard = self.guards.all([transition.guard, *(item.guard for item in term)])
        witness = self.space.witness(guard)
        here = self.space.assignment(witness)
        return Region(
            when=self._clauses(term),
            situations=self.space.count(guard),
            witness=witness,
            old_because=self._blame(old, transition.source, guard, here),
            new_because=self._blame(new, transition.target, guard, here),
        )

    def _blame(
        self, question: Question, answer: str, guard: Guard, here: Sequence[tuple[int, bool]]
    ) -> tuple[Blame, ...]:
        found = []
        for reason in question.reasons:
            if reason.answer != answer:
                continue
            held = self.guards.both(guard, reason.guard)
            if held != NEVER and self.space.possible(held):
                everywhere = held == guard or self.space.implies(guard, reason.guard)
                witness = everywhere or self.guards.diagram(reason.guard).eval(here)
                found.append(Blame(reason.source, reason.says, everywhere, witness))
        found.sort(key=lambda blame: (not blame.everywhere, not blame.witness, blame.source))
        return tuple(found)


def _direction(steps: set[bool | None]) -> str:
    if not steps:
        return EQUAL
    if steps == {True}:
        return LESS
    return MORE if steps == {False} else MIXED


def _text(values: Sequence[Value]) -> str:
    return ",".join(map(_plain, values))


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
