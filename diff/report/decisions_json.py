"""A complete diff in the stable form of `rsp.diff/1`."""

from __future__ import annotations

from collections.abc import Sequence

from rsp_policy.diff.decisions.complete import CompleteDiff, QuestionDiff, Transition
from rsp_policy.diff.decisions.regions import Blame, Clause, Region
from rsp_policy.engine.files.documents import Value

_PLURALS = {"gate": "gates", "standard": "standards", "duty": "duties", "answer": "answers"}


def decisions_json(diff: CompleteDiff, limit: int | None = None) -> dict[str, Value]:
    """Every question with its transitions, regions and witnesses; counts as strings of digits.

    Args:
        limit: The most regions of a transition; `regions_left_out` says how many more there are.
    """
    kinds: dict[str, Value] = {}
    for question in diff.questions:
        group = kinds.setdefault(_PLURALS[question.kind], {})
        assert isinstance(group, dict)
        group[question.name] = _question(question, limit)
    return {
        "situations": str(diff.situations),
        "changed": str(diff.changed),
        "assumed": {path: list(values) for path, values in diff.assumed.items()},
        **kinds,
    }


def _question(question: QuestionDiff, limit: int | None) -> Value:
    return {
        "direction": question.direction,
        "changed": str(question.changed),
        "milder": str(question.milder),
        "stricter": str(question.stricter),
        "transitions": [_transition(item, limit) for item in question.transitions],
    }


def _transition(transition: Transition, limit: int | None) -> Value:
    regions = transition.regions[:limit]
    return {
        "from": transition.source,
        "to": transition.target,
        "situations": str(transition.situations),
        "regions": [_region(region) for region in regions],
        "regions_left_out": len(transition.regions) - len(regions),
        "situations_not_described": str(transition.described.left_out),
    }


def _region(region: Region) -> Value:
    return {
        "when": [_clause(clause) for clause in region.when],
        "situations": str(region.situations),
        "witness": dict(region.witness),
        "old_because": _blames(region.old_because),
        "new_because": _blames(region.new_because),
    }


def _clause(clause: Clause) -> Value:
    found: dict[str, Value] = {clause.kind: clause.name, "says": clause.text, "holds": clause.holds}
    if clause.side:
        found["version"] = clause.side
    if clause.values:
        found["is"] = list(clause.values)
    return found


def _blames(blames: Sequence[Blame]) -> list[Value]:
    return [
        {
            "commitment": blame.source,
            "reason": blame.says,
            "everywhere": blame.everywhere,
            "witness": blame.witness,
        }
        for blame in blames
    ]
