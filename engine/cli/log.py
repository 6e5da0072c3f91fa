"""`rsp log`: how commitments came to be what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rsp_policy.engine.errors import UsageError

from .names import COMMITMENT, DIRECTION, TOPIC, VERSION
from .options import framework_option, output_options, write
from .parameters import argument, given, option
from .parameters import command as declared

if TYPE_CHECKING:
    from rsp_policy.engine.framework.policy import Framework

_FILTERS = ("topic", "since", "until", "directions", "announced")


def _together(ctx: click.Context) -> None:
    if given(ctx, "commitment") and given(ctx, *_FILTERS):
        raise UsageError("COMMITMENT shows a whole life; filters do not go with it")
    if {"history", "since", "until"} <= ctx.params.keys() and given(ctx, "since", "until"):
        ctx.params["history"].between(ctx.params["since"], ctx.params["until"])


@declared("log", together=_together)
@argument("commitment", type=COMMITMENT, required=False)
@option("--topic", type=TOPIC, metavar="TOPIC", help="Only commitments of this topic.")
@option(
    "--since", type=VERSION, metavar="VERSION", help="Only what came after a version, or a date."
)
@option("--until", type=VERSION, metavar="VERSION", help="Only up to a version, or a date.")
@option(
    "--direction",
    "directions",
    multiple=True,
    type=DIRECTION,
    metavar="DIRECTION",
    help="Only weakened, strengthened, mixed, removed, added, relocated or reworded; repeatable.",
)
@option("--silent", "announced", flag_value="silent", help="Only what nobody announced.")
@option("--announced", "announced", flag_value="announced", help="Only what was announced.")
@framework_option
@output_options
def command(
    commitment: str | None,
    topic: str | None,
    since: str | None,
    until: str | None,
    directions: tuple[str, ...],
    announced: str | None,
    history: Framework,
    form: str,
    output: str | None,
) -> None:
    """Show a commitment's life, or what each version changed.

    COMMITMENT is followed version by version: what it says, its figures, which way it moved and
    whether the developer said so. Without it: how much each version changed, and with filters,
    which compose, the changes themselves.

    \b
    Examples:
      rsp log
      rsp log assessment/notably_more_capable
      rsp log --topic reports --since v3.0
      rsp log --since v2.2 --direction weakened --silent
    """
    from rsp_policy.diff.records.log import life, revisions
    from rsp_policy.diff.report.log_report import (
        life_blocks,
        life_json,
        revision_blocks,
        revisions_json,
    )

    if commitment:
        found = life(history, commitment)
        write(form, output, life_json(history, found), life_blocks(history, found))
        return
    chosen = revisions(
        history,
        since=since,
        until=until,
        topic=topic,
        directions=directions,
        announced=[announced] if announced else (),
    )
    listed = any((topic, since, until, announced, *directions))
    blocks = revision_blocks(history, chosen, listed=listed)
    write(form, output, revisions_json(history, chosen), blocks)
