"""Devices of our own, for no test may touch those of the machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest


def full(folder: Path) -> Path:
    """A device of our own that is always full."""
    path = folder / "full"
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 7))
        with path.open("wb", buffering=0) as stream:
            stream.write(b"x")
    except PermissionError:
        pytest.skip("devices cannot be made or opened here")
    except OSError:  # no space left, as it should be
        return path
    pytest.skip("no device that is always full")
    raise AssertionError
