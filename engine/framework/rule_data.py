"""The `data` document that rules read: one slice of the records, and the scales."""

from __future__ import annotations

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.records.commitments import Duty
from rsp_policy.engine.records.history import Slice


def slice_data(part: Slice) -> dict[str, Value]:
    """The `data` document of the rules: the slice and the ordered scales."""
    topics: dict[str, dict[str, Value]] = {}
    for standing in part:
        entry = standing.entry
        record: dict[str, Value] = {
            "title": standing.title,
            "force": entry.force,
            "actor": entry.actor,
            "terms": entry.plain_terms,
        }
        if entry.duty:
            record["duty"] = _duty_data(entry.duty)
        topics.setdefault(standing.topic, {})[standing.name] = record
    scales = part.history.scales
    return {
        "slice": dict(topics.items()),
        "scale": {
            "gates": list(scales.gates),
            "verdicts": list(scales.verdicts),
            "standards": list(scales.standards),
            "levels": list(scales.levels),
            "mildest": next(iter(scales.verdicts)),
            "waiting": scales.waiting,
            "binding": scales.binding,
            "roles": dict(scales.roles),
        },
    }


def _duty_data(duty: Duty) -> dict[str, Value]:
    """A duty as rules read it: facts as lists of keys, what is not declared left out."""
    data: dict[str, Value] = {"when": duty.when, "precondition_of": list(duty.precondition_of)}
    if duty.done:
        data["done"] = list(duty.done.split("."))
    if duty.practice:
        data["practice"] = True
    if duty.within:
        data["within"] = duty.within
        data["elapsed"] = list(duty.elapsed.split("."))
    if duty.at_least:
        data["at_least"] = duty.at_least
        data["amount"] = list(duty.amount.split("."))
    if duty.before:
        data["before"] = duty.before
    return data
