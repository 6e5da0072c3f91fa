"""`rsp timeline`: what all versions decide about one fact sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rsp_policy.engine.errors import UsageError

from . import ExitCode
from .names import SHEET
from .options import framework_option, output_options, write
from .outputs import OutputFile
from .parameters import argument, option
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.framework.policy import Framework


class _ChartFile(OutputFile):
    """A file for a chart, whose ending says in which form it is drawn."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from rsp_policy.diff.report.timeline_report import CHARTS

        if not value.lower().endswith(CHARTS):
            raise UsageError(f"`{value}`: a chart ends in {' or '.join(CHARTS)}")
        return super().convert(value, param, ctx)


@declared("timeline")
@argument("facts", type=SHEET)
@option("--chart", type=_ChartFile(), metavar="FILE", help="Draw it as well: FILE.svg or FILE.png.")
@framework_option
@output_options
def command(
    facts: FactSheet, chart: str | None, history: Framework, form: str, output: str | None
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

    found = timeline(history, facts)
    if chart:
        draw(history, found, chart)
    write(form, output, timeline_json(found), timeline_blocks(history, found))
    return ExitCode.OK if found.determined else ExitCode.UNDETERMINED
