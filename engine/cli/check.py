"""`rsp check`: whether a framework holds together, and how much of it is executed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.coverage import (
    Coverage,
    coverage,
    readings,
    unconfirmed_places,
    unread_terms,
)
from rsp_policy.engine.records.direction import stated_directions
from rsp_policy.engine.report.blocks import Block, Code, Heading, Items, Table, Text

from .options import framework_option, output_options, write
from .parameters import command as declared
from .parameters import option

if TYPE_CHECKING:
    from rsp_policy.engine.framework.policy import Framework


@declared("check")
@option("--detail", is_flag=True, help="List readings and stated directions as well.")
@framework_option
@output_options
def command(detail: bool, history: Framework, form: str, output: str | None) -> None:
    """Check a framework and report its coverage.

    Every file is checked by itself and against the others, and the rules of every version are
    compiled and lifted; problems are listed with file and line, and the exit code is 2. Without
    problems, the report says how many commitments rules execute, why the rest is left to words,
    and which places no file of a version confirms.

    \b
    Example:
      rsp check --framework my-policy
    """
    for part in history.slices():
        _ = part.program, part.circuit
    covered = tuple(coverage(part) for part in history.slices())
    write(form, output, _json(history, covered), _blocks(history, covered, detail=detail))


def _blocks(history: Framework, covered: tuple[Coverage, ...], *, detail: bool) -> Iterator[Block]:
    forces = list(history.scales.forces)
    yield Heading(f"{history.title}: coverage", 1)
    yield Text(
        f"{len(history.commitments)} commitments, {len(history.vocabulary)} facts, "
        f"{len(history.terms)} terms, {len(history.rule_set.commitments)} rule files, "
        f"{_conditions(list(history.rule_set.conditions))} conditions. No problems."
    )
    rows = []
    for item in covered:
        counts = (item.total, len(item.by_rule), len(item.by_duty))
        shares = [_share(*item.of_force(force)) for force in forces]
        rows.append((item.version, *map(str, counts), *shares))
    yield Table(("version", "all", "by rule", "by duty", *forces), tuple(rows))
    yield Text("Under each force: commitments executed of all; by duty: by the generic rule alone.")
    for item in covered:
        left = [s for s in item.unexecuted if s.entry.force == forces[0]]
        yield Heading(
            (f"{item.version}: {len(left)} of force ", Code(forces[0]), " are not executed")
        )
        yield Items(tuple(f"{s.id}: {s.entry.unexecuted}" for s in left))
    if places := unconfirmed_places(history):
        yield Heading(f"Warning: {len(places)} places are those of an earlier version, unconfirmed")
        yield Items(tuple(f"{id} in {version}" for version, id in places))
    stated, taken, unread = _stated(history), readings(history), unread_terms(history)
    if not detail:
        yield Text(
            f"{len(stated)} directions are stated and not computed; {len(taken)} passages depend "
            f"on a reading; {len(unread)} terms inform and are read by no rule or duty (--detail "
            "lists them)."
        )
        return
    yield Heading(f"{len(stated)} directions are stated, not computed")
    yield Items(tuple(f"{id} {version}: {why}" for id, version, why in stated))
    yield Heading(f"{len(taken)} readings")
    yield Items(tuple(f"{id} {version}: {reading}" for id, version, reading in taken))
    yield Heading(f"{len(unread)} terms are read by no rule or duty")
    yield Items(tuple(f"{id}: {name}" for id, name in unread))


def _json(history: Framework, covered: tuple[Coverage, ...]) -> Value:
    forces = list(history.scales.forces)
    return {
        "schema": "rsp.check/1",
        "framework": history.id,
        "versions": [
            {
                "version": item.version,
                "by_rule": len(item.by_rule),
                "by_duty": len(item.by_duty),
                "unexecuted": [
                    {"id": s.id, "force": s.entry.force, "because": s.entry.unexecuted}
                    for s in item.unexecuted
                ],
                "forces": {
                    force: dict(zip(("executed", "all"), item.of_force(force), strict=True))
                    for force in forces
                },
            }
            for item in covered
        ],
        "stated_directions": [
            {"id": id, "version": version} for id, version, _ in _stated(history)
        ],
        "readings": [
            {"id": id, "version": version, "reading": reading}
            for id, version, reading in readings(history)
        ],
        "unread_terms": [{"id": id, "term": name} for id, name in unread_terms(history)],
        "unconfirmed_places": [
            {"id": id, "version": version} for version, id in unconfirmed_places(history)
        ],
    }


def _stated(history: Framework) -> list[tuple[str, str, str]]:
    return [
        (commitment.id, entry.version, f"{entry.change.direction}. {entry.change.because}")
        for commitment, entry in stated_directions(history)
        if entry.change
    ]


def _share(executed: int, every: int) -> str:
    return f"{executed} of {every}" if every else "none"


def _conditions(names: list[str]) -> int:
    return sum(not name.startswith("_") for name in names)
