"""The complete diff for people: a sentence a question, then transitions with their regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from rsp_policy.diff.decisions.complete import (
    EQUAL,
    LESS,
    MIXED,
    MORE,
    CompleteDiff,
    QuestionDiff,
    Transition,
)
from rsp_policy.diff.decisions.regions import Blame, Clause, Described, Region
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.report.blocks import Block, Heading, Items, Table, Text


def decision_diff_blocks(
    diff: CompleteDiff, *, detail: bool = False, limit: int | None = None, unfold: bool = False
) -> list[Block]:
    """The differences in decisions.

    Args:
        detail: Whether every transition is shown with its regions, witnesses and reasons; otherwise
            the report fits a screen.
        limit: The most regions of a transition; what is cut is said.
        unfold: Whether every condition that is named is put in terms of facts at the end.
    """
    blocks: list[Block] = [Heading("Decisions"), Text(opening(diff))]
    spoken, duties = spoken_and_duties(diff)
    if detail:
        for question in spoken:
            blocks += _detailed(diff, question, limit)
    else:
        blocks += _brief(spoken, duties, limit or 1)
    if detail and duties:
        blocks += duty_blocks(duties)
    if unfold:
        blocks += unfolded_blocks(diff, spoken)
    return blocks


def share(count: int, whole: int) -> str:
    """A share in per cent with two figures, never rounded to all or nothing.

    >>> share(1, 3), share(0, 3), share(3, 3), share(1, 10**9)
    ('33%', 'none', 'all', '0.0000001%')
    """
    if count in (0, whole):
        return "all" if count else "none"
    percent = 100 * count / whole
    if percent >= 99.5:
        return "over 99%"
    digits = 0 if percent >= 9.95 else 1
    while percent < 10.0 ** (-digits) and digits < 12:
        digits += 1
    figures = f"{percent:.{digits}f}"
    return f"{figures.rstrip('0').rstrip('.') if '.' in figures else figures}%"


def rounded(count: int) -> str:
    """A large number in words that can be read.

    >>> rounded(1234), rounded(3757752429710), rounded(10**64 - 1)
    ('1,234', '3.76e12', '1.00e64')
    """
    if count < 10**7:
        return f"{count:,}"
    return f"{Decimal(count):.2e}".replace("+", "")


def clause_text(clause: Clause) -> str:
    """A clause in words, with the version on whose side it is meant."""
    text = clause.text if clause.holds or clause.kind == "fact" else f"not: {clause.text}"
    return f"{text} ({clause.side})" if clause.side and clause.kind != "frame" else text


def opening(diff: CompleteDiff) -> str:
    """How many situations there are, and under which assumptions."""
    assumed = ""
    if diff.assumed:
        taken = "; ".join(
            f"{path} is {' or '.join(map(_value, values))}" for path, values in diff.assumed.items()
        )
        assumed = f", given that {taken}"
    if diff.empty:
        return f"Both decide alike in all {rounded(diff.situations)} situations{assumed}."
    return (
        f"The rules tell {rounded(diff.situations)} situations apart{assumed}. Every change of a "
        "decision is counted here; shares are of situations, not of likelihood."
    )


def _brief(
    questions: Sequence[QuestionDiff], duties: Sequence[QuestionDiff], limit: int
) -> Iterator[Block]:
    """A sentence a question, and of every gate the most common transition each way."""
    yield sentences(questions, duties)
    rows = [
        (question.name.replace("_", " "), *_row(question, transition, limit))
        for question in questions
        if question.kind != "standard"
        for transition in _leading(question)
    ]
    if rows:
        yield Table(("gate", "from -> to", "share", "mainly when"), tuple(rows))
        shown = sum(
            len(_leading(question)) for question in questions if question.kind != "standard"
        )
        rest = sum(len(question.transitions) for question in questions) - shown
        if rest:
            yield Text(f"{rest} more transitions: --gate shows those of a gate, --detail all.")


def spoken_and_duties(diff: CompleteDiff) -> tuple[list[QuestionDiff], list[QuestionDiff]]:
    """The questions that are told one by one, and the duties, of which there are hundreds."""
    spoken = [question for question in diff.questions if question.kind != "duty"]
    return spoken, [question for question in diff.questions if question.kind == "duty"]


def sentences(questions: Sequence[QuestionDiff], duties: Sequence[QuestionDiff]) -> Items:
    """A sentence for each question, and one for all duties."""
    lines = [
        f"{question.name.replace('_', ' ')}: {change_text(question)}" for question in questions
    ]
    return Items((*lines, _duties_sentence(duties)) if duties else tuple(lines))


def _leading(question: QuestionDiff) -> list[Transition]:
    """The most common transition each way."""
    ranked = sorted(question.transitions, key=lambda item: -item.situations)
    found = []
    for way in (False, True, None):
        found += [item for item in ranked if item.stricter is way][:1]
    return found


def _row(question: QuestionDiff, transition: Transition, limit: int) -> tuple[str, str, str]:
    regions = transition.regions
    words = "; or ".join(when_text(region, frame=False) for region in regions[:limit])
    more = len(regions) - limit
    rest = f"; {more} more region{'s' * (more > 1)}" if more > 0 else ""
    portion = share(transition.situations, question.situations)
    return f"{transition.source} -> {transition.target}", portion, f"{words}{rest}"


def change_text(question: QuestionDiff) -> str:
    """How the answers to one question differ, without its name."""
    whole = question.situations
    if question.direction in (MORE, LESS):
        return f"{question.direction}, in {share(question.changed, whole)} of situations"
    if question.milder and question.stricter:
        milder, stricter = share(question.milder, whole), share(question.stricter, whole)
        return f"incomparable; more permissive in {milder}, less in {stricter}"
    if not question.transitions:
        return "equivalent"
    return f"different in {share(question.changed, whole)} of situations"


def when_text(region: Region, *, frame: bool = True) -> str:
    """The conjunction of a region, with or without the clause about all the rest."""
    clauses = [clause for clause in region.when if frame or clause.kind != "frame"]
    return " and ".join(map(clause_text, clauses)) or "always"


def _detailed(diff: CompleteDiff, question: QuestionDiff, limit: int | None) -> Iterator[Block]:
    yield Heading(question.name.replace("_", " ").capitalize(), 3)
    yield Text(f"{change_text(question).capitalize()}.")
    for transition in question.transitions:
        yield from _transition(diff, question, transition, limit)


def _transition(
    diff: CompleteDiff, question: QuestionDiff, transition: Transition, limit: int | None
) -> Iterator[Block]:
    portion = share(transition.situations, question.situations)
    exact = rounded(transition.situations)
    regions = transition.regions[:limit]
    yield Heading(f"{transition.source} -> {transition.target}: {portion}, {exact} situations", 4)
    lines = ["".join(region_text(diff, transition, region)) for region in regions]
    if cut := len(transition.regions) - len(regions):
        lines.append(f"{cut} more region{'s' * (cut > 1)} left out by --limit")
    if transition.described.left_out:
        lines.append(f"{rounded(transition.described.left_out)} situations are not described")
    yield Items(tuple(lines))


def region_text(diff: CompleteDiff, transition: Transition, region: Region) -> tuple[str, str, str]:
    """A region of a transition: when, how much of it and because of whom, a witness, the end."""
    portion = share(region.situations, transition.situations)
    because = because_text(diff, region)
    told = f"{when_text(region)} [{portion} of these]. {because}Witness: "
    return told, witness_text(diff, region.witness), "."


def because_text(diff: CompleteDiff, region: Region) -> str:
    """The commitments to blame on both sides, as a sentence."""
    sides = ((diff.old.name, region.old_because), (diff.new.name, region.new_because))
    words = [f"{name}: {_blamed(blames)}" for name, blames in sides if blames]
    return f"Because of {'; '.join(words)}. " if words else ""


def _blamed(blames: Sequence[Blame]) -> str:
    here = list(dict.fromkeys(blame.source for blame in blames if blame.witness))
    others = {blame.source for blame in blames} - set(here)
    more = f" and in parts of it {len(others)} more" if others else ""
    return ", ".join(here) + more


def witness_text(diff: CompleteDiff, witness: Mapping[str, Value]) -> str:
    """The facts of a witness that differ from their defaults, in the form of a fact sheet."""
    vocabulary = diff.facts.vocabulary
    told = {path: value for path, value in witness.items() if vocabulary[path].default is not None}
    free = [path for path in witness if path not in told]
    words = [f"{path}: {_value(value)}" for path, value in told.items()]
    words += [f"{path}: {_value(witness[path])}" for path in free]
    return ", ".join(words) or "every fact at its default"


def _value(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _duties_sentence(duties: Sequence[QuestionDiff]) -> str:
    """How many duties changed which way."""
    kinds = Counter(question.direction for question in duties)
    words = ", ".join(f"{kinds[name]} {name}" for name in (MORE, LESS, MIXED, EQUAL) if kinds[name])
    return f"{len(duties)} duties: {words}"


def duty_blocks(duties: Sequence[QuestionDiff]) -> Iterator[Block]:
    """Every duty that differs, with its transitions."""
    yield Heading("Duties", 3)
    yield Text(f"{_duties_sentence(duties)}. A duty is less permissive where more is owed.")
    rows = tuple(
        (
            question.name,
            question.direction,
            ", ".join(f"{item.source} -> {item.target}" for item in question.transitions),
        )
        for question in duties
        if question.transitions
    )
    yield Table(("duty", "direction", "from -> to"), rows)


def unfolded_blocks(diff: CompleteDiff, questions: Iterable[QuestionDiff]) -> Iterator[Block]:
    """Every condition that a region names, in terms of facts."""
    named: dict[tuple[str, str], Clause] = {}
    for question in questions:
        for transition in question.transitions:
            for region in transition.regions:
                for clause in region.when:
                    if clause.kind == "condition":
                        named.setdefault((clause.name, clause.side), clause)
    if not named:
        return
    yield Heading("What the conditions say", 3)
    yield Text("Each condition in terms of facts; of long ones the most common cases.")
    for clause in sorted(named.values(), key=lambda clause: (clause.text, clause.side)):
        held = Clause(clause.text, clause.side, clause.name, clause.kind)
        yield Heading(clause_text(held), 4)
        yield Items(tuple(_cases(diff.unfold(held))))


def _cases(described: Described) -> Iterator[str]:
    for region in described.regions:
        yield when_text(region)
    if described.left_out:
        yield f"and {rounded(described.left_out)} situations besides"
