"""`rsp log`: how commitments came to be what they are."""

from __future__ import annotations

import click

from rsp_policy.engine.errors import UsageError

from .options import framework_option, output_options, version_of, write


@click.command("log")
@click.argument("commitment", required=False)
@click.option("--topic", metavar="TOPIC", help="Only commitments of this topic.")
@click.option("--since", metavar="VERSION", help="Only what came after a version, or a date.")
@click.option("--until", metavar="VERSION", help="Only up to a version, or a date.")
@click.option(
    "--direction",
    "directions",
    multiple=True,
    metavar="DIRECTION",
    help="Only weakened, strengthened, mixed, removed, added, relocated or reworded; repeatable.",
)
@click.option("--silent", "announced", flag_value="silent", help="Only what nobody announced.")
@click.option("--announced", "announced", flag_value="announced", help="Only what was announced.")
@framework_option
@output_options
def command(
    commitment: str | None,
    topic: str | None,
    since: str | None,
    until: str | None,
    directions: tuple[str, ...],
    announced: str | None,
    framework: str | None,
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
    from rsp_policy.engine.framework.loading import load_framework

    history = load_framework(framework)
    filters = (topic, since, until, announced, *directions)
    if commitment and any(filters):
        raise UsageError("COMMITMENT shows a whole life; filters do not go with it")
    if commitment:
        found = life(history, commitment)
        write(form, output, life_json(history, found), life_blocks(history, found))
        return
    chosen = revisions(
        history,
        since=version_of(history, since) if since else None,
        until=version_of(history, until) if until else None,
        topic=topic,
        directions=directions,
        announced=[announced] if announced else (),
    )
    blocks = revision_blocks(history, chosen, listed=any(filters))
    write(form, output, revisions_json(history, chosen), blocks)
