"""Where the files that ship with the package stand."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path


def shipped(package: str, *parts: str) -> Path:
    """A file or folder of a package of this distribution, which is installed as plain files.

    `importlib.resources` answers the same for packages in archives too, and takes longer to load
    than everything else here takes to find its files.

    Args:
        package: The last part of its name, such as `policies`.
        parts: The way from there.
    """
    return Path(import_module(f"rsp_policy.{package}").__path__[0], *parts)
