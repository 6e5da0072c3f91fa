"""Results written to files and to standard output, by everything that writes any."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from rsp_policy.engine.errors import OutputError

STANDARD_OUTPUT = "-"
"""The name of standard output among files."""


def write_file(file: str | Path, data: bytes, *, mode: int | None = None) -> None:
    """Write a file so that it is there whole or not at all.

    A regular file is replaced by a new one that takes over its permissions and, where that is
    allowed, its owner. A symbolic link stays, and what it leads to is replaced. A device or a pipe
    is no file that could be replaced: it is written to.

    Args:
        mode: The permissions; by default those of the file that is replaced, or what the umask
            leaves to a new one.

    Raises:
        OSError: If it cannot be written. A regular file is then as it was.
    """
    name = os.fspath(file)
    try:
        state = os.stat(name)
    except FileNotFoundError:
        if name.endswith(os.sep):
            raise
        state = None
    target = os.path.realpath(name)
    if state is None:
        _replace(target, data, 0o666 if mode is None else mode)
    elif (stream := _stream_at(state)) is not None:
        _into(stream, data)
    elif stat.S_ISREG(state.st_mode) and os.path.exists(target):
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied", name)
        _replace(target, data, mode, state)
    else:  # a file that has no name any more is reached as `/dev/fd/3`, and cannot be replaced
        _into(os.open(name, os.O_WRONLY | os.O_TRUNC), data, close=True)


def write_result(file: str, data: bytes) -> None:
    """Write what a user asked for to a file.

    Raises:
        OutputError: If it cannot be written.
        BrokenPipeError: If it is a pipe that nobody reads any more.
    """
    try:
        write_file(file, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(file, error.strerror or str(error)) from None


def write_standard_output(text: str) -> None:
    """Write text to standard output, and wait until it is out.

    Raises:
        OutputError: If it cannot be written.
        BrokenPipeError: If it is a pipe that nobody reads any more.
    """
    stream = sys.stdout
    if stream is None:  # as Python leaves it where it was closed from the start
        raise OutputError("", "it is closed")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError("", error.strerror or str(error)) from None


def same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two names lead to one file that exists, through links of either kind."""
    try:
        return os.path.samestat(os.stat(one), os.stat(other))
    except OSError:
        return False


def _replace(
    target: str, data: bytes, mode: int | None, state: os.stat_result | None = None
) -> None:
    """Write beside a file, then put that in its place.

    Args:
        mode: Permissions from which the umask takes away; `None` for those of the file.
        state: The state of the file, where there is one.
    """
    beside = os.path.join(os.path.dirname(target), f".{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(beside, flags, 0o600 if mode is None else mode)
    try:
        _into(handle, data, close=True)
        if state is not None and hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(beside, state.st_uid, state.st_gid)
        if state is not None and mode is None:
            os.chmod(beside, state.st_mode & 0o777)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _into(handle: int, data: bytes, *, close: bool = False) -> None:
    with open(handle, "wb", closefd=close) as stream:
        stream.write(data)


def _stream_at(state: os.stat_result) -> int | None:
    """The standard stream that is this very file, such as that behind `/dev/stdout`.

    What a shell opened to append to is not to be replaced, nor to be cut.
    """
    for stream in (sys.__stdout__, sys.__stderr__):
        with suppress(OSError, ValueError):
            if stream is not None and os.path.samestat(os.fstat(stream.fileno()), state):
                return stream.fileno()
    return None
