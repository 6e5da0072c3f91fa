"""What can go wrong through a user's doing, one class for each kind of mistake.

Every message says what is wrong, where, and what would be right, with the user's own words in
backticks. Raising and explaining are separate: the arguments stay on the error as attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MEANT = re.compile(r".*; did you mean `(.*?)`\?", re.DOTALL)
_UNKNOWN = re.compile(r"unknown (\w[\w ]*?) `")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong, in words and, as far as it is known, in parts.

    Attributes:
        kind: Which kind of mistake it is, such as `unknown_name`.
        parts: What stands in the message by itself: `file`, `line`, `path`, `name`, `nearest`.
    """

    kind: str
    message: str
    parts: Mapping[str, str | int | tuple[str, ...] | None] = field(default_factory=dict)

    @property
    def unknown(self) -> str:
        """What kind of name is not known, such as `fact`; empty where it is no matter of names."""
        found = _UNKNOWN.search(self.message)
        return found.group(1) if found else ""


class PolicyError(Exception):
    """The root of all errors that a user can cause and mend."""

    def mistakes(self) -> tuple[Mistake, ...]:
        """What is wrong, one thing at a time.

        >>> UsageError("give one of `--old` and `--new`").mistakes()[0].kind
        'usage'
        """
        kind = _CAPITAL.sub("_", type(self).__name__.removesuffix("Error")).lower()
        return (Mistake(kind, str(self), self._parts()),)

    def _parts(self) -> Mapping[str, str | int | tuple[str, ...] | None]:
        return {}


class CombinedError(PolicyError):
    """Several errors of one input, so that all of them are told at once."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))

    def mistakes(self) -> tuple[Mistake, ...]:
        """What is wrong in each of them."""
        return tuple(mistake for error in self.errors for mistake in error.mistakes())


class UnknownNameError(PolicyError):
    """A version, commitment, gate, model, fact or condition that does not exist.

    >>> print(UnknownNameError("version", "v2.3", ["v2.1", "v2.2", "v3.0"]))
    unknown version `v2.3`; did you mean `v2.2`? known: v2.1, v2.2, v3.0
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], note: str = "") -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        self.note = note
        super().__init__(f"unknown {kind} `{name}`{alternatives(name, self.known, note)}")

    def _parts(self) -> Mapping[str, str | int | tuple[str, ...] | None]:
        meant = nearest(self.name, self.known)
        known = self.known if len(self.known) <= _SHOWN else None
        return {"what": self.kind, "name": self.name, "nearest": meant, "known": known}


class UnpublishedVersionError(PolicyError):
    """A version that some sources name and that was never published."""

    def __init__(self, version: str, because: str, published: Iterable[str]) -> None:
        self.version = version
        self.because = because
        self.published = tuple(published)
        super().__init__(
            f"`{version}` was never published: {because.rstrip('.')}; "
            f"published: {', '.join(self.published)}"
        )

    def _parts(self) -> Mapping[str, str | int | tuple[str, ...] | None]:
        return {"what": "version", "name": self.version, "known": self.published}


class NotEncodedError(PolicyError):
    """A published version whose commitments are not encoded in this framework."""

    def __init__(self, version: str, encoded: Iterable[str]) -> None:
        self.version = version
        self.encoded = tuple(encoded)
        super().__init__(
            f"the commitments of `{version}` are not encoded; encoded: {', '.join(self.encoded)}"
        )

    def _parts(self) -> Mapping[str, str | int | tuple[str, ...] | None]:
        return {"what": "version", "name": self.version, "known": self.encoded}


class RuleError(PolicyError):
    """Rego that does not compile or that breaks the contract of a rule."""


class UnliftableError(RuleError):
    """Rego that runs, and that cannot be turned into a formula over facts exactly.

    Attributes:
        where: File and line.
        construct: What is refused, such as a builtin or a kind of statement.
    """

    def __init__(self, where: object, construct: str, reason: str, remedy: str = "") -> None:
        self.where = str(where)
        self.construct = construct
        tail = f"; {remedy}" if remedy else ""
        super().__init__(f"{where}: `{construct}` cannot be lifted: {reason}{tail}")


class ConflictError(RuleError):
    """A rule that gives two different values for the same facts."""


