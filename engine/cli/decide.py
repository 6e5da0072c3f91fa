"""`rsp decide`: what a version says about a fact sheet."""

from __future__ import annotations

import datetime

import click

from ..blocks import Block
from ..decide import Decision
from ..documents import Value
from ..errors import UnknownNameError, UsageError
from ..history import History, Slice
from . import ExitCode
from .options import framework_option, output_options, write


@click.command("decide")
@click.argument("facts")
@click.option("--version", "version", metavar="VERSION", help="The version to decide by.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Decide by the version in force on a day.",
)
@click.option("--all", "every", is_flag=True, help="Decide by every encoded version.")
@click.option(
    "--fail-on",
    metavar="VERDICT",
    help="Exit with 1 if a gate is at this verdict or a stricter one.",
)
@click.option("--gate", "gates", multiple=True, metavar="GATE", help="Only this gate; repeatable.")
@click.option("--duties", is_flag=True, help="List met duties and assumed facts as well.")
@framework_option
@output_options
def command(
    facts: str,
    version: str | None,
    as_of: datetime.datetime | None,
    every: bool,
    fail_on: str | None,
    gates: tuple[str, ...],
    duties: bool,
    framework: str | None,
    form: str,
    output: str | None,
) -> ExitCode:
    """Decide what facts about a model allow and require.

    Gates with reasons, standards, thresholds and duties. FACTS is a file, - for standard input,
    or the name of a packaged model. Without --version the version in force on the date of the
    sheet decides, or the newest encoded one.

    \b
    Examples:
      rsp decide claude-opus-4 --version v2.2
      rsp decide facts.yaml --all --format json
      rsp decide facts.yaml --version v2.2 --gate deploy --fail-on closed
    """
    from ..decide_report import decision_blocks
    from ..loading import load_history

    if sum((version is not None, as_of is not None, every)) > 1:
        raise UsageError("give one of --version, --as-of and --all")
    history = load_history(framework)
    _known(history, gates, fail_on)
    sheet = history.sheet(facts)
    if every:
        parts = history.slices()
    elif version is not None:
        parts = (history[version],)
    else:
        day = as_of.date() if as_of else sheet.date
        parts = (_in_force(history, day),)
    decisions = [part.decide(sheet) for part in parts]
    blocks: list[Block] = []
    for part, decision in zip(parts, decisions, strict=True):
        blocks += decision_blocks(part, sheet, decision, gates, everything=duties)
    write(form, output, _json(decisions, every), blocks)
    if any(not decision.determined for decision in decisions):
        return ExitCode.UNDETERMINED
    return _found(history, decisions, gates, fail_on)


def _known(history: History, gates: tuple[str, ...], fail_on: str | None) -> None:
    for gate in gates:
        if gate not in history.scales.gates:
            raise UnknownNameError("gate", gate, history.scales.gates)
    if fail_on and fail_on not in history.scales.verdicts:
        raise UnknownNameError("verdict", fail_on, history.scales.verdicts)


def _in_force(history: History, day: datetime.date | None) -> Slice:
    return history[history.as_of(day).id] if day else history.slices()[-1]


def _json(decisions: list[Decision], every: bool) -> Value:
    if not every:
        return decisions[0].as_json()
    listed: list[Value] = [decision.as_json() for decision in decisions]
    return {"schema": "rsp.decisions/1", "decisions": listed}


def _found(
    history: History, decisions: list[Decision], gates: tuple[str, ...], fail_on: str | None
) -> ExitCode:
    if fail_on is None:
        return ExitCode.OK
    order = list(history.scales.verdicts)
    verdicts = [
        item.verdict
        for decision in decisions
        for item in decision.gates
        if not gates or item.gate in gates
    ]
    strict = any(order.index(verdict) >= order.index(fail_on) for verdict in verdicts)
    return ExitCode.FOUND if strict else ExitCode.OK
