"""The complete diff: every situation in which two versions decide differently.

Two circuits over one store of path conditions are asked the same questions. For each, the
situations in which the answers differ are counted exactly, sorted by the transition from one answer
to the other, and described by regions, with a witness each. Nothing here knows what the rules are
about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rsp_policy.engine.bdd.fact_variables import FactVariables
from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition, PathConditions
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.files.documents import Value, written

from .regions import Clause, Described, Describer, Region
from .sides import NOTHING, Question, Side

MORE, LESS, EQUAL, MIXED = "more permissive", "less permissive", "equivalent", "incomparable"


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
    pc: PathCondition = field(repr=False)

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
        facts: FactVariables,
        pcs: PathConditions,
        old: Side,
        new: Side,
        *,
        assumed: Mapping[str, Sequence[Value]] | None = None,
        about: Iterable[str] | None = None,
    ) -> None:
        """Compare two sides.

        Args:
            assumed: What facts are taken to be, by path; any one of the values given.
            about: The names of the questions to ask; all by default.

        Raises:
            UnknownNameError: If an assumption is about no fact.
            UsageError: If an assumed value is not allowed, or no situation is left.
            BudgetError: If the diagrams outgrow their budget.
        """
        self.old = old
        self.new = new
        self.facts = facts
        self.pcs = pcs
        self.assumed = dict(assumed or {})
        check_assumptions(facts.vocabulary, self.assumed)
        names = list(dict.fromkeys([*old.questions, *new.questions]))
        chosen = names if about is None else [name for name in about if name in names]
        roots = [
            pc
            for side in (old, new)
            for name in chosen
            if name in side.questions
            for pc in side.questions[name].answers.values()
        ]
        self._roots = roots
        with pcs.bounded(roots):
            self.space = self.space_with(())
            self.situations = self.space.count()
        if not self.situations:
            said = ", ".join(f"{path}={_text(values)}" for path, values in self.assumed.items())
            raise UsageError(
                f"no situation is left under the assumptions {said}: they exclude one another"
            )
        self._describer = Describer(self.space, old, new)
        with pcs.bounded(roots):
            self.questions = tuple(self._compare(name) for name in chosen)

    def space_with(self, others: Iterable[PathCondition]) -> SituationSpace:
        """The space of these questions in which other formulas are told apart as well."""
        taken = self.pcs.all(
            self._assumption(path, values) for path, values in self.assumed.items()
        )
        return SituationSpace(self.facts, self.pcs, [*self._roots, *others], taken)

    def _assumption(self, path: str, values: Sequence[Value]) -> PathCondition:
        return self.facts.among(self.pcs, path, values)

    @cached_property
    def changed(self) -> int:
        """In how many situations some answer differs."""
        return self.space.count(self.difference)

    @cached_property
    def difference(self) -> PathCondition:
        """The path condition under which some answer differs."""
        return self.pcs.any(
            transition.pc for question in self.questions for transition in question.transitions
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
                pc = self.pcs.both(was, becomes)
                if pc != NEVER and (count := self.space.count(pc)):
                    stricter = None
                    if source in rank and target in rank:
                        stricter = rank[source] < rank[target]
                    transitions.append(Transition(source, target, count, stricter, self, name, pc))
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

    def describe(self, transition: Transition) -> Described:
        """The regions of a transition.

        Raises:
            BudgetError: If the diagrams outgrow their budget.
        """
        old, new = self._sides(transition.question)
        with self.pcs.bounded([transition.pc]):
            return self._describer.describe(
                transition.pc, (old, transition.source), (new, transition.target)
            )

    def unfold(self, clause: Clause, bound: int = 12) -> Described:
        """What a condition says, in terms of the facts it turns on.

        The regions of the result have no witness and blame nobody.

        Args:
            bound: The most cases; how many situations others hold is counted.
        """
        side = self.new if clause.side == self.new.name else self.old
        pc = next(item.pc for item in side.conditions if item.name == clause.name)
        with self.pcs.bounded([pc]):
            return self._describer.unfold(pc if clause.holds else pc ^ 1, bound)


def check_assumptions(vocabulary: Vocabulary, assumed: Mapping[str, Sequence[Value]]) -> None:
    """Refuse assumptions that the vocabulary does not allow.

    Raises:
        UnknownNameError: If one is about no fact.
        UsageError: If a value is not allowed, or none is given.
    """
    for path, values in assumed.items():
        fact = vocabulary[path]
        if not values:
            raise UsageError(f"no value is assumed for `{path}`")
        for value in values:
            if complaint := fact.complaint(value):
                raise UsageError(f"assumption about `{path}`: {complaint}")


def _direction(steps: set[bool | None]) -> str:
    if not steps:
        return EQUAL
    if steps == {True}:
        return LESS
    return MORE if steps == {False} else MIXED


def _text(values: Sequence[Value]) -> str:
    return ",".join(map(written, values))
