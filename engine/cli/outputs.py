"""Which files a command reads and which it writes, and that these are not the same."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rsp_policy.engine.errors import OutputError, PolicyError
from rsp_policy.engine.files.writing import STANDARD_OUTPUT, same_file

if TYPE_CHECKING:
    from rsp_policy.engine.framework.policy import Framework

    ParameterType = click.ParamType[Any]
else:
    ParameterType = click.ParamType  # which takes no argument before click 8.4

_READ = f"{__name__}.read"
_WRITTEN = f"{__name__}.written"


def will_read(ctx: click.Context, file: str) -> None:
    """Note that a command reads a file, all files below a folder, or standard input (`-`)."""
    ctx.meta.setdefault(_READ, []).append(file)


class OutputFile(ParameterType):
    """A file that a command writes; `-` is standard output."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value == STANDARD_OUTPUT:
            return value
        if os.path.isdir(value) or value.endswith(os.sep):
            raise OutputError(value, "it is a directory")
        folder = os.path.dirname(os.path.realpath(value))
        if not os.path.isdir(folder):
            raise OutputError(value, f"there is no folder `{folder}`")
        if ctx is not None:
            ctx.meta.setdefault(_WRITTEN, []).append(value)
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


def refuse_inputs(ctx: click.Context) -> Iterator[PolicyError]:
    """What a command would overwrite that it reads, or that it writes already."""
    written: list[str] = ctx.meta.get(_WRITTEN, [])
    for index, file in enumerate(written):
        if os.path.realpath(file) in map(os.path.realpath, written[:index]):
            yield OutputError(file, "it is to hold another result already")
        if not _replaceable(file):
            continue
        for source in ctx.meta.get(_READ, []):
            if _reads(source, file):
                yield OutputError(file, "it is an input as well")
        history: Framework | None = ctx.params.get("history")
        if history is not None and any(same_file(item, file) for item in _files_of(history)):
            yield OutputError(file, "it belongs to the policy")


def _replaceable(file: str) -> bool:
    """Whether a file exists that would be gone; a terminal may be read and written at once."""
    try:
        return not stat.S_ISCHR(os.stat(file).st_mode)
    except OSError:
        return False


def _reads(source: str, file: str) -> bool:
    if source == "-":
        with suppress(OSError):
            return os.path.samestat(os.fstat(0), os.stat(file))
        return False
    path = Path(source)
    sources = path.rglob("*.yaml") if path.is_dir() else (path,)
    return any(same_file(item, file) for item in sources)


def _files_of(history: Framework) -> Iterator[Path]:
    yield from history.folder.rglob("*.yaml")
    yield from history.rules.rglob("*.rego")
