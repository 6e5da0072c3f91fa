"""`rsp diff`: what one version changes against another."""

from __future__ import annotations

import click

from . import ExitCode
from .options import framework_option, output_options, write


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.argument("facts", nargs=-1)
@click.option("--detail", is_flag=True, help="Every change with its reason, passages and fields.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@framework_option
@output_options
def command(
    old: str,
    new: str,
    facts: tuple[str, ...],
    detail: bool,
    exit_code: bool,
    framework: str | None,
    form: str,
    output: str | None,
) -> ExitCode:
    """Compare two versions.

    Without FACTS: the commitments that changed, then what changes for the packaged models. With
    FACTS (files, - or packaged models): only what changes for these.

    \b
    Examples:
      rsp diff v2.2 v3.0
      rsp diff v2.2 v3.0 claude-opus-4 --detail
      rsp diff v2.2 v3.0 --detail --format markdown -o v2.2-v3.0.md
    """
    from rsp_policy.diff.comparison import Comparison, compare
    from rsp_policy.diff.report import comparison_blocks

    from ..loading import load_history

    history = load_history(framework)
    before, after = history[old], history[new]
    sheets = [history.sheet(source) for source in facts or history.models]
    comparison = compare(before, after, sheets)
    if facts:
        comparison = Comparison(before, after, (), comparison.cases)
    write(form, output, comparison.as_json(), comparison_blocks(comparison, detail=detail))
    if facts and not comparison.determined:
        return ExitCode.UNDETERMINED
    return ExitCode.FOUND if exit_code and not comparison.empty else ExitCode.OK
