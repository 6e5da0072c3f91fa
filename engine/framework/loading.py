"""Finding a framework, loading it, and checking that it holds together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import InvalidFileError, Problem
from rsp_policy.engine.files.cache import Cache, of_framework
from rsp_policy.engine.files.shipped import shipped

if TYPE_CHECKING:
    from .history import History


def load_history(folder: str | Path | None = None) -> History:
    """The packaged framework, or one in another folder.

    Args:
        folder: A folder with `framework.yaml`. Its rules stand in `rules/` inside it, or in the
            mirror `../../rules/<name>`. Default: Anthropic's Responsible Scaling Policy.

    Raises:
        InvalidFileError: With every problem of every file.
    """
    if folder is None:
        policies, rules = shipped("policies", "rsp"), shipped("rules", "rsp")
        return _kept(policies, rules, trusted=True)
    root = Path(folder)
    if not (root / "framework.yaml").is_file():
        message = "no `framework.yaml` here; a framework is a folder like policies/rsp"
        raise InvalidFileError([Problem(str(root), None, "", message)])
    return _kept(root, rules_of(root), trusted=False)


def rules_of(folder: Path) -> Path:
    """Where the rules of a framework stand: inside its folder, or in the mirror of it."""
    inside = folder / "rules"
    root = folder.resolve()
    return inside if inside.is_dir() else root.parent.parent / "rules" / root.name


def _kept(policies: Path, rules: Path, *, trusted: bool) -> History:
    """The history in these folders, read and checked only if their files have changed."""
    cache = of_framework(policies, rules)
    history = cache.recall("history", lambda: _sound(policies, rules, cache, trusted=trusted))
    history.cache = cache
    return history


def _sound(policies: Path, rules: Path, cache: Cache, *, trusted: bool) -> History:
    """The history in these folders, once its files hold together."""
    from .history import History
    from .integrity import problems_of

    history = History(policies, rules, trusted=trusted)
    history.cache = cache
    if found := problems_of(history):
        raise InvalidFileError(found)
    _ = history.condition_titles, history.encoded  # so that they are kept
    return history
