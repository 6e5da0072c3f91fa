"""`rsp decide`: what a version says about a fact sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rsp_policy.engine.errors import UsageError
from rsp_policy.engine.framework.policy import ENGINES

from . import ExitCode
from .names import SHEET, VERDICT, VERSION, Choice
from .options import as_of_option, framework_option, gates_option, output_options, write
from .parameters import argument, given, option
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.decision.decisions import Decision
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.files.documents import Value
    from rsp_policy.engine.framework.policy import Framework, PolicyVersion
    from rsp_policy.engine.report.blocks import Block


def _one_way(ctx: click.Context) -> None:
    if len(given(ctx, "version", "as_of", "every")) > 1:
        raise UsageError("give one of `--version`, `--as-of` and `--all`")


@declared("decide", together=_one_way)
@argument("facts", type=SHEET)
@option("--version", "version", type=VERSION, metavar="VERSION", help="The version to decide by.")
@as_of_option("Decide by the version in force on a day.")
@option("--all", "every", is_flag=True, help="Decide by every encoded version.")
@option(
    "--fail-on",
    type=VERDICT,
    metavar="VERDICT",
    help="Exit with 1 if a gate is at this verdict or a stricter one.",
)
@gates_option("Only this gate; repeatable.")
@option(
    "--engine",
    type=Choice("engine", ENGINES),
    metavar="|".join(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="Decide by the lifted circuit, or by regopy's evaluation of the rules.",
)
@option("--duties", is_flag=True, help="List met duties and assumed facts as well.")
@framework_option
@output_options
def command(
    facts: FactSheet,
    version: str | None,
    as_of: str | None,
    every: bool,
    fail_on: str | None,
    gates: tuple[str, ...],
    engine: str,
    duties: bool,
    history: Framework,
    form: str,
    output: str | None,
) -> ExitCode:
    """Decide what facts about a model allow and require.

    Gates with reasons, standards, thresholds and duties. FACTS is a file, - for standard input,
    or the name of a packaged model. Without --version the version in force on the date of the
    sheet decides, or the newest encoded one. Where facts are unknown: what all completions agree
    on, and the facts that settle the rest; exit code 3 if anything asked for is open.

    \b
    Examples:
      rsp decide claude-opus-4 --version v2.2
      rsp decide facts.yaml --all --format json
      rsp decide facts.yaml --version v2.2 --gate deploy --fail-on closed
    """
    from rsp_policy.engine.report.decision_report import decision_blocks

    parts = history.slices() if every else (_by(history, facts, version or as_of),)
    decisions = [part.decide(facts, engine=engine) for part in parts]
    blocks: list[Block] = []
    for part, decision in zip(parts, decisions, strict=True):
        blocks += decision_blocks(part, facts, decision, gates, everything=duties)
    write(form, output, _json(decisions, every), blocks)
    if fail_on is not None:
        return _found(history, decisions, gates, fail_on)
    undetermined = any(_open(decision, gates) for decision in decisions)
    return ExitCode.UNDETERMINED if undetermined else ExitCode.OK


def _open(decision: Decision, gates: tuple[str, ...]) -> bool:
    """Whether anything that was asked for is undetermined."""
    if not gates:
        return not decision.determined
    return any(not gate.determined for gate in decision.gates if gate.gate in gates)


def _by(history: Framework, facts: FactSheet, version: str | None) -> PolicyVersion:
    """The version asked for; else the one in force on the date of the sheet, or the newest."""
    if version is not None:
        return history[version]
    return history[history.as_of(facts.date).id] if facts.date else history.slices()[-1]


def _json(decisions: list[Decision], every: bool) -> Value:
    if not every:
        return decisions[0].as_json()
    listed: list[Value] = [decision.as_json() for decision in decisions]
    return {"schema": "rsp.decisions/1", "decisions": listed}


def _found(
    history: Framework, decisions: list[Decision], gates: tuple[str, ...], fail_on: str
) -> ExitCode:
    """Whether some gate is at a verdict or a stricter one, surely, possibly or not."""
    order = list(history.scales.verdicts)
    strict = frozenset(order[order.index(fail_on) :])
    asked = [
        frozenset(gate.possible)
        for decision in decisions
        for gate in decision.gates
        if not gates or gate.gate in gates
    ]
    if any(possible <= strict for possible in asked):
        return ExitCode.FOUND
    return ExitCode.UNDETERMINED if any(possible & strict for possible in asked) else ExitCode.OK
