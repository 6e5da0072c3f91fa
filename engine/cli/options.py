"""Options that commands share, and how results are written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import click

from .names import DAY, GATE, Choice, FrameworkName
from .outputs import OutputFile
from .parameters import option

if TYPE_CHECKING:
    from rsp_policy.engine.files.documents import Value
    from rsp_policy.engine.framework.policy import Framework
    from rsp_policy.engine.report.blocks import Block

Command = TypeVar("Command", bound=Callable[..., object])


def framework_option(command: Command) -> Command:
    """Adds `--framework NAME`, and gives the command the history that is loaded from it."""
    return option(
        "--framework",
        "history",
        metavar="NAME|DIR",
        type=FrameworkName(),
        is_eager=True,  # other parameters are looked up in it
        callback=_loaded,
        help="Another policy: the name of one that ships, or a folder with framework.yaml.",
    )(command)


def _loaded(ctx: click.Context, param: click.Parameter, folder: str | None) -> Framework:
    from rsp_policy.engine.framework.loading import load_framework

    return load_framework(folder)


def as_of_option(help: str, *, multiple: bool = False) -> Callable[[Command], Command]:
    """Adds `--as-of DATE`, which stands for the version in force on that day."""
    return option("--as-of", type=DAY, metavar="DATE", multiple=multiple, help=help)


def gates_option(help: str) -> Callable[[Command], Command]:
    """Adds `--gate GATE`, which can be given several times."""
    return option("--gate", "gates", multiple=True, type=GATE, metavar="GATE", help=help)


def output_options(command: Command) -> Command:
    """Adds `--format table|json|markdown` and `-o FILE`."""
    command = option(
        "--format",
        "form",
        type=Choice("format", ["table", "json", "markdown"]),
        metavar="table|json|markdown",
        default="table",
        show_default=True,
        help="How the result is written.",
    )(command)
    return option(
        "-o",
        "--output",
        type=OutputFile(),
        metavar="FILE",
        help="Write to a file instead; - is standard output.",
    )(command)


def write(form: str, output: str | None, value: Value, blocks: Iterable[Block]) -> None:
    """Write a result in one of the shared formats, to standard output or whole to a file.

    Raises:
        OutputError: If it cannot be written.
    """
    from rsp_policy.engine.files.writing import (
        STANDARD_OUTPUT,
        write_result,
        write_standard_output,
    )

    to_stream = output in (None, STANDARD_OUTPUT)
    if form == "json":
        from rsp_policy.engine.report.escaping import json_text

        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        text = json_text(value, ascii=to_stream and encoding.lower() not in ("utf-8", "utf8"))
    else:
        from rsp_policy.engine.report.blocks import render

        described = tuple(blocks)  # all is known, and every error raised, before anything is shown
        text = render(described, form)
    if output is None or to_stream:
        write_standard_output(text + "\n")
    else:
        write_result(output, f"{text}\n".encode())
