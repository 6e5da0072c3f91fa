"""`rsp matrix`: all pairs of versions at a glance."""

from __future__ import annotations

import click

from .options import framework_option, output_options, write


@click.command("matrix")
@click.argument("gate", required=False)
@framework_option
@output_options
def command(gate: str | None, framework: str | None, form: str, output: str | None) -> None:
    """Compare every version with every later one.

    For each pair: whether each gate became more or less permissive in every situation that facts
    can make, how many commitments were weakened, strengthened, removed and added, and how much
    of that the developer's own account leaves out. With GATE: that gate alone, with shares.

    \b
    Examples:
      rsp matrix
      rsp matrix deploy
    """
    from rsp_policy.diff.report.matrix import matrix
    from rsp_policy.diff.report.matrix_report import matrix_blocks, matrix_json
    from rsp_policy.engine.framework.loading import load_framework

    history = load_framework(framework)
    pairs = matrix(history, [history.scales.gate(gate)] if gate else None)
    write(form, output, matrix_json(history, pairs), matrix_blocks(history, pairs, gate))
