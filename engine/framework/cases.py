"""Cases: facts and what a version must decide about them, written so that an analyst can read them.

A case file is a list. Each case has a `name`, a `version`, `facts` (or `given`, a model whose sheet
it starts from), and `expect`: the parts of the decision that must come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rsp_policy.engine.decision.decisions import Decision
from rsp_policy.engine.errors import (
    InvalidFileError,
    NotEncodedError,
    PolicyError,
    Problem,
    alternatives,
)
from rsp_policy.engine.facts.sheets import FactSheet, load_sheet
from rsp_policy.engine.files.documents import Document, Value, mapping, read
from rsp_policy.engine.files.schema import packaged, problems_of

if TYPE_CHECKING:
    from rsp_policy.engine.records.scales import Scales

    from .policy import Framework

_ABSENT = "none"


@dataclass(frozen=True, slots=True)
class Case:
    """One expectation about one version."""

    name: str
    file: str
    line: int | None
    version: str
    sheet: FactSheet
    expect: Mapping[str, Value]

    @property
    def place(self) -> str:
        """Where it is written."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The outcome of a case: nothing in `failures` when it came out as expected."""

    case: Case
    failures: tuple[str, ...]
    skipped: str = ""


def load_cases(path: Path, history: Framework) -> tuple[Case, ...]:
    """The cases of a file, or of every YAML file below a folder.

    Raises:
        InvalidFileError: With every problem of every file.
    """
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files:
        message = "holds no case files; cases are written in *.yaml"
        raise InvalidFileError([Problem(str(path), None, "", message)])
    cases: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            cases += _cases(read(file), history)
        except InvalidFileError as error:
            problems += error.problems
    if problems:
        raise InvalidFileError(problems)
    return tuple(cases)


def announced(history: Framework) -> tuple[Case, ...]:
    """What developers announced about the packaged models, as cases.

    Raises:
        InvalidFileError: If an expectation names what cannot be found.
    """
    cases = []
    for name, file in history.models.items():
        sheet = history.sheet(name)
        problems = [
            Problem(str(file), None, f"determined {item.version} {'.'.join(place)}", message)
            for item in sheet.determined
            for place, message in _idle_names(item.expect, history, item.version)
        ]
        if problems:
            raise InvalidFileError(problems)
        cases += [
            Case(f"{name}: {item.says}", str(file), None, item.version, sheet, item.expect)
            for item in sheet.determined
        ]
    return tuple(cases)


def run_case(case: Case, history: Framework) -> CaseResult:
    """Decide a case and compare."""
    try:
        part = history[case.version]
    except NotEncodedError as error:
        return CaseResult(case, (), skipped=str(error))
    try:
        decision = part.decide(case.sheet)
    except PolicyError as error:
        return CaseResult(case, (str(error),))
    return CaseResult(case, tuple(_failures(decision, case.expect, history.scales)))


def _failures(decision: Decision, expect: Mapping[str, Value], scales: Scales) -> Iterator[str]:
    wanted_facts = expect.get("undetermined")
    if wanted_facts is not None:
        assert isinstance(wanted_facts, list)
        if sorted(map(str, wanted_facts)) != sorted(decision.matters):
            yield f"undetermined: {_list(decision.matters)}, expected {_list(wanted_facts)}"
    found = _found(decision, scales)
    for part in ("gates", "standards", "thresholds", "duties"):
        for key, wanted in mapping(expect.get(part)).items():
            actual = found[part].get(key, _ABSENT)
            if actual != wanted:
                yield f"{part}.{key}: {actual}, expected {wanted}"
    for gate, wanted in mapping(expect.get("because")).items():
        assert isinstance(wanted, list)
        reasons = sorted({reason.commitment for reason in decision.gate(gate).because})
        if reasons != sorted(map(str, wanted)):
            yield f"because.{gate}: {_list(reasons)}, expected {_list(wanted)}"


