"""A framework: one policy with its versions, commitments, vocabulary and scales."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from . import vocabulary as vocabularies
from .commitments import Commitment, Entry, TermKind, by_id, load, load_terms
from .documents import Document, Value, read
from .errors import (
    InvalidFileError,
    NotEncodedError,
    Problem,
    UnknownNameError,
    UnpublishedVersionError,
)
from .schema import check
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .compile import Program
    from .decide import Decision
    from .rules import RuleSet
    from .sheets import FactSheet


@dataclass(frozen=True, slots=True)
class Version:
    """One published edition of the policy.

    Attributes:
        until: The last day on which it was in force; `None` for the newest.
        pages: Pages of the document as published.
        sha256: Digest of the document.
    """

    id: str
    effective: datetime.date
    until: datetime.date | None
    document: str
    pages: int
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scales:
    """The ordered words of a framework, each with a sentence that says what it means.

    Attributes:
        verdicts: From the mildest to the strictest.
        levels: Levels of standards from the lowest to the highest.
        forces: From the strongest to the weakest.
        statuses: Of duties, from the worst to the best.
        actors: Names of those who act, by their short name.
    """

    verdicts: Mapping[str, str]
    gates: Mapping[str, str]
    standards: Mapping[str, str]
    levels: tuple[str, ...]
    forces: Mapping[str, str]
    statuses: Mapping[str, str]
    actors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment as it stands in one version."""

    commitment: Commitment
    entry: Entry

    @property
    def id(self) -> str:
        """The id of the commitment."""
        return self.commitment.id


