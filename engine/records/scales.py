"""The words in which a framework is decided, each on a scale of its own, from `gates.yaml`.

No word of these stands in code: what code must tell apart has a role, which the file gives to one
word of a scale.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rsp_policy.engine.errors import InvalidFileError, Problem, UnknownNameError
from rsp_policy.engine.files.documents import Document, Value, mappings
from rsp_policy.engine.files.schema import check

STATUS_ROLES = ("broken", "late", "open", "done")
"""What the generic rule says of a duty: a practice not kept, a time passed, not done yet, done."""


@dataclass(frozen=True, slots=True)
class Scales:
    """The ordered words of a framework, each with a sentence that says what it means.

    Attributes:
        verdicts: From the mildest to the strictest.
        waiting: The verdict of a gate for which only an act is missing.
        levels: Levels of standards from the lowest to the highest.
        thresholds: What can be said of a threshold, from the weaker to the stronger.
        forces: From the strongest to the weakest.
        binding: The force that can be broken.
        advice: The forces of what is said to others and binds nobody here.
        statuses: Of duties, from the worst to the best.
        roles: The status for each of `STATUS_ROLES`.
        actors: Names of those who act, by their short name.
    """

    verdicts: Mapping[str, str]
    waiting: str
    gates: Mapping[str, str]
    standards: Mapping[str, str]
    levels: tuple[str, ...]
    thresholds: Mapping[str, str]
    forces: Mapping[str, str]
    binding: str
    advice: frozenset[str]
    statuses: Mapping[str, str]
    roles: Mapping[str, str]
    actors: Mapping[str, str]

    @property
    def words(self) -> Mapping[str, Collection[str]]:
        """The words that a rule may give, by the key under which it gives them."""
        return {
            "gate": self.gates,
            "verdict": self.verdicts,
            "standard": self.standards,
            "level": self.levels,
            "threshold": self.thresholds,
            "status": self.statuses,
            "force": self.forces,
            "who": self.actors,
        }

    def gate(self, name: str) -> str:
        """A gate by its name.

        Raises:
            UnknownNameError: If there is none.
        """
        return _known("gate", name, self.gates)

    def verdict(self, name: str) -> str:
        """A verdict by its name.

        Raises:
            UnknownNameError: If there is none.
        """
        return _known("verdict", name, self.verdicts)


def load_scales(document: Document) -> Scales:
    """The scales in a document that follows `policies/schema/gates.schema.json`.

    Raises:
        InvalidFileError: If a word stands twice on a scale, or a role is given to none or to two.
    """
    value = check(document, "gates")
    titled: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for key in ("verdicts", "gates", "standards", "thresholds", "forces", "statuses"):
        titled[key] = {}
        for index, item in enumerate(mappings(value[key])):
            if str(item["id"]) in titled[key]:
                message = f"`{item['id']}` stands twice on this scale"
                problems.append(document.problem((key, index), message))
            titled[key][str(item["id"])] = str(item["title"])

    def one(key: str, role: str, wanted: Value = True) -> str:
        found = [str(item["id"]) for item in mappings(value[key]) if item.get(role) == wanted]
        if len(found) != 1:
            said = role if wanted is True else f"{role}: {wanted}"
            message = f"`{said}` belongs to one of these, and stands at {len(found)}"
            problems.append(document.problem((key,), message))
        return found[0] if found else ""

    levels, actors = value["levels"], value["actors"]
    assert isinstance(levels, list)
    assert isinstance(actors, dict)
    scales = Scales(
        **titled,
        waiting=one("verdicts", "waiting"),
        levels=tuple(map(str, levels)),
        binding=one("forces", "binding"),
        advice=frozenset(str(i["id"]) for i in mappings(value["forces"]) if i.get("advice")),
        roles={role: one("statuses", "role", role) for role in STATUS_ROLES},
        actors={key: str(title) for key, title in actors.items()},
    )
    if problems:
        raise InvalidFileError(problems)
    return scales


def _known(kind: str, name: str, known: Mapping[str, str]) -> str:
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return name