def _found(decision: Decision, scales: Scales) -> dict[str, dict[str, str]]:
    # of several subjects of a threshold, the one of which most is said stands for it
    order = list(scales.thresholds)
    return {
        "gates": {gate.gate: gate.verdict for gate in decision.gates},
        "standards": dict(decision.standards),
        "thresholds": {
            item.commitment: item.status
            for item in sorted(decision.thresholds, key=lambda item: order.index(item.status))
        },
        "duties": {duty.commitment: duty.status for duty in decision.duties},
    }


def _cases(document: Document, history: Framework) -> list[Case]:
    problems = problems_of(document, packaged("cases"))
    if problems or not isinstance(document.value, list):
        raise InvalidFileError(problems)
    cases: list[Case] = []
    for index, item in enumerate(document.value):
        assert isinstance(item, dict)
        try:
            cases.append(_case(document, index, item, history))
        except InvalidFileError as error:
            problems += error.problems
        except PolicyError as error:
            problems.append(document.problem((index,), str(error)))
    if problems:
        raise InvalidFileError(problems)
    return cases


def _case(document: Document, index: int, item: Mapping[str, Value], history: Framework) -> Case:
    version = history.version(str(item["version"])).id
    expect = mapping(item["expect"])
    problems = [
        document.problem((index, "expect", *place), message)
        for place, message in _idle_names(expect, history, version)
    ]
    given: Mapping[str, Value] = {}
    if "given" in item:
        given = history.sheet(str(item["given"])).given
    facts = mapping(item.get("facts"))
    raw, places, wrong = history.vocabulary.flatten(document, facts, (index, "facts"))
    problems += wrong
    if problems:
        raise InvalidFileError(problems)
    name = str(item["name"])
    try:
        sheet = load_sheet(
            Document(document.name, {"facts": {**given, **raw}}, {}), history.vocabulary, name
        )
    except InvalidFileError as error:
        raise InvalidFileError(
            document.problem(places.get(_fact_in(problem), (index,)), problem.message)
            for problem in error.problems
        ) from None
    return Case(name, document.name, document.lines.get((index,)), version, sheet, expect)


def _fact_in(problem: Problem) -> str:
    return problem.path.removeprefix("facts.")


def _idle_names(
    expect: Mapping[str, Value], history: Framework, version: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names in an expectation that no decision of the version could ever hold.

    An expectation of `none` about them would come out whatever the rules say.
    """
    yield from _unknown_names(expect, history)
    if version not in history.encoded:
        return
    part = history[version]
    for key in ("thresholds", "duties"):
        for id in mapping(expect.get(key)):
            standing = part.standing.get(id)
            ruled = id in history.rule_set.commitments
            if id in history.commitments and standing is None:
                yield (key, id), f"`{id}` does not stand in {version}"
            elif standing and not ruled and (key == "thresholds" or not standing.entry.duty):
                yield (key, id), f"`{id}` has no {key} in {version}: no rule gives it any"


def _unknown_names(
    expect: Mapping[str, Value], history: Framework
) -> Iterator[tuple[tuple[str, ...], str]]:
    scales = history.scales
    known: dict[str, tuple[object, ...]] = {
        "gates": (scales.gates, scales.verdicts),
        "standards": (scales.standards, (*scales.levels, _ABSENT)),
        "thresholds": (history.commitments, (*scales.thresholds, _ABSENT)),
        "duties": (history.commitments, (*scales.statuses, _ABSENT)),
        "because": (scales.gates, None),
    }
    for part, (names, values) in known.items():
        for key, value in mapping(expect.get(part)).items():
            assert isinstance(names, Mapping)
            if key not in names:
                yield (part, key), f"unknown name `{key}`{alternatives(key, names)}"
            if values is not None and value not in values:  # type: ignore[operator]
                listed = [str(item) for item in values]  # type: ignore[attr-defined]
                yield (part, key), f"`{value}` is not allowed{alternatives(str(value), listed)}"
            for id in value if isinstance(value, list) else []:
                if id not in history.commitments:
                    message = f"unknown commitment `{id}`"
                    yield (part, key), message + alternatives(str(id), history.commitments)


def _list(values: object) -> str:
    assert hasattr(values, "__iter__")
    return ", ".join(map(str, values)) or "nothing"
