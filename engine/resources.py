"""Files that ship with the package."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path


def packaged(package: str, *parts: str) -> Path:
    """A folder that ships with the package."""
    with as_file(files(f"rsp_policy.{package}").joinpath(*parts)) as path:
        return path
