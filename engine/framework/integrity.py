"""What must hold across the files of a framework, each failure with its file and line.

A file by itself is checked where it is loaded; here stand the references between files: terms and
their kinds, duties and their facts and conditions, directions, links, rules and their commitments.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import Problem, alternatives
from rsp_policy.engine.records.commitments import Commitment, Duty, Entry
from rsp_policy.engine.records.direction import direction, movements

if TYPE_CHECKING:
    from .history import History


def problems_of(history: History) -> tuple[Problem, ...]:
    """Every broken reference of a framework, in order of files and lines."""
    found = [
        Problem(commitment.file, entry.line, f"{commitment.id} {entry.version}", message)
        for commitment in history.commitments.values()
        for entry, message in _commitment(history, commitment)
    ]
    found += [problem for problems in history.unread.values() for problem in problems]
    found += history.rule_set.problems()
    found += _rules(history)
    found += _loops(history)
    return tuple(sorted(set(found), key=lambda item: (item.file, item.line or 0, item.message)))


def stated_directions(history: History) -> Iterator[tuple[Commitment, Entry]]:
    """The changes whose direction is the author's statement, because nothing computes it."""
    for commitment in history.commitments.values():
        for old, new in _pairs(commitment):
            if new.change and not new.ended and not computed_direction(history, old, new):
                yield commitment, new


def computed_direction(history: History, old: Entry | None, new: Entry) -> str:
    """The direction that the files decide by themselves; empty where they do not."""
    if new.ended:
        return "relocated" if new.moved_to else "removed"
    if old is None or old.ended:
        return "" if new.replaces else "added"
    scales = history.scales
    return direction(movements(old, new, history.terms, list(scales.forces), scales.levels))


def _pairs(commitment: Commitment) -> Iterator[tuple[Entry | None, Entry]]:
    yield from zip((None, *commitment.history), commitment.history, strict=False)


def _commitment(history: History, commitment: Commitment) -> Iterator[tuple[Entry, str]]:
    for old, new in _pairs(commitment):
        yield from ((new, message) for message in _links(history, commitment, new))
        if new.change:
            yield from ((new, message) for message in _direction(history, old, new))
        if not new.ended:
            yield from ((new, message) for message in _terms(history, new))
            yield from ((new, message) for message in _execution(history, commitment, new))
            yield from ((new, message) for message in _places(history, commitment, new))
            if new.actor not in history.scales.actors:
                known = alternatives(new.actor, history.scales.actors)
                yield new, f"unknown actor `{new.actor}`{known}"


def _links(history: History, commitment: Commitment, entry: Entry) -> Iterator[str]:
    for target in (*entry.replaces, *filter(None, [entry.moved_to])):
        if target not in history.commitments and target not in history.unread:
            yield f"unknown commitment `{target}`{alternatives(target, history.commitments)}"
    first = entry is commitment.history[0]
    if first and entry.version != history.encoded[0] and entry.change is None:
        yield f"`change` is missing: the commitment is new in {entry.version}; say why"
    if first and entry.version == history.encoded[0] and entry.change is not None:
        yield f"`change` has no place in {entry.version}, the first version encoded"


def _places(history: History, commitment: Commitment, entry: Entry) -> Iterator[str]:
    """Whether the record says where every version states what the entry holds."""
    after = commitment.history[commitment.history.index(entry) + 1 :]
    names = list(history.encoded)
    end = names.index(after[0].version) if after else len(names)
    wanted = names[names.index(entry.version) + 1 : end]
    for version in wanted:
        if version not in entry.restated:
            yield f"`restated` does not say where {version} states it"
    for version in entry.restated:
        if version not in wanted:
            yield f"`restated` names `{version}`, in which this entry does not stand"


