"""What can be named on a command line, such as versions and facts: looked up and completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rsp_policy.engine.errors import UnknownNameError, UsageError

from .outputs import ParameterType, will_read

if TYPE_CHECKING:
    import datetime

    from rsp_policy.engine.framework.policy import Framework


class Name(ParameterType):
    """A name that a policy knows.

    Args:
        name: What is named.
        known: The names that are offered where one is typed.
        found: What a name stands for; it raises where that is nothing.
        files: Whether a file can be named as well.
    """

    def __init__(
        self,
        name: str,
        known: Callable[[Framework], Iterable[str]],
        found: Callable[[Framework, str], object],
        *,
        files: bool = False,
    ) -> None:
        self.name = name
        self.known = known
        self.found = found
        self.files = files

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        history: Framework | None = ctx.params.get("history") if ctx else None
        if history is None:  # it could not be loaded, which is told by itself
            return value
        if ctx is not None and self.files and value not in history.models:
            will_read(ctx, value)
        return self.found(history, value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        history: Framework | None = ctx.params.get("history")
        names = () if history is None else self.known(history)
        items: list[Any] = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        if self.files and not items:
            items.append(CompletionItem(incomplete, type="file"))
        return items


class Names(ParameterType):
    """Several names of which each has its place; the command looks them up together.

    Args:
        offered: The names that are offered after those that stand there already.
        files: Whether a file can be named as well.
    """

    def __init__(
        self,
        name: str,
        offered: Callable[[Framework, Sequence[str]], Iterable[str]],
        *,
        files: bool = False,
    ) -> None:
        self.name = name
        self.offered = offered
        self.files = files

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        before = ctx.params.get(param.name or "") or ()
        return Name(
            self.name,
            lambda history: self.offered(history, before),
            lambda history, name: name,
            files=self.files,
        ).shell_complete(ctx, param, incomplete)


class Choice(ParameterType):
    """One of a few words."""

    def __init__(self, name: str, words: Iterable[str]) -> None:
        self.name = name
        self.words = tuple(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.words:
            raise UnknownNameError(self.name, str(value), self.words)
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


class Count(ParameterType):
    """A whole number from 1 on."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and int(text)):
            raise UsageError(f"`{text}` is no count; a whole number from 1 on is wanted")
        return int(text)


class InputFile(ParameterType):
    """A file that a command reads; `-` is standard input."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if ctx is not None:
            will_read(ctx, value)
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class FrameworkName(ParameterType):
    """A framework that ships, by its name, or the folder of one."""

    name = "framework"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        from rsp_policy.engine.framework.loading import packaged_frameworks

        names = [name for name in packaged_frameworks() if name.startswith(incomplete)]
        return [*map(CompletionItem, names), CompletionItem(incomplete, type="dir")]


def day_of(text: str) -> datetime.date:
    """A day by its text.

    Raises:
        UsageError: If it is none.
    """
    from datetime import date

    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:  # other forms are read too, as 20250522
        raise UsageError(f"`{text}` is no day; one is written like 2025-05-22")
    return found


def version_of(history: Framework, name: str) -> str:
    """A version with encoded commitments by its name, or by a day on which it was in force.

    Raises:
        PolicyError: If there is none.
    """
    import re

    if name not in history.versions_by_id and re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
        name = history.as_of(day_of(name)).id
    return history[name].id


def _topics(history: Framework) -> Iterable[str]:
    return dict.fromkeys(item.topic for item in history.commitments.values())


def _topic(history: Framework, name: str) -> str:
    if name not in (known := list(_topics(history))):
        raise UnknownNameError("topic", name, known)
    return name


def _directions(history: Framework) -> Iterable[str]:
    from rsp_policy.diff.records.changes import ORDER

    return ORDER


def _direction(history: Framework, name: str) -> str:
    if name not in (known := list(_directions(history))):
        raise UnknownNameError("direction", name, known)
    return name


def _cases(history: Framework, file: str) -> object:
    from rsp_policy.engine.framework.cases import load_cases

    return load_cases(Path(file), history)


VERSION = Name("version", lambda history: history.encoded, version_of)
DAY = Name("day", lambda history: (), lambda history, text: history.as_of(day_of(text)).id)
GATE = Name("gate", lambda history: history.scales.gates, lambda h, name: h.scales.gate(name))
VERDICT = Name(
    "verdict", lambda history: history.scales.verdicts, lambda h, name: h.scales.verdict(name)
)
TOPIC = Name("topic", _topics, _topic)
DIRECTION = Name("direction", _directions, _direction)
COMMITMENT = Name(
    "commitment", lambda history: history.commitments, lambda h, name: h.commitment(name).id
)
SHEET = Name("sheet", lambda history: history.models, lambda h, name: h.sheet(name), files=True)
CASES = Name("cases", lambda history: (), _cases, files=True)
