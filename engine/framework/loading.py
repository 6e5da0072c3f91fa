"""Finding a framework and loading it, once its files hold together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import InvalidFileError, Problem, UnknownNameError
from rsp_policy.engine.files.cache import Cache, of_framework
from rsp_policy.engine.files.shipped import shipped

from .policy import Framework

if TYPE_CHECKING:
    from rsp_policy.engine.records.history import Records


def load_framework(name: str | Path | None = None) -> Framework:
    """A packaged framework, or one in another folder.

    Args:
        name: The name of a packaged framework, or a folder with `framework.yaml`. Its rules stand
            in `rules/` inside it, or in the mirror `../../rules/<name>`. Default: the one that
            `policies` names as such.

    Raises:
        InvalidFileError: With every problem of every file.
        UnknownNameError: If it is neither a packaged framework nor a folder.
    """
    if name is None:
        from rsp_policy.policies import DEFAULT

        name = DEFAULT
    if str(name) in packaged_frameworks() and not isinstance(name, Path):
        return _kept(shipped("policies", name), shipped("rules", name), trusted=True)
    root = Path(name)
    if not root.exists() and "/" not in str(name):
        note = "neither a packaged framework nor a folder"
        raise UnknownNameError("framework", str(name), packaged_frameworks(), note)
    if not (root / "framework.yaml").is_file():
        message = "no `framework.yaml` here; a framework is a folder with one"
        raise InvalidFileError([Problem(str(root), None, "", message)])
    return _kept(root, rules_of(root), trusted=False)


def packaged_frameworks() -> tuple[str, ...]:
    """The names of the frameworks that ship with this package."""
    found = shipped("policies").glob("*/framework.yaml")
    return tuple(sorted(file.parent.name for file in found))


def rules_of(folder: Path) -> Path:
    """Where the rules of a framework stand: inside its folder, or in the mirror of it."""
    inside = folder / "rules"
    root = folder.resolve()
    return inside if inside.is_dir() else root.parent.parent / "rules" / root.name


def _kept(policies: Path, rules: Path, *, trusted: bool) -> Framework:
    """The framework in these folders, read and checked only if their files have changed."""
    cache = of_framework(policies, rules)
    records = cache.recall("records", lambda: _sound(policies, rules, cache, trusted=trusted))
    return Framework(policies, rules, records, cache, trusted=trusted)


def _sound(policies: Path, rules: Path, cache: Cache, *, trusted: bool) -> Records:
    """The records in these folders, once all files hold together."""
    from rsp_policy.engine.records.folder import read_folder

    from .integrity import problems_of

    found = read_folder(policies)
    framework = Framework(policies, rules, found.records, cache, trusted=trusted, found=found)
    if problems := problems_of(framework, found.unread):
        raise InvalidFileError(problems)
    _ = framework.commitments, framework.places, framework.condition_titles  # so that they are kept
    return found.records