def _direction(history: History, old: Entry | None, new: Entry) -> Iterator[str]:
    assert new.change is not None
    computed = computed_direction(history, old, new)
    stated = new.change.direction
    if computed and stated not in ("", "mixed", computed):
        yield f"the direction is stated as `{stated}`; force and terms make it `{computed}`"
    if not computed and not stated:
        yield "`direction` is missing: neither force nor terms decide it"
    if new.change.announced != "silent" and not new.change.where:
        yield f"`where` is missing: a change that is `{new.change.announced}` has a place"


def _terms(history: History, entry: Entry) -> Iterator[str]:
    for name, term in entry.terms.items():
        kind = history.terms.get(name)
        if kind is None:
            yield f"the term `{name}` has no unit and polarity{alternatives(name, history.terms)}"
            continue
        wanted = {"set": tuple, "level": str}.get(kind.unit)
        fits = isinstance(term, wanted) if wanted else isinstance(term, int | float)
        if not fits:
            yield f"the term `{name}` does not fit its unit `{kind.unit}`"
        elif kind.unit == "level" and term not in history.scales.levels:
            yield f"unknown level `{term}`{alternatives(str(term), history.scales.levels)}"


def _execution(history: History, commitment: Commitment, entry: Entry) -> Iterator[str]:
    rules = history.rule_set
    has_rule = commitment.id in rules.commitments or commitment.id in rules.used_by_conditions
    if entry.duty:
        yield from _duty(history, entry, entry.duty)
    elif entry.unexecuted and has_rule:
        yield "`executes: false` stands here, but a rule executes it"
    elif not entry.unexecuted and not has_rule:
        yield "no rule executes it: give it a `duty`, a rule file, or `executes: false` with why"


def _duty(history: History, entry: Entry, duty: Duty) -> Iterator[str]:
    facts = history.vocabulary.facts
    numbers = ("number", "integer")
    for path, kinds in ((duty.done, ("boolean",)), (duty.elapsed, numbers), (duty.amount, numbers)):
        if path and path not in facts:
            yield f"unknown fact `{path}`{alternatives(path, facts)}"
        elif path and facts[path].kind not in kinds:
            yield f"the fact `{path}` is a {facts[path].kind}; a {kinds[0]} is wanted"
    for name in filter(None, (duty.when, duty.before)):
        rules = history.rule_set.conditions.get(name, ())
        if not rules or any(rule.takes_arguments for rule in rules):
            known = [item for item in history.rule_set.conditions if not item.startswith("_")]
            yield f"unknown condition `{name}`{alternatives(name, known)}"
    limits = (("within", duty.within, duty.elapsed), ("at_least", duty.at_least, duty.amount))
    for key, term, path in limits:
        if term and term not in entry.terms:
            yield f"`{key}` names `{term}`, which is no term of this commitment"
        elif term and path in facts and term in history.terms:
            units = history.terms[term].unit, facts[path].unit
            if units[0] != units[1]:
                yield f"`{term}` counts {units[0]}, `{path}` counts {units[1]}"
    for gate in duty.precondition_of:
        if gate not in history.scales.gates:
            yield f"unknown gate `{gate}`{alternatives(gate, history.scales.gates)}"


def _rules(history: History) -> Iterator[Problem]:
    rules = history.rule_set
    tested = {module.package.removesuffix("_test") for module in rules.tests}
    for id, module in rules.commitments.items():
        if id not in history.commitments and id not in history.unread:
            message = f"a rule for `{id}`, which is no commitment"
            yield Problem(str(module.file), 1, "", message + alternatives(id, history.commitments))
        if module.package not in tested:
            yield Problem(str(module.file), 1, "", "no test stands beside this rule")


def _loops(history: History) -> Iterator[Problem]:
    for commitment in history.commitments.values():
        seen, current = [commitment.id], commitment
        while (target := current.history[-1].moved_to) in history.commitments:
            if target in seen:
                chain = " -> ".join((*seen, target))
                entry = commitment.history[-1]
                message = f"`moved_to` leads in a circle: {chain}"
                yield Problem(commitment.file, entry.line, commitment.id, message)
                break
            seen.append(target)
            current = history.commitments[target]