class BudgetError(PolicyError):
    """A question whose answer would outgrow the memory set aside for it."""


class UsageError(PolicyError):
    """Arguments that do not go together, or one that is not of the form that is wanted."""


class OutputError(PolicyError):
    """A result that cannot be written to where it was asked for.

    Attributes:
        file: The name of the file; empty for standard output.
    """

    def __init__(self, file: str, because: str) -> None:
        self.file = file
        self.because = because
        place = f"`{file}`" if file else "standard output"
        super().__init__(f"cannot write {place}: {because[:1].lower()}{because[1:]}")

    def _parts(self) -> Mapping[str, str | int | tuple[str, ...] | None]:
        return {"file": self.file or None}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place of one file."""

    file: str
    line: int | None
    path: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"

    @property
    def nearest(self) -> str | None:
        """The name that its message suggests in place of a wrong one.

        >>> Problem("f.yaml", 1, "", "unknown fact `a.c`; did you mean `a.b`? known: a.b").nearest
        'a.b'
        """
        found = _MEANT.match(self.message)
        return found.group(1) if found else None


class InvalidFileError(PolicyError):
    """One or several files with problems, all of them listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def mistakes(self) -> tuple[Mistake, ...]:
        """Each problem with its place."""
        return tuple(
            Mistake(
                "invalid_file",
                str(item),
                {
                    "file": item.file,
                    "line": item.line,
                    "path": item.path or None,
                    "nearest": item.nearest,
                },
            )
            for item in self.problems
        )


@contextmanager
def gathered(problems: list[Problem]) -> Iterator[None]:
    """Collects the problems of invalid files instead of raising them."""
    try:
        yield
    except InvalidFileError as error:
        problems += error.problems


def alternatives(name: str, known: Iterable[str], note: str = "") -> str:
    """The tail of a message about a wrong name: the nearest one, a note, the known ones.

    Of a long list only the names nearest to the wrong one are told, and how long it is.

    >>> alternatives("a.77x", [f"a.{number}" for number in range(100)])
    '; did you mean `a.77`? near it: a.7, a.97, a.87; 100 are known'
    """
    names = list(known)
    best = nearest(name, names)
    text = f"; did you mean `{best}`?" if best else ""
    if note:
        text += f"{' ' if best else '; '}{note}"
    if not names:
        return text
    if len(names) <= _SHOWN:
        told = f"known: {', '.join(names)}"
    else:
        others = [item for item in near(name, names) if item != best][:_NEAR]
        told = f"near it: {', '.join(others)}; " if others else ""
        told += f"{len(names)} are known"
    return f"{text}{' ' if text.endswith('?') else '; '}{told}"


def near(name: str, known: Iterable[str]) -> list[str]:
    """The known names that a wrong one may stand for, the likeliest first.

    A name that lacks the groups in which it stands is near to those that end with it.

    >>> near("publik", ["deployment.public", "deployment.publik", "storage"])
    ['deployment.publik', 'deployment.public']
    """
    names = list(known)
    ends = [item for item in names if _last(item) == name]
    alike = get_close_matches(name, names, n=_NEAR + 1, cutoff=0.6)
    last = get_close_matches(name, {_last(item): item for item in names}, n=_NEAR, cutoff=0.75)
    ends += [item for word in last for item in names if _last(item) == word]
    return list(dict.fromkeys((*alike, *ends)))


def _last(name: str) -> str:
    """The last part of a name of several."""
    return name.replace("/", ".").rpartition(".")[2]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a wrong one most likely stands for, if any is near.

    Of names equally near, the one that starts alike is taken, and the last of these.

    >>> nearest("v2.3", ["v2.1", "v2.2", "v3.3"])
    'v2.2'
    """
    names = list(known)
    close = get_close_matches(name, names, n=len(names) or 1, cutoff=0.6)
    if not close:
        return next(iter(near(name, names)), None)

    def likeness(other: str) -> tuple[float, int, int]:
        ratio = SequenceMatcher(a=name, b=other).ratio()
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(name, other, strict=False))
        return round(ratio, 6), len(list(alike)), names.index(other)

    return max(close, key=likeness)


_SHOWN = 12
"""The longest list of known names that a message tells."""

_NEAR = 3
"""How many names near to a wrong one a message tells of a longer list."""
