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

from rsp_policy.engine.errors import PolicyError


class ExitCode(IntEnum):
    """What an exit code of `rsp` means."""

    OK = 0
    """It ran, and there is nothing to report."""
    FOUND = 1
    """It ran and found what it was asked to fail on."""
    ERROR = 2
    """The arguments or an input are wrong."""
    UNDETERMINED = 3
    """Facts are unknown on which the decision depends."""


COMMANDS = (
    "versions",
    "show",
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


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Exit codes: 0 ran, 1 found, 2 usage or input error, 3 undetermined.",
)
@click.version_option(package_name="rsp-policy", prog_name="rsp")
def cli() -> None:
    """Decide and compare versions of a policy that is written as rules.

    The packaged policy is Anthropic's Responsible Scaling Policy.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `rsp` and exit with one of `ExitCode`."""
    # looking for garbage while modules and records load costs 2 % of a short run, and finds none
    gc.set_threshold(100_000)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run `rsp` and return its exit code."""
    color = False if "NO_COLOR" in os.environ else None
    try:
        code = cli.main(arguments, prog_name="rsp", standalone_mode=False, color=color)
    except PolicyError as error:
        for line in str(error).splitlines():
            click.echo(f"error: {line}", err=True)
        return ExitCode.ERROR
    except click.ClickException as error:
        error.show()
        return ExitCode.ERROR
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        click.echo("error: interrupted", err=True)
        return ExitCode.ERROR
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nobody reads on
        return ExitCode.OK
    return code if isinstance(code, int) else ExitCode.OK
