"""`rsp bisect`: which version first changed an answer, and which commitment did it."""

from __future__ import annotations

import click

from . import ExitCode
from .options import framework_option, output_options, version_of, write


@click.command("bisect")
@click.argument("facts")
@click.argument("gate")
@click.option("--since", metavar="VERSION", help="Start from this version, or a day.")
@click.option("--until", metavar="VERSION", help="Stop at this version, or a day.")
@click.option("--every", is_flag=True, help="Explain every change of the answer.")
@framework_option
@output_options
def command(
    facts: str,
    gate: str,
    since: str | None,
    until: str | None,
    every: bool,
    framework: str | None,
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
    from rsp_policy.engine.framework.loading import load_framework

    history = load_framework(framework)
    found = bisect(
        history,
        history.sheet(facts),
        gate,
        since=version_of(history, since) if since else None,
        until=version_of(history, until) if until else None,
        every=every,
    )
    write(form, output, bisection_json(found), bisection_blocks(found))
    return ExitCode.FOUND if found.turns else ExitCode.OK