class Slice:
    """All commitments as they stand in one version, and the decisions that they give."""

    def __init__(self, history: History, version: Version) -> None:
        self.history = history
        self.version = version
        names = history.versions_by_id
        found = {}
        for commitment in history.commitments.values():
            entry = commitment.entry(tuple(names), version.id)
            if entry is not None:
                found[commitment.id] = Standing(commitment, entry)
        self.standing: Mapping[str, Standing] = found

    @property
    def id(self) -> str:
        """The version."""
        return self.version.id

    def __repr__(self) -> str:
        return f"<slice {self.id} of {self.history.id}: {len(self)} commitments>"

    def __len__(self) -> int:
        return len(self.standing)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self.standing.values())

    def __getitem__(self, commitment: str) -> Standing:
        if commitment not in self.standing:
            note = ""
            if commitment in self.history.commitments:
                note = f"it does not stand in {self.id}"
            raise UnknownNameError("commitment", commitment, self.standing, note)
        return self.standing[commitment]

    @cached_property
    def program(self) -> Program:
        """The compiled rules of this version, compiled at first use."""
        from .compile import compile_slice

        return compile_slice(self)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts that the rules of this version can read."""
        return self.history.rule_set.facts_read(self)

    def decide(self, sheet: FactSheet | Mapping[str, Value]) -> Decision:
        """What this version decides about a fact sheet, or about plain facts by path.

        Raises:
            InvalidFileError: If plain facts do not fit the vocabulary.
        """
        from .decide import decide
        from .sheets import FactSheet, from_facts

        if not isinstance(sheet, FactSheet):
            sheet = from_facts(sheet, self.history.vocabulary)
        return decide(self, sheet)


class History:
    """A framework loaded from its folder.

    Attributes:
        folder: Its policy folder, such as `policies/rsp`.
        rules: Its rule folder, the mirror of it.
        trusted: Whether it ships with this package; others are compiled in a child process.
    """

    def __init__(self, folder: Path, rules: Path, *, trusted: bool) -> None:
        self.folder = folder
        self.rules = rules
        self.trusted = trusted
        framework = read(folder / "framework.yaml")
        value = check(framework, "framework")
        self.id = str(value["id"])
        self.title = str(value["title"])
        self.developer = str(value["developer"])
        self.versions = _versions(framework, value)
        self.versions_by_id = {version.id: version for version in self.versions}
        self.unpublished = {
            str(item["id"]): str(item["because"]) for item in _dicts(value.get("unpublished"))
        }
        self.scales = _scales(read(folder / "gates.yaml"))
        self.terms: Mapping[str, TermKind] = load_terms(read(folder / "terms.yaml"))
        self.vocabulary: Vocabulary = vocabularies.load(read(folder / "facts.yaml"))
        self.commitments = self._commitments()
        self._slices: dict[str, Slice] = {}
        from .integrity import problems_of

        if found := problems_of(self):
            raise InvalidFileError(found)

    def __repr__(self) -> str:
        return f"<history of {self.id}: {len(self.versions)} versions>"

    @cached_property
    def rule_set(self) -> RuleSet:
        """The Rego files of the framework with the shared library."""
        from .rules import RuleSet

        return RuleSet(self.id, self.rules, packaged("rules", "lib"))

    @cached_property
    def encoded(self) -> tuple[str, ...]:
        """The versions whose commitments are encoded, oldest first.

        Every edition changes something, so a version without an entry of its own is not encoded.
        """
        present = {entry.version for item in self.commitments.values() for entry in item.history}
        return tuple(version.id for version in self.versions if version.id in present)

    def version(self, name: str) -> Version:
        """A published version by a name such as `v2.2`, `2.2` or `v2_2`.

        Raises:
            UnpublishedVersionError: If sources name it and it was never published.
            UnknownNameError: If nobody knows it.
        """
        wanted = canonical(name)
        if wanted in self.versions_by_id:
            return self.versions_by_id[wanted]
        if wanted in self.unpublished:
            raise UnpublishedVersionError(wanted, self.unpublished[wanted], self.versions_by_id)
        raise UnknownNameError("version", name, self.versions_by_id)

    def as_of(self, day: datetime.date) -> Version:
        """The version in force on a day.

        Raises:
            UnknownNameError: If none was in force yet.
        """
        for version in reversed(self.versions):
            if version.effective <= day:
                return version
        first = self.versions[0]
        note = f"the first version, {first.id}, took effect on {first.effective}"
        raise UnknownNameError("version in force on", str(day), (), note)

    def __getitem__(self, name: str) -> Slice:
        version = self.version(name)
        if version.id not in self.encoded:
            raise NotEncodedError(version.id, self.encoded)
        if version.id not in self._slices:
            self._slices[version.id] = Slice(self, version)
        return self._slices[version.id]

    def slices(self) -> tuple[Slice, ...]:
        """All encoded versions, oldest first."""
        return tuple(self[version] for version in self.encoded)

    def commitment(self, id: str) -> Commitment:
        """A commitment by its id, whatever the version.

        Raises:
            UnknownNameError: If there is none.
        """
        if id not in self.commitments:
            raise UnknownNameError("commitment", id, self.commitments)
        return self.commitments[id]

    @property
    def models(self) -> Mapping[str, Path]:
        """The packaged fact sheets by name."""
        return {file.stem: file for file in sorted((self.folder / "models").glob("*.yaml"))}

    def sheet(self, source: str) -> FactSheet:
        """A fact sheet by the name of a packaged model, by path, or from standard input (`-`).

        Raises:
            InvalidFileError: If it cannot be read or does not fit the vocabulary.
            UnknownNameError: If it is neither a model nor a file.
        """
        from .sheets import load_sheet

        if source in self.models:
            return load_sheet(read(self.models[source]), self.vocabulary, source)
        if source != "-" and not Path(source).exists() and re.fullmatch(r"[\w.-]+", source):
            note = "neither a packaged model nor a file"
            raise UnknownNameError("model", source, self.models, note)
        name = "<stdin>" if source == "-" else Path(source).stem
        return load_sheet(read(source), self.vocabulary, name)

    def _commitments(self) -> Mapping[str, Commitment]:
        root = self.folder / "commitments"
        loaded: list[Commitment] = []
        problems: list[Problem] = []
        for file in sorted(root.glob("*/*.yaml")):
            id = file.relative_to(root).with_suffix("").as_posix()
            try:
                loaded.append(load(read(file), id, tuple(self.versions_by_id)))
            except InvalidFileError as error:
                problems += error.problems
        if problems:
            raise InvalidFileError(problems)
        return by_id(loaded)


def load_history(folder: str | Path | None = None) -> History:
    """The packaged framework, or one in another folder.

    Args:
        folder: A folder with `framework.yaml`. Its rules stand in `rules/` inside it, or in the
            mirror `../../rules/<name>`. Default: Anthropic's Responsible Scaling Policy.

    Raises:
        InvalidFileError: With every problem of every file.
    """
    if folder is None:
        return History(packaged("policies", "rsp"), packaged("rules", "rsp"), trusted=True)
    root = Path(folder)
    if not (root / "framework.yaml").is_file():
        message = "no `framework.yaml` here; a framework is a folder like policies/rsp"
        raise InvalidFileError([Problem(str(root), None, "", message)])
    inside = root / "rules"
    mirror = root.resolve().parent.parent / "rules" / root.resolve().name
    return History(root, inside if inside.is_dir() else mirror, trusted=False)


def packaged(package: str, *parts: str) -> Path:
    """A folder that ships with the package."""
    with as_file(files(f"rsp_policy.{package}").joinpath(*parts)) as path:
        return path


def canonical(version: str) -> str:
    """A version name in its one form.

    >>> canonical("2_2"), canonical("V3.0")
    ('v2.2', 'v3.0')
    """
    return "v" + version.strip().lower().removeprefix("v").replace("_", ".")


def _versions(document: Document, value: Mapping[str, Value]) -> tuple[Version, ...]:
    versions: list[Version] = []
    problems = []
    for index, item in enumerate(_dicts(value["versions"])):
        until = item.get("in_force_until")
        version = Version(
            id=str(item["id"]),
            effective=datetime.date.fromisoformat(str(item["effective"])),
            until=datetime.date.fromisoformat(str(until)) if until else None,
            document=str(item["document"]),
            pages=int(str(item["pages"])),
            sha256=str(item["sha256"]),
            note=str(item.get("note", "")),
        )
        if versions:
            before = versions[-1]
            wanted = version.effective - datetime.timedelta(days=1)
            if before.until != wanted:
                message = f"`{before.id}` must be in force until {wanted}, the day before"
                problems.append(document.problem(("versions", index - 1), message))
            if version.effective <= before.effective:
                message = f"`{version.id}` does not take effect after `{before.id}`"
                problems.append(document.problem(("versions", index), message))
        versions.append(version)
    if problems:
        raise InvalidFileError(problems)
    return tuple(versions)


def _scales(document: Document) -> Scales:
    value = check(document, "gates")
    titled = {
        key: {str(item["id"]): str(item["title"]) for item in _dicts(value[key])}
        for key in ("verdicts", "gates", "standards", "forces", "statuses")
    }
    levels, actors = value["levels"], value["actors"]
    assert isinstance(levels, list)
    assert isinstance(actors, dict)
    return Scales(
        **titled,
        levels=tuple(map(str, levels)),
        actors={key: str(title) for key, title in actors.items()},
    )


def _dicts(value: Value) -> Sequence[Mapping[str, Value]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
