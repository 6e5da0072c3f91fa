"""The standard streams of the command, and how it ends: by an exit code, or by a signal."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

_SIGNALS = 128
"""What a shell adds to the number of the signal that ended a command."""


def hold() -> None:
    """Keep the numbers of closed standard streams from going to files that are opened later.

    What is written there fails, as it must where the stream is closed.
    """
    for number, wrong_way in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_RDONLY)):
        try:
            os.fstat(number)
        except OSError:
            handle = os.open(os.devnull, wrong_way)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # for what its encoding lacks


def end(code: int) -> NoReturn:
    """End with an exit code; from 128 on, by the signal that it stands for, as shells expect."""
    if code > _SIGNALS:
        by = code - _SIGNALS
        signal.signal(by, signal.SIG_DFL)
        os.kill(os.getpid(), by)
    settled = [_settled(number) for number in (1, 2)]
    sys.exit(code if all(settled) or code else 2)


def _settled(number: int) -> bool:
    """Whether all that was written is out; what cannot be is let go, lest Python fail on it."""
    stream = sys.stdout if number == 1 else sys.stderr
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
        return False
    return True
