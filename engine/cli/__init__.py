"""The command `rsp`: what is asked on a command line, and the exit codes.

Commands live one in a module and import what they need when they run.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module

import click

from rsp_policy.engine.errors import (
    InvalidFileError,
    OutputError,
    PolicyError,
    Problem,
    UnknownNameError,
)


class ExitCode(IntEnum):
    """What an exit code of `rsp` means."""

    OK = 0
    """It ran, and there is nothing to report."""
    FOUND = 1
    """It ran and found what it was asked to fail on."""
    ERROR = 2
    """The arguments or an input are wrong, or the output cannot be written."""
    UNDETERMINED = 3
    """Facts are unknown on which the decision depends."""


INTERRUPTED = 130
"""What a shell sees of a command that was ended from the keyboard (SIGINT)."""

UNREAD = 141
"""What a shell sees of a command whose output nobody reads any more (SIGPIPE)."""

_COMPLETE = "_RSP_COMPLETE"
"""The variable by which a shell asks how a word goes on."""

COMMANDS = (
    "versions",
    "show",
    "facts",
    "log",
    "decide",
    "timeline",
    "bisect",
    "diff",
    "matrix",
    "check",
    "test",
)


class _Commands(click.Group):
    """Commands by name, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f".{cmd_name}", __name__).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise UnknownNameError("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    no_args_is_help=False,
    epilog="Exit codes: 0 ran, 1 found, 2 usage or input error, 3 undetermined.",
)
@click.version_option(package_name="rsp-policy", prog_name="rsp")
def cli() -> None:
    """Decide and compare versions of a policy that is written as rules.

    One policy ships with it; `--framework` names another.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `rsp` and exit with one of `ExitCode`, or by the signal that ended it."""
    # looking for garbage while modules and records load costs 2 % of a short run, and finds none
    gc.set_threshold(100_000)
    from .streams import end, hold

    hold()
    end(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run `rsp` and return its exit code, which is 128 and more where a signal is to end it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            return _run(list(given))  # which click empties
        except (PolicyError, click.UsageError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            from . import failures

            failures.tell(_mistake(error), as_json=failures.asks_for_json(given))
    except click.exceptions.Exit as error:
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # nobody reads on
        return UNREAD
    except Exception as error:
        from . import failures

        failures.tell_defect(error)
    return ExitCode.ERROR


def _mistake(error: PolicyError | click.UsageError | OSError) -> PolicyError:
    """What went wrong, as an error of ours."""
    if isinstance(error, click.UsageError):
        from .parameters import in_our_words

        return in_our_words(error, error.ctx)
    if isinstance(error, PolicyError):
        return error
    because = error.strerror or str(error)
    if error.filename is None:  # what is written has no name but where it goes
        return OutputError("", because)
    return InvalidFileError([Problem(str(error.filename), None, "", because.lower())])


def _run(arguments: list[str]) -> int:
    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return ExitCode.ERROR if shell_complete(cli, {}, "rsp", _COMPLETE, instruction) else 0
    color = False if "NO_COLOR" in os.environ else None
    if not arguments:
        with cli.make_context("rsp", ["--"], color=color, resilient_parsing=True) as context:
            click.echo(context.get_help(), err=True)
        return ExitCode.ERROR
    with cli.make_context("rsp", arguments, color=color) as context:
        code = cli.invoke(context)
    return code if isinstance(code, int) else ExitCode.OK
