"""`rsp bisect`: which version first changed an answer, and which commitment did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import ExitCode
from .names import GATE, SHEET, VERSION
from .options import framework_option, output_options, write
from .parameters import argument, given, option
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.framework.policy import Framework


def _span(ctx: click.Context) -> None:
    if {"history", "since", "until"} <= ctx.params.keys() and given(ctx, "since", "until"):
        ctx.params["history"].between(ctx.params["since"], ctx.params["until"])


@declared("bisect", together=_span)
@argument("facts", type=SHEET)
@argument("gate", type=GATE)
@option("--since", type=VERSION, metavar="VERSION", help="Start from this version, or a day.")
@option("--until", type=VERSION, metavar="VERSION", help="Stop at this version, or a day.")
@option("--every", is_flag=True, help="Explain every change of the answer.")
@framework_option
@output_options
def command(
    facts: FactSheet,
    gate: str,
    since: str | None,
    until: str | None,
    every: bool,
    history: Framework,
    form: str,
    output: str | None,
) -> ExitCode:
    """Find the version that first changed an answer, and the commitments that did it.

    FACTS is a file, - or a packaged model; GATE is one of train, store, use_internally, deploy.
    The commitments named turn the old answer into the new one by themselves; without any one of
    them it stays. Exit code 1 if some version changed the answer, 0 if none did.

    \b
    Examples:
      rsp bisect claude-opus-4 deploy --since v2.2
      rsp bisect facts.yaml store --every
    """
    from rsp_policy.diff.report.bisect_report import bisection_blocks, bisection_json
    from rsp_policy.diff.sheets.bisect import bisect

    found = bisect(history, facts, gate, since=since, until=until, every=every)
    write(form, output, bisection_json(found), bisection_blocks(found))
    return ExitCode.FOUND if found.turns else ExitCode.OK
