"""`rsp check`: whether a framework holds together, and how much of it is executed."""

from __future__ import annotations

import click

from ..blocks import Block, Heading, Items, Table, Text
from ..documents import Value
from .options import framework_option, output_options, write


@click.command("check")
@click.option("--detail", is_flag=True, help="List readings and stated directions as well.")
@framework_option
@output_options
def command(detail: bool, framework: str | None, form: str, output: str | None) -> None:
    """Check a framework and report how much of each version is executed.

    Every file is checked by itself and against the others; problems are listed with file and
    line, and the exit code is 2. Without problems, the report says how many commitments rules
    execute, and why the rest is left to words.

    \b
    Example:
      rsp check --framework policies/rsp
    """
    from ..coverage import coverage
    from ..history import load_history
    from ..integrity import stated_directions

    history = load_history(framework)
    for part in history.slices():
        _ = part.program
    covered = [coverage(part) for part in history.slices()]
    forces = list(history.scales.forces)
    rows = []
    for item in covered:
        total = len(item.by_rule) + len(item.by_duty) + len(item.unexecuted)
        shares = [_share(*item.of_force(force)) for force in forces]
        counts = (str(total), str(len(item.by_rule)), str(len(item.by_duty)))
        rows.append((item.version, *counts, *shares))
    stated = list(stated_directions(history))
    readings = sorted(
        {
            (commitment.id, entry.version, entry.reading)
            for commitment in history.commitments.values()
            for entry in commitment.history
            if entry.reading and not entry.ended
        }
    )
    blocks: list[Block] = [
        Heading(f"{history.title}: coverage", 1),
        Text(
            f"{len(history.commitments)} commitments, {len(history.vocabulary)} facts, "
            f"{len(history.terms)} terms, {len(history.rule_set.commitments)} rule files, "
            f"{_conditions(list(history.rule_set.conditions))} conditions. No problems."
        ),
        Table(("version", "all", "by rule", "by duty", *forces), tuple(rows)),
        Text("Under each force: commitments executed of all; by duty: by the generic rule alone."),
    ]
    for item in covered:
        left = [s for s in item.unexecuted if s.entry.force == forces[0]]
        blocks += [
            Heading(f"{item.version}: {len(left)} of force `{forces[0]}` are not executed"),
            Items(tuple(f"{s.id}: {s.entry.unexecuted}" for s in left)),
        ]
    if detail:
        blocks += [
            Heading(f"{len(stated)} directions are stated, not computed"),
            Items(
                tuple(
                    f"{commitment.id} {entry.version}: {entry.change.direction}. "
                    f"{entry.change.because}"
                    for commitment, entry in stated
                    if entry.change
                )
            ),
            Heading(f"{len(readings)} readings"),
            Items(tuple(f"{id} {version}: {reading}" for id, version, reading in readings)),
        ]
    else:
        blocks.append(
            Text(
                f"{len(stated)} directions are stated and not computed; {len(readings)} passages "
                "depend on a reading (--detail lists both)."
            )
        )
    value: Value = {
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
            {"id": commitment.id, "version": entry.version} for commitment, entry in stated
        ],
        "readings": [
            {"id": id, "version": version, "reading": reading} for id, version, reading in readings
        ],
    }
    write(form, output, value, blocks)


def _share(executed: int, every: int) -> str:
    return f"{executed} of {every}" if every else "none"


def _conditions(names: list[str]) -> int:
    return sum(not name.startswith("_") for name in names)
