"""The folder of a policy: all its records read, every problem reported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rsp_policy.engine.errors import InvalidFileError, Problem, gathered
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.facts.vocabulary_file import load_vocabulary
from rsp_policy.engine.files.documents import mappings, read
from rsp_policy.engine.files.schema import check

from .commitment_file import load_commitment
from .commitments import Commitment, by_id
from .history import Records
from .places import Place, load_places
from .scales import Scales, load_scales
from .terms import TermKind, load_terms
from .versions import load_versions


@dataclass(frozen=True, slots=True)
class Folder:
    """What a policy folder holds.

    Attributes:
        commitments: Those that can be read, by id.
        places: Where versions state commitments, by version and commitment.
        unread: The problems of commitments whose files cannot be read, by id.
    """

    records: Records
    commitments: dict[str, Commitment]
    places: dict[str, dict[str, Place]]
    unread: dict[str, tuple[Problem, ...]]


def read_folder(folder: Path) -> Folder:
    """Read a policy folder.

    Raises:
        InvalidFileError: With every problem, where versions, scales, terms, facts or places cannot
            be read. Commitments that cannot be read are left out, and their problems kept.
    """
    framework = read(folder / "framework.yaml")
    value = check(framework, "framework")
    versions = load_versions(framework, value)
    names = tuple(version.id for version in versions)
    commitments, unread = _commitments(folder / "commitments", names)
    broken: list[Problem] = []
    scales: list[Scales] = []
    terms: list[dict[str, TermKind]] = []
    vocabulary: list[Vocabulary] = []
    places: dict[str, dict[str, Place]] = {}
    with gathered(broken):
        scales.append(load_scales(read(folder / "gates.yaml")))
    with gathered(broken):
        terms.append(dict(load_terms(read(folder / "terms.yaml"))))
    with gathered(broken):
        vocabulary.append(load_vocabulary(read(folder / "facts.yaml")))
    for name in names:
        file = folder / "places" / f"{name}.yaml"
        if file.exists():
            with gathered(broken):
                places[name] = load_places(read(file))
    if broken:
        raise InvalidFileError([*broken, *(item for found in unread.values() for item in found)])
    present = {entry.version for item in commitments.values() for entry in item.history}
    records = Records(
        id=str(value["id"]),
        title=str(value["title"]),
        developer=str(value["developer"]),
        versions=versions,
        unpublished={
            str(item["id"]): str(item["because"]) for item in mappings(value.get("unpublished"))
        },
        scales=scales[0],
        terms=terms[0],
        vocabulary=vocabulary[0],
        encoded=tuple(name for name in names if name in present),
    )
    return Folder(records, commitments, places, unread)


def _commitments(
    root: Path, versions: tuple[str, ...]
) -> tuple[dict[str, Commitment], dict[str, tuple[Problem, ...]]]:
    """The commitments that can be read, and the problems of those that cannot, by id."""
    loaded: list[Commitment] = []
    unread: dict[str, tuple[Problem, ...]] = {}
    for file in sorted(root.glob("*/*.yaml")):
        id = file.relative_to(root).with_suffix("").as_posix()
        try:
            loaded.append(load_commitment(read(file), id, versions))
        except InvalidFileError as error:
            unread[id] = error.problems
    return by_id(loaded), unread
