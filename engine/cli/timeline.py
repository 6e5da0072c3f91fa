"""`rsp timeline`: what all versions decide about one fact sheet."""

from __future__ import annotations

import click

from . import ExitCode
from .options import framework_option, output_options, write


@click.command("timeline")
@click.argument("facts")
@click.option("--chart", metavar="FILE", help="Draw it as well: FILE.svg or FILE.png.")
@framework_option
@output_options
def command(
    facts: str, chart: str | None, framework: str | None, form: str, output: str | None
) -> ExitCode:
    """Show the verdicts of one fact sheet through all versions.

    FACTS is a file, - or a packaged model. The reasons are given for the oldest version and
    wherever a verdict changes. Exit code 3 if a verdict is undetermined.

    \b
    Examples:
      rsp timeline claude-opus-4
      rsp timeline facts.yaml --chart timeline.svg
    """
    from rsp_policy.diff.report.timeline_report import draw, timeline_blocks, timeline_json
    from rsp_policy.diff.sheets.timeline import timeline
    from rsp_policy.engine.framework.loading import load_framework

    history = load_framework(framework)
    found = timeline(history, history.sheet(facts))
    if chart:
        draw(history, found, chart)
    write(form, output, timeline_json(found), timeline_blocks(history, found))
    return ExitCode.OK if found.determined else ExitCode.UNDETERMINED
