"""The matrix of versions for people."""

from __future__ import annotations

from collections.abc import Sequence

from rsp_policy.diff.decisions.complete import EQUAL, LESS, MIXED, MORE
from rsp_policy.engine.files.documents import Value
from rsp_policy.engine.framework.policy import Framework
from rsp_policy.engine.report.blocks import Block, Heading, Table, Text

from .decision_diff_report import share
from .matrix import GateDifference, Pair

SIGNS = {EQUAL: "=", MORE: "+", LESS: "-", MIXED: "~"}
"""What a gate became, as one sign."""

_COUNTED = ("weakened", "mixed", "strengthened", "removed", "added")


def matrix_blocks(history: Framework, pairs: Sequence[Pair], gate: str | None) -> list[Block]:
    """A triangle of signs, rows older and columns newer, and the counts of commitments."""
    gates = [gate] if gate else list(history.scales.gates)
    asked = gates[0].replace("_", " ") if gate else "all pairs of versions"
    blocks: list[Block] = [Heading(f"{history.title}: {asked}", 1)]
    blocks.append(_triangle(pairs, gates))
    words = "; ".join(f"{sign} {name}" for name, sign in SIGNS.items())
    order = ", ".join(name.replace("_", " ") for name in gates)
    named = "" if gate else f" A cell has one sign for each of {order}."
    blocks.append(Text(f"From the version of the row to that of the column: {words}.{named}"))
    if gate:
        blocks += [
            Heading("Share of situations"),
            Table(
                ("from", "to", "direction", "more permissive", "less permissive"),
                tuple(_shares(pair, pair.gates[gate]) for pair in pairs),
            ),
            Text("Situations are counted alike; a share says nothing about likelihood."),
        ]
        return blocks
    blocks += [
        Heading("Commitments"),
        Table(
            ("from", "to", "weaker", "mixed", "stronger", "removed", "added", "silent"),
            tuple(_counts(pair) for pair in pairs),
        ),
        Text(
            "Silent: the share of material changes that the developer's own accounts do not "
            "identify; where several versions lie between, of changes silent in all of them."
        ),
    ]
    return blocks


def matrix_json(history: Framework, pairs: Sequence[Pair]) -> dict[str, Value]:
    """The matrix in the stable form `rsp.matrix/1`."""
    return {
        "schema": "rsp.matrix/1",
        "framework": history.id,
        "pairs": [
            {
                "old": pair.old.id,
                "new": pair.new.id,
                "gates": {
                    name: {
                        "direction": item.direction,
                        "situations": str(item.situations),
                        "more_permissive": str(item.milder),
                        "less_permissive": str(item.stricter),
                    }
                    for name, item in pair.gates.items()
                },
                "commitments": dict(pair.commitments),
                "material": pair.material,
                "silent": pair.silent,
            }
            for pair in pairs
        ],
    }


def _triangle(pairs: Sequence[Pair], gates: Sequence[str]) -> Table:
    signs = {
        (pair.old.id, pair.new.id): "".join(SIGNS[pair.gates[gate].direction] for gate in gates)
        for pair in pairs
    }
    columns = list(dict.fromkeys(pair.new.id for pair in pairs))
    rows = [
        (old, *(signs.get((old, new), "") for new in columns))
        for old in dict.fromkeys(pair.old.id for pair in pairs)
    ]
    return Table(("from", *columns), tuple(rows))


def _shares(pair: Pair, item: GateDifference) -> tuple[str, ...]:
    milder, stricter = (share(count, item.situations) for count in (item.milder, item.stricter))
    return pair.old.id, pair.new.id, item.direction, milder, stricter


def _counts(pair: Pair) -> tuple[str, ...]:
    counts = (str(pair.commitments.get(name, 0)) for name in _COUNTED)
    return pair.old.id, pair.new.id, *counts, share(pair.silent, pair.material or 1)
