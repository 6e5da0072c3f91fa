"""Arguments and options, read so that all that is wrong with them is told at once.

click stops at the first mistake and has words of its own for it. Here every parameter is read, each
mistake is kept in our words, and the command runs only if there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from rsp_policy.engine.errors import CombinedError, PolicyError, UnknownNameError, UsageError

from .outputs import refuse_inputs

_MISTAKES = f"{__name__}.mistakes"
_QUOTED = re.compile(r"'([^']*)'")


class Command(click.Command):
    """A command that reads all of its parameters before it says what is wrong.

    Args:
        together: Looks at the parameters together, and raises where they do not go together; it may
            replace them in the context. Those that are wrong by themselves are missing there.
    """

    def __init__(
        self, *args: Any, together: Callable[[click.Context], None] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.together = together

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        ctx.allow_extra_args = True
        extra = self._parsed(ctx, args)
        if extra and not mistakes(ctx):
            words = ", ".join(f"`{word}`" for word in extra)
            mistakes(ctx).append(UsageError(f"unexpected argument{'s'[: len(extra) - 1]} {words}"))
        if self.together is not None:
            with told(ctx):
                self.together(ctx)
        mistakes(ctx).extend(refuse_inputs(ctx))
        if found := mistakes(ctx):
            error = found[0] if len(found) == 1 else CombinedError(found)
            if any(item.kind == "usage" or item.unknown == "option" for item in error.mistakes()):
                error.add_note(f"`{ctx.command_path} --help` tells what is wanted")
            raise error
        return extra

    def _parsed(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        """What is left of the arguments; an option that does not exist is told and passed over."""
        left = list(args)
        while True:
            try:
                return super().parse_args(ctx, list(left))
            except click.NoSuchOption as error:
                mistakes(ctx).append(in_our_words(error, ctx))
                shorter = _without(left, error.option_name)
                if len(shorter) == len(left):
                    return []
                left = shorter
            except click.UsageError as error:
                mistakes(ctx).append(in_our_words(error, ctx))
                return []


class _Parameter(click.Parameter):
    """A parameter whose mistakes are kept, and that cannot be empty."""

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        with told(ctx):
            return super().handle_parse_result(ctx, opts, args)
        return None, args

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            if isinstance(value, str) and not value.strip():
                raise UsageError(f"`{named(self)}` is empty")
            return super().type_cast_value(ctx, value)
        found: list[Any] = []
        for item in value:
            with told(ctx):
                if isinstance(item, str) and not item.strip():
                    word = "an argument of " if self.nargs == -1 else ""
                    raise UsageError(f"{word}`{named(self)}` is empty")
                found += super().type_cast_value(ctx, (item,))
        return tuple(found)


class Option(_Parameter, click.Option):
    """An option whose mistakes are kept."""


class Argument(_Parameter, click.Argument):
    """An argument whose mistakes are kept."""


command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def mistakes(ctx: click.Context) -> list[PolicyError]:
    """What was found wrong so far with the parameters of a command."""
    found: list[PolicyError] = ctx.meta.setdefault(_MISTAKES, [])
    return found


@contextmanager
def told(ctx: click.Context) -> Iterator[None]:
    """Keeps a mistake in order to tell it with the others."""
    try:
        yield
    except (PolicyError, click.UsageError) as error:
        if ctx.resilient_parsing:
            raise
        mistakes(ctx).append(error if isinstance(error, PolicyError) else in_our_words(error, ctx))


def given(ctx: click.Context, *names: str) -> list[str]:
    """Which of some options stand on the command line, right or wrong."""
    return [
        name
        for name in names
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]


def named(parameter: click.Parameter) -> str:
    """A parameter as a user writes it: `--limit`, or `FACTS`."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name


def in_our_words(error: click.UsageError, ctx: click.Context | None) -> PolicyError:
    """What click found wrong, as an error of ours."""
    match error:
        case click.NoSuchOption():
            return UnknownNameError("option", error.option_name, _options(ctx))
        case click.MissingParameter(param=click.Parameter() as parameter):
            return UsageError(f"`{named(parameter)}` is missing")
        case click.BadOptionUsage():
            needed = error.option_name in _options(ctx, with_value=True)
            wanted = "needs a value" if needed else "takes no value"
            return UsageError(f"`{error.option_name}` {wanted}")
        case click.BadParameter(param=click.Parameter() as parameter):
            return UsageError(f"`{named(parameter)}`: {_plain(error.message)}")
    return UsageError(_plain(error.format_message()))


def _options(ctx: click.Context | None, *, with_value: bool = False) -> list[str]:
    return [
        name
        for parameter in (ctx.command.get_params(ctx) if ctx else ())
        if isinstance(parameter, click.Option) and not (with_value and parameter.is_flag)
        for name in parameter.opts
    ]


def _plain(message: str) -> str:
    """A sentence of click's as our messages are written."""
    text = _QUOTED.sub(r"`\1`", message.strip().rstrip("."))
    return text[:1].lower() + text[1:]


def _without(args: Sequence[str], option: str) -> list[str]:
    """The arguments without the first one that is an option of this name."""
    for index, word in enumerate(args):
        if word == "--":
            break
        if word.startswith(option):
            return [*args[:index], *args[index + 1 :]]
    return list(args)
