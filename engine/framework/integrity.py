"""What must hold across the files of a framework, each failure with its file and line.

A file by itself is checked where it is loaded; here stand the references between files: terms and
their kinds, duties and their facts and conditions, directions, links, rules and their commitments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import Problem, alternatives
from rsp_policy.engine.files.documents import read
from rsp_policy.engine.records.commitments import Commitment, Duty, Entry
from rsp_policy.engine.records.direction import computed_direction, successive

from .rule_checks import written_words

if TYPE_CHECKING:
    from .policy import Framework


def problems_of(
    history: Framework, unread: Mapping[str, tuple[Problem, ...]]
) -> tuple[Problem, ...]:
    """Every broken reference of a framework, in order of files and lines.

    Args:
        unread: The problems of commitments that could not be read, by id.
    """
    found = [
        Problem(commitment.file, entry.line, f"{commitment.id} {entry.version}", message)
        for commitment in history.commitments.values()
        for entry, message in _commitment(history, commitment, unread)
    ]
    found += [problem for problems in unread.values() for problem in problems]
    found += history.rule_set.problems()
    found += _rules(history, unread)
    found += written_words(history.rule_set, history.scales)
    found += _places(history, unread)
    found += _loops(history)
    return tuple(sorted(set(found), key=lambda item: (item.file, item.line or 0, item.message)))


def _commitment(
    history: Framework, commitment: Commitment, unread: Collection[str]
) -> Iterator[tuple[Entry, str]]:
    for old, new in successive(commitment):
        yield from ((new, message) for message in _links(history, commitment, new, unread))
        if new.change:
            yield from ((new, message) for message in _direction(history, old, new))
        if not new.ended:
            yield from ((new, message) for message in _terms(history, new))
            yield from ((new, message) for message in _execution(history, commitment, new))
            if new.force not in history.scales.forces:
                known = alternatives(new.force, history.scales.forces)
                yield new, f"unknown force `{new.force}`{known}"
            if new.actor not in history.scales.actors:
                known = alternatives(new.actor, history.scales.actors)
                yield new, f"unknown actor `{new.actor}`{known}"


def _links(
    history: Framework, commitment: Commitment, entry: Entry, unread: Collection[str]
) -> Iterator[str]:
    for target in (*entry.replaces, *filter(None, [entry.moved_to])):
        if target not in history.commitments and target not in unread:
            yield f"unknown commitment `{target}`{alternatives(target, history.commitments)}"
    first = entry is commitment.history[0]
    if first and entry.version != history.encoded[0] and entry.change is None:
        yield f"`change` is missing: the commitment is new in {entry.version}; say why"
    if first and entry.version == history.encoded[0] and entry.change is not None:
        yield f"`change` has no place in {entry.version}, the first version encoded"


def _places(history: Framework, unread: Collection[str]) -> Iterator[Problem]:
    """Whether every commitment has a place, and no place is left over."""
    names = tuple(history.versions_by_id)
    for item in history.commitments.values():
        for entry in item.history:
            if not entry.ended and history.place(item.id, entry.version) is None:
                message = f"no file in `places` says where {entry.version} states it"
                yield Problem(item.file, entry.line, f"{item.id} {entry.version}", message)
    for version, places in history.places.items():
        for id in places:
            commitment = history.commitments.get(id)
            if commitment is None and id not in unread:
                message = f"unknown commitment `{id}`{alternatives(id, history.commitments)}"
            elif commitment is not None and commitment.entry(names, version) is None:
                message = f"it does not stand in {version}"
            else:
                continue
            yield read(history.folder / "places" / f"{version}.yaml").problem((id,), message)


def _direction(history: Framework, old: Entry | None, new: Entry) -> Iterator[str]:
    assert new.change is not None
    computed = computed_direction(history, old, new)
    stated = new.change.direction
    if computed and stated not in ("", "mixed", computed):
        yield f"the direction is stated as `{stated}`; force and terms make it `{computed}`"
    if not computed and not stated:
        yield "`direction` is missing: neither force nor terms decide it"
    if new.change.announced != "silent" and not new.change.where:
        yield f"`where` is missing: a change that is `{new.change.announced}` has a place"


def _terms(history: Framework, entry: Entry) -> Iterator[str]:
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


def _execution(history: Framework, commitment: Commitment, entry: Entry) -> Iterator[str]:
    rules = history.rule_set
    has_rule = commitment.id in rules.commitments or commitment.id in rules.used_by_conditions
    if entry.duty:
        yield from _duty(history, entry, entry.duty)
    elif entry.unexecuted and has_rule:
        yield "`executes: false` stands here, but a rule executes it"
    elif not entry.unexecuted and not has_rule:
        yield "no rule executes it: give it a `duty`, a rule file, or `executes: false` with why"


def _duty(history: Framework, entry: Entry, duty: Duty) -> Iterator[str]:
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


def _rules(history: Framework, unread: Collection[str]) -> Iterator[Problem]:
    rules = history.rule_set
    tested = {module.package.removesuffix("_test") for module in rules.tests}
    for id, module in rules.commitments.items():
        if id not in history.commitments and id not in unread:
            message = f"a rule for `{id}`, which is no commitment"
            yield Problem(str(module.file), 1, "", message + alternatives(id, history.commitments))
        if module.package not in tested:
            yield Problem(str(module.file), 1, "", "no test stands beside this rule")


def _loops(history: Framework) -> Iterator[Problem]:
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
