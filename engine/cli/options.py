"""Options that commands share, and how results are written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from rsp_policy.engine.errors import UsageError

if TYPE_CHECKING:
    import datetime

    from rsp_policy.engine.files.documents import Value
    from rsp_policy.engine.framework.policy import Framework
    from rsp_policy.engine.report.blocks import Block

Command = TypeVar("Command", bound=Callable[..., object])


def framework_option(command: Command) -> Command:
    """Adds `--framework DIR`."""
    return click.option(
        "--framework",
        metavar="DIR",
        help="Another policy: a folder with framework.yaml.",
    )(command)


def as_of_option(help: str, *, multiple: bool = False) -> Callable[[Command], Command]:
    """Adds `--as-of DATE`, which stands for the version in force on that day."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        multiple=multiple,
        help=help,
    )


def version_of(history: Framework, name: str) -> str:
    """A version by its name, or by a day on which it was in force.

    Raises:
        UnknownNameError: If nobody knows it, or none was in force yet.
    """
    import re
    from datetime import date

    if name not in history.versions_by_id and re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
        try:
            return history.as_of(date.fromisoformat(name)).id
        except ValueError:
            raise UsageError(f"`{name}` is no day") from None
    return history.version(name).id


def in_force(history: Framework, day: datetime.datetime) -> str:
    """The version in force on a day that `--as-of` names.

    Raises:
        UnknownNameError: If none was in force yet.
    """
    return history.as_of(day.date()).id


def output_options(command: Command) -> Command:
    """Adds `--format table|json|markdown` and `-o FILE`."""
    command = click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "markdown"]),
        default="table",
        show_default=True,
        help="How the result is written.",
    )(command)
    return click.option("-o", "--output", metavar="FILE", help="Write to a file instead.")(command)


def write(form: str, output: str | None, value: Value, blocks: Iterable[Block]) -> None:
    """Write a result in one of the shared formats, to standard output or whole to a file."""
    if form == "json":
        import json

        text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    else:
        from rsp_policy.engine.report.blocks import render

        text = render(blocks, form)
    if output is None:
        click.echo(text)
        return
    _replace(Path(output), text + "\n")


def _replace(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UsageError(f"cannot write `{path}`: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UsageError(f"cannot write `{path}`: {error.strerror}") from None
