"""Claims about a change, checked in every situation: *no gate becomes more permissive*.

A claim file is a list. Each claim `says` in words what it claims, names the questions that it is
`about` (`gates`, `standards`, `duties`, `everything`, or single ones), perhaps `but` some, and what
they `never` do; `unless` lists situations that it leaves out, by facts or by conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rsp_policy.engine.bdd.path_conditions import ALWAYS, NEVER, PathCondition
from rsp_policy.engine.bdd.situations import SituationSpace
from rsp_policy.engine.errors import InvalidFileError, Problem, alternatives
from rsp_policy.engine.files.documents import Document, Value, items, mapping, texts
from rsp_policy.engine.files.schema import packaged, problems_of

from .complete import CompleteDiff, QuestionDiff, Transition
from .sides import Side

_GROUPS = {"gates": "gate", "standards": "standard", "duties": "duty", "answers": "answer"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about the difference of two versions.

    Attributes:
        questions: The names of the questions that it is about.
        never: `changed`, `more permissive` or `less permissive`.
        unless: The path condition of the situations that it leaves out.
    """

    says: str
    place: str
    questions: tuple[str, ...]
    never: str
    unless: PathCondition


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A situation in which a claim fails, and what happens there.

    Attributes:
        situations: In how many situations the claim fails.
        whole: Of how many; the claims of a file may tell more situations apart than the rules.
        witness: The facts of a plainest one that differ from their defaults.
    """

    question: str
    source: str
    target: str
    situations: int
    whole: int
    witness: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its counterexample, if it has one."""

    claim: Claim
    counterexample: Counterexample | None


def check_claims(document: Document, diff: CompleteDiff) -> tuple[Checked, ...]:
    """Check every claim of a file in every situation.

    Raises:
        InvalidFileError: With every problem of the file.
    """
    claims = load_claims(document, diff)
    with diff.pcs.bounded(claim.unless for claim in claims):
        space = diff.space_with(claim.unless for claim in claims)
        return tuple(Checked(claim, _failure(claim, diff, space)) for claim in claims)


def load_claims(document: Document, diff: CompleteDiff) -> tuple[Claim, ...]:
    """The claims in a document that follows `policies/schema/claims.schema.json`.

    Raises:
        InvalidFileError: With every problem.
    """
    problems = problems_of(document, packaged("claims"))
    if problems or not isinstance(document.value, list):
        raise InvalidFileError(problems)
    reader = _Reader(document, diff)
    claims = tuple(reader.claim(index, mapping(item)) for index, item in enumerate(document.value))
    if reader.problems:
        raise InvalidFileError(reader.problems)
    return claims


def _failure(claim: Claim, diff: CompleteDiff, space: SituationSpace) -> Counterexample | None:
    """The plainest situation of the first transition that breaks a claim."""
    pcs = diff.pcs
    broken = NEVER
    first: tuple[Transition, PathCondition] | None = None
    for name in claim.questions:
        for transition in diff.question(name).transitions:
            if not _forbidden(claim.never, transition):
                continue
            pc = pcs.both(transition.pc, claim.unless ^ 1)
            if pc != NEVER and space.possible(pc):
                broken = pcs.either(broken, pc)
                first = first or (transition, pc)
    if first is None:
        return None
    transition, pc = first
    return Counterexample(
        question=transition.question,
        source=transition.source,
        target=transition.target,
        situations=space.count(broken),
        whole=space.count(),
        witness=space.witness(pc),
    )


def _forbidden(never: str, transition: Transition) -> bool:
    if never == "changed":
        return True
    return transition.stricter is (never == "less permissive")


class _Reader:
    def __init__(self, document: Document, diff: CompleteDiff) -> None:
        self.document = document
        self.diff = diff
        self.problems: list[Problem] = []

    def claim(self, index: int, item: Mapping[str, Value]) -> Claim:
        line = self.document.lines.get((index,))
        name = self.document.name
        unless = self.diff.pcs.any(
            self.situation((index, "unless", number), mapping(part))
            for number, part in enumerate(items(item.get("unless")))
        )
        return Claim(
            says=str(item["says"]),
            place=f"{name}:{line}" if line else name,
            questions=tuple(question.name for question in self.questions(index, item)),
            never=str(item["never"]),
            unless=unless,
        )

    def questions(self, index: int, item: Mapping[str, Value]) -> Sequence[QuestionDiff]:
        about = item["about"]
        every = {question.name: question for question in self.diff.questions}
        left_out = set(self.named((index, "but"), item.get("but"), every))
        if about == "everything":
            chosen = list(every.values())
        elif isinstance(about, str) and about in _GROUPS:
            chosen = [q for q in self.diff.questions if q.kind == _GROUPS[about]]
        else:
            listed: list[Value] = about if isinstance(about, list) else [about]
            chosen = [every[name] for name in self.named((index, "about"), listed, every)]
        return [question for question in chosen if question.name not in left_out]

    def named(
        self, place: tuple[int | str, ...], value: Value, known: Mapping[str, object]
    ) -> Iterator[str]:
        for name in texts(value or []):
            if name in known:
                yield name
            else:
                self.wrong(place, f"unknown question `{name}`{alternatives(name, known)}")

    def situation(self, place: tuple[int | str, ...], part: Mapping[str, Value]) -> PathCondition:
        pcs = [
            self.fact((*place, "facts", path), path, value)
            for path, value in mapping(part.get("facts")).items()
        ]
        for version, names in mapping(part.get("conditions")).items():
            pcs += self.conditions((*place, "conditions", version), version, texts(names))
        return self.diff.pcs.all(pcs)

    def fact(self, place: tuple[int | str, ...], path: str, value: Value) -> PathCondition:
        facts = self.diff.facts
        if path not in facts.vocabulary.facts:
            known = facts.vocabulary.facts
            return self.wrong(place, f"unknown fact `{path}`{alternatives(path, known)}")
        fact = facts.vocabulary[path]
        several = isinstance(value, list) and fact.kind != "set"
        values = items(value) if several else [value]
        for item in values:
            if complaint := fact.complaint(item):
                return self.wrong(place, complaint)
        return self.diff.pcs.any(facts.literal(self.diff.pcs, path, item) for item in values)

    def conditions(
        self, place: tuple[int | str, ...], version: str, names: Sequence[str]
    ) -> Iterator[PathCondition]:
        sides = {side.name: side for side in (self.diff.old, self.diff.new)}
        if version not in sides:
            yield self.wrong(place, f"`{version}` is not compared; compared: {', '.join(sides)}")
            return
        known = _short_names(sides[version])
        for name in names:
            bare = name.removeprefix("not ")
            if bare not in known:
                yield self.wrong(place, f"unknown condition `{bare}`{alternatives(bare, known)}")
            else:
                yield known[bare] ^ (name != bare)

    def wrong(self, place: tuple[int | str, ...], message: str) -> PathCondition:
        self.problems.append(self.document.problem(place, message))
        return ALWAYS


def _short_names(side: Side) -> dict[str, PathCondition]:
    """The conditions of a side by their name without package."""
    return {item.short: item.pc for item in side.conditions}
