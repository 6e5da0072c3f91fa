"""Finding a framework, loading it, and checking that it holds together."""

from __future__ import annotations

from pathlib import Path

from .errors import InvalidFileError, Problem
from .history import History
from .integrity import problems_of
from .resources import packaged


def load_history(folder: str | Path | None = None) -> History:
    """The packaged framework, or one in another folder.

    Args:
        folder: A folder with `framework.yaml`. Its rules stand in `rules/` inside it, or in the
            mirror `../../rules/<name>`. Default: Anthropic's Responsible Scaling Policy.

    Raises:
        InvalidFileError: With every problem of every file.
    """
    if folder is None:
        policies, rules = packaged("policies", "rsp"), packaged("rules", "rsp")
        return _sound(History(policies, rules, trusted=True))
    root = Path(folder)
    if not (root / "framework.yaml").is_file():
        message = "no `framework.yaml` here; a framework is a folder like policies/rsp"
        raise InvalidFileError([Problem(str(root), None, "", message)])
    return _sound(History(root, rules_of(root), trusted=False))


def rules_of(folder: Path) -> Path:
    """Where the rules of a framework stand: inside its folder, or in the mirror of it."""
    inside = folder / "rules"
    root = folder.resolve()
    return inside if inside.is_dir() else root.parent.parent / "rules" / root.name


def _sound(history: History) -> History:
    """The history, once its files hold together."""
    if found := problems_of(history):
        raise InvalidFileError(found)
    return history
