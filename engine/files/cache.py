"""What was computed from certain files, kept on disk until one of them changes.

A policy is read from hundreds of files and its rules are compiled and lifted, which takes a second.
What comes of it is kept where the system keeps caches, such as `~/.cache/rsp-policy`, one folder
for each state of the files. The environment variable `RSP_POLICY_CACHE` names another
folder, or says `off`.

What is kept is Python's own serialised form, and reading that runs code. So only what belongs to
the current user and nobody else can write is read. Nothing here is ever an error: what cannot be
read is computed, and what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from .shipped import shipped
from .writing import write_file

T = TypeVar("T")
Stamp: TypeAlias = tuple[tuple[str, int, int, int], ...]

MAX_STATES = 8
"""How many states of files are remembered; the one not used for longest goes first."""

_MAX_FILES = 20_000
_MAX_DEPTH = 16
_DIGEST_LENGTH = 32
_NAME = re.compile(r"[0-9a-f]{32}")
_OTHERS_WRITE = 0o022


class Cache:
    """The parts that were computed from the files in some folders, in the state they are in now.

    Args:
        folders: The folders, each with the endings of the files that count. No folder: nothing is
            kept.
        words: What else the parts depend on.
    """

    def __init__(self, folders: Iterable[tuple[Path, tuple[str, ...]]], *words: str) -> None:
        self._folders = tuple(folders)
        places = [os.path.abspath(folder) for folder, _ in self._folders]
        self._words = (sys.implementation.name, sys.version, *places, *words)
        self._stamp = self._state() if self._folders else None

    @cached_property
    def _state_folder(self) -> Path | None:
        """The folder of this state, made and checked; `None` where nothing can be kept."""
        root = _root()
        if root is None or self._stamp is None:
            return None
        state_folder = root / _digest(repr((self._words, self._stamp)).encode())
        fresh = not state_folder.is_dir()
        if not (_private(root) and _private(state_folder)):
            return None
        with suppress(OSError):
            os.utime(state_folder)
        if fresh:
            _prune(root)
        return state_folder

    def recall(self, name: str, make: Callable[[], T]) -> T:
        """A part by its name: as it was kept, or made now and kept.

        Args:
            name: A file name, and only one for each kind of part: nothing else tells kinds apart.
            make: Computes the part. What it raises is raised, and then nothing is kept.
        """
        state_folder = self._state_folder
        if state_folder is None:
            return make()
        kept: list[T] = _read(state_folder / name)
        if kept:
            return kept[0]
        made = make()
        # files that changed meanwhile may have gone into what was made
        if self._state() == self._stamp:
            _write(state_folder / name, made)
        return made

    def _state(self) -> Stamp | None:
        """The files with size and times, in order; `None` where they cannot be told."""
        found: list[tuple[str, int, int, int]] = []
        try:
            for folder, endings in self._folders:
                for file in _files(str(folder), endings, 0):
                    found.append(file)
                    if len(found) > _MAX_FILES:
                        return None
        except OSError:
            return None
        return tuple(sorted(found))


def of_framework(policies: Path, rules: Path) -> Cache:
    """What is computed from a framework's folders, by this engine and this compiler of rules."""
    folders = [
        (policies, (".yaml",)),
        (rules, (".rego",)),
        (shipped("policies", "schema"), (".json",)),
        (shipped("rules", "lib"), (".rego",)),
        (Path(__file__).parent.parent, (".py",)),
        *_compiler(),
    ]
    return Cache(folders, str(policies), str(rules))


def plans(question: str) -> Cache:
    """What is compiled from rules and data that are given as text."""
    return Cache(_compiler(), question)


def _compiler() -> list[tuple[Path, tuple[str, ...]]]:
    """The folder of the library that compiles rules."""
    found = find_spec("regopy")
    places = found.submodule_search_locations if found else None
    return [(Path(place), (".py", ".so", ".dylib", ".dll")) for place in places or ()]


def _files(
    folder: str, endings: tuple[str, ...], depth: int
) -> Iterator[tuple[str, int, int, int]]:
    """The files of a folder and those below it; links are followed, as loading follows them."""
    with os.scandir(folder) as found:
        for item in found:
            if item.is_dir():
                if depth == _MAX_DEPTH:
                    raise OSError("too deep, or a link leads back")
                yield from _files(item.path, endings, depth + 1)
            elif item.name.endswith(endings):
                state = item.stat()
                # the time of change is one that no tool sets back, unlike that of modification
                yield item.path, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _root() -> Path | None:
    """The cache folder that the environment asks for."""
    wanted = os.environ.get("RSP_POLICY_CACHE", "")
    # where files have no owner to be checked, nothing that was kept can be trusted
    if wanted == "off" or not hasattr(os, "geteuid"):
        return None
    if wanted:
        return Path(wanted)
    import platformdirs

    try:
        return Path(platformdirs.user_cache_dir("rsp-policy", appauthor=False))
    except RuntimeError:
        return None


def _private(folder: Path) -> bool:
    """Whether a folder, made if need be, is the user's own and nobody else can write there."""
    try:
        if not folder.is_dir():
            above = next(item for item in folder.absolute().parents if item.exists())
            if os.geteuid() == 0 and above.stat().st_uid != 0:
                return False  # `sudo` with a user's home, where that user could not write then
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _own(folder.stat())
    except OSError:
        return False


def _own(state: os.stat_result) -> bool:
    return state.st_uid == os.geteuid() and not state.st_mode & _OTHERS_WRITE


def _read(file: Path) -> list[Any]:
    """The part in a file, in a list; an empty list where there is none that can be trusted."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as stream:
            if not _own(os.fstat(handle)):
                return []
            data = stream.read()
    except OSError:
        return []
    digest, payload = data[:_DIGEST_LENGTH], data[_DIGEST_LENGTH:]
    if digest != _digest(payload).encode():
        return []
    try:
        return [pickle.loads(payload)]
    except Exception:  # a pickle from elsewhere may raise anything
        return []


def _write(path: Path, value: object) -> None:
    """Keep a part, whole or not at all."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    payload = stream.getvalue()
    with suppress(OSError):
        if path.is_symlink():  # what is kept goes to this folder and nowhere else
            path.unlink()
        write_file(path, _digest(payload).encode() + payload, mode=0o600)


def _prune(root: Path) -> None:
    """Remove the entries that were not used for longest; nothing else in the folder is touched."""
    import shutil

    with suppress(OSError):
        states = [item for item in os.scandir(root) if _NAME.fullmatch(item.name)]
        states.sort(key=lambda item: item.stat(follow_symlinks=False).st_mtime_ns)
        for item in states[:-MAX_STATES]:
            shutil.rmtree(item.path, ignore_errors=True)


def _digest(data: bytes) -> str:
    """128 bits of a hash that guards against accidents; ownership guards against people."""
    return hashlib.blake2b(data, digest_size=_DIGEST_LENGTH // 2).hexdigest()


class _Pickler(pickle.Pickler):
    """Values as calls of their class, which load in half the time that setting fields takes."""

    def reducer_override(self, item: object) -> Any:
        if isinstance(item, type) or not is_dataclass(item):
            return NotImplemented
        return type(item), tuple(getattr(item, field.name) for field in fields(item))
