"""`rsp check`: whether a framework holds together, and how much of it is executed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.coverage import Coverage, coverage, readings
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

    Every file is checked by itself and against the others; problems are listed with file and
    line, and the exit code is 2. Without problems, the report says how many commitments rules
    execute, and why the rest is left to words.

    \b
    Example:
      rsp check --framework policies/rsp
    """
    for part in history.slices():
        _ = part.program
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
    stated, taken = _stated(history), readings(history)
    if not detail:
        yield Text(
            f"{len(stated)} directions are stated and not computed; {len(taken)} passages depend "
            "on a reading (--detail lists both)."
        )
        return
    yield Heading(f"{len(stated)} directions are stated, not computed")
    yield Items(tuple(f"{id} {version}: {why}" for id, version, why in stated))
    yield Heading(f"{len(taken)} readings")
    yield Items(tuple(f"{id} {version}: {reading}" for id, version, reading in taken))


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
