"""`rsp matrix`: all pairs of versions at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import GATE
from .options import framework_option, output_options, write
from .parameters import argument
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.framework.policy import Framework


@declared("matrix")
@argument("gate", type=GATE, required=False)
@framework_option
@output_options
def command(gate: str | None, history: Framework, form: str, output: str | None) -> None:
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

    pairs = matrix(history, [gate] if gate else None)
    write(form, output, matrix_json(history, pairs), matrix_blocks(history, pairs, gate))
