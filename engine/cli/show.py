"""`rsp show`: a version's commitments, or one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.files.documents import Value, written
from rsp_policy.engine.report.blocks import Block, Heading, Table, Text

from .names import Names, version_of
from .options import as_of_option, framework_option, output_options, write
from .parameters import argument
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.framework.policy import Framework, PolicyVersion
    from rsp_policy.engine.records.history import Standing


def _looked_up(ctx: click.Context) -> None:
    """Puts the version and what is asked about it in the place of their names."""
    history, names = ctx.params.get("history"), ctx.params.get("names")
    if history is None or names is None or "as_of" not in ctx.params:
        return
    as_of: str | None = ctx.params["as_of"]
    named = len(names) - (as_of is None)
    if named not in (0, 1):
        raise UsageError("VERSION or `--as-of` is wanted, and at most one COMMITMENT")
    part = history[as_of or version_of(history, names[0])]
    ctx.params["names"] = (part.id, names[-1]) if named else (part.id,)
    topics = {standing.topic for standing in part}
    if named and names[-1] not in topics:
        _ = part[names[-1]]


def _offered(history: Framework, before: Sequence[str]) -> Iterable[str]:
    if not before:
        return history.encoded
    topics = dict.fromkeys(id.partition("/")[0] for id in history.commitments)
    return (*topics, *history.commitments)


NAMES = Names("name", _offered)


@declared("show", together=_looked_up)
@argument("names", type=NAMES, metavar="VERSION [COMMITMENT]", nargs=-1)
@as_of_option("The version in force on a day, instead of VERSION.")
@framework_option
@output_options
def command(
    names: tuple[str, ...],
    as_of: str | None,
    history: Framework,
    form: str,
    output: str | None,
) -> None:
    """Show the commitments of a version, or one of them.

    All that stand in VERSION, or one COMMITMENT in full. A topic such as `reports` shows the
    commitments of that topic.

    \b
    Examples:
      rsp show v3.0
      rsp show v3.0 reports
      rsp show v2.2 outcomes/comparable_training
      rsp show --as-of 2025-05-22 outcomes
    """
    part, commitment = history[names[0]], names[1] if len(names) > 1 else None
    topics = {standing.topic for standing in part}
    if commitment and commitment not in topics:
        standing = part[commitment]
        write(
            form, output, {"schema": "rsp.commitment/1", **as_json(standing)}, _one(part, standing)
        )
        return
    chosen = [item for item in part if commitment in (None, item.topic)]
    listed: list[Value] = [as_json(item) for item in chosen]
    value: Value = {"schema": "rsp.slice/1", "version": part.id, "commitments": listed}
    write(form, output, value, _all(part, chosen))


def as_json(standing: Standing) -> dict[str, Value]:
    """A commitment as it stands in a version, as plain values."""
    entry = standing.entry
    value: dict[str, Value] = {
        "id": standing.id,
        "title": standing.title,
        "since": entry.version,
        "says": entry.says,
        "force": entry.force,
        "who": entry.actor,
        "section": str(standing.place),
        "also": [str(place) for place in standing.place.also],
        "terms": entry.plain_terms,
        "executed": not entry.unexecuted,
    }
    if entry.reading:
        value["reading"] = entry.reading
    if entry.unexecuted:
        value["because"] = entry.unexecuted
    if entry.duty:
        value["duty"] = {"when": entry.duty.when, "done": entry.duty.done}
    return value


def _all(part: PolicyVersion, chosen: list[Standing]) -> list[Block]:
    blocks: list[Block] = [Heading(f"{part.history.title} {part.id}: {len(chosen)} commitments", 1)]
    for topic in dict.fromkeys(item.topic for item in chosen):
        rows = [(item.name, item.entry.force, item.title) for item in chosen if item.topic == topic]
        blocks += [
            Heading(f"{topic} ({len(rows)})"),
            Table(("commitment", "force", "title"), tuple(rows)),
        ]
    return blocks


def _executed_by(part: PolicyVersion, standing: Standing) -> str:
    """How a commitment is executed, in words; why not, where it is not."""
    entry, rules, ways = standing.entry, part.history.rule_set, []
    if standing.id in rules.commitments:
        ways.append("a rule of its own")
    if standing.id in rules.used_by_conditions:
        ways.append("conditions that read its record")
    if entry.duty:
        done = entry.duty.done or entry.duty.elapsed or entry.duty.amount
        ways.append(f"a duty when {rules.title(entry.duty.when)} (fact {done})")
    return ", ".join(ways) or f"nothing: {entry.unexecuted}"


def _one(part: PolicyVersion, standing: Standing) -> list[Block]:
    entry = standing.entry
    blocks: list[Block] = [Heading(standing.title, 1), Text(entry.says)]
    rows = [
        ("commitment", standing.id),
        ("last entry", entry.version),
        ("force", entry.force),
        ("who", part.history.scales.actors[entry.actor]),
        ("source", str(standing.place)),
    ]
    rows += [("see also", str(place)) for place in standing.place.also]
    rows += [(name.replace("_", " "), written(term)) for name, term in entry.terms.items()]
    rows.append(("executed by", _executed_by(part, standing)))
    if entry.reading:
        rows.append(("reading", entry.reading))
    return [*blocks, Table(("", ""), tuple(rows))]
