"""A framework: one policy with its versions, commitments, vocabulary and scales."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import (
    InvalidFileError,
    NotEncodedError,
    Problem,
    UnknownNameError,
    UnpublishedVersionError,
    UsageError,
    gathered,
)
from rsp_policy.engine.facts.vocabulary import Vocabulary
from rsp_policy.engine.files.cache import NO_CACHE, Cache, plans
from rsp_policy.engine.files.documents import Value, read
from rsp_policy.engine.files.schema import check
from rsp_policy.engine.files.shipped import shipped
from rsp_policy.engine.records.commitments import (
    Commitment,
    Entry,
    TermKind,
    by_id,
    load,
    load_terms,
)
from rsp_policy.engine.records.versions import (
    Version,
    canonical,
    load_scales,
    load_versions,
    mappings,
)

if TYPE_CHECKING:
    from rsp_policy.engine.circuit.circuits import Circuit
    from rsp_policy.engine.circuit.decider import Decider
    from rsp_policy.engine.circuit.lifting import Lifting
    from rsp_policy.engine.decision.decisions import Decision
    from rsp_policy.engine.facts.sheets import FactSheet
    from rsp_policy.engine.rego.evaluation import Program
    from rsp_policy.engine.rego.sources import RuleSet


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment as it stands in one version."""

    id: str
    title: str
    entry: Entry

    @property
    def topic(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The second part of the id."""
        return self.id.partition("/")[2]


class Slice:
    """All commitments as they stand in one version, and the decisions that they give."""

    def __init__(
        self, history: History, version: Version, standing: Mapping[str, Standing] | None = None
    ) -> None:
        """A version, or with `standing` what it would be with these commitments."""
        self.history = history
        self.version = version
        if standing is not None:
            self.standing = standing

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """The commitments that stand in this version, by id."""
        return self.history.cache.recall(f"standing-{self.id}", self._stand)

    def _stand(self) -> Mapping[str, Standing]:
        names = tuple(self.history.versions_by_id)
        pairs = ((item, item.entry(names, self.id)) for item in self.history.commitments.values())
        return {item.id: Standing(item.id, item.title, entry) for item, entry in pairs if entry}

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

    def altered(self, other: Slice, commitments: Iterable[str]) -> Slice:
        """What this version would be if some commitments stood as they do in another.

        Those that do not stand there are left out. Nothing of it is kept in the cache.
        """
        chosen = frozenset(commitments)
        kept = {id: item for id, item in self.standing.items() if id not in chosen}
        taken = {id: item for id, item in other.standing.items() if id in chosen}
        return Slice(self.history, self.version, dict(sorted((kept | taken).items())))

    @cached_property
    def program(self) -> Program:
        """The compiled rules of this version, compiled at first use."""
        from rsp_policy.engine.rego.evaluation import compile_slice

        return compile_slice(self)

    @cached_property
    def circuit(self) -> Circuit:
        """The rules of this version as formulas over facts, lifted at first use."""
        return self.lifted({})

    def lifted(self, assumed: Mapping[str, Sequence[Value]]) -> Circuit:
        """The circuit of this version where some facts are taken to have certain values.

        Raises:
            UnliftableError: If a rule cannot be executed exactly over facts that are not fixed.
            BudgetError: If the formulas outgrow their budget.
        """
        from rsp_policy.engine.circuit.lifting import lift
        from rsp_policy.engine.rego.evaluation import slice_data

        shared = self.history.lifting
        titles = self.history.rule_set.titles
        data = slice_data(self)
        return lift(shared.plan, data, shared.facts, shared.guards, shared.entry, titles, assumed)

    @cached_property
    def decider(self) -> Decider:
        """The circuit as a function from complete facts by path to what the rules decide."""
        import marshal

        from rsp_policy.engine.circuit.decider import decider

        code, _ = self._generated
        return decider(marshal.loads(code))

    @property
    def reads(self) -> frozenset[str]:
        """The facts on which a decision of this version can depend."""
        _, facts = self._generated
        return facts

    @cached_property
    def _generated(self) -> tuple[bytes, frozenset[str]]:
        """What decides: the code of the circuit in serialised form, and the facts that it reads."""
        return self.history.cache.recall(f"version-{self.id}", self._generate)

    def _generate(self) -> tuple[bytes, frozenset[str]]:
        import marshal

        from rsp_policy.engine.circuit.generated_code import compiled

        return marshal.dumps(compiled(self.circuit)), self.circuit.reads()

    def decide(
        self, sheet: FactSheet | Mapping[str, Value], *, engine: str = "circuit"
    ) -> Decision:
        """What this version decides about a fact sheet, or about plain facts by path.

        Args:
            engine: `circuit`, or `rego` for regopy's own evaluation of complete facts.

        Raises:
            InvalidFileError: If plain facts do not fit the vocabulary.
        """
        from rsp_policy.engine.decision.decisions import decide
        from rsp_policy.engine.facts.sheets import FactSheet, from_facts

        if not isinstance(sheet, FactSheet):
            sheet = from_facts(sheet, self.history.vocabulary)
        return decide(self, sheet, engine)


class History:
    """A framework loaded from its folder.

    Attributes:
        folder: Its policy folder, such as `policies/rsp`.
        rules: Its rule folder, the mirror of it.
        trusted: Whether it ships with this package; others are compiled in a child process.
        unread: The problems of commitments whose files cannot be read, by id; `problems_of` reports
            them with all others.
        cache: Where that which is computed from these files is kept.
    """

    cache: Cache = NO_CACHE

    def __init__(self, folder: Path, rules: Path, *, trusted: bool) -> None:
        from rsp_policy.engine.facts.vocabulary_file import load_vocabulary

        self.folder = folder
        self.rules = rules
        self.trusted = trusted
        framework = read(folder / "framework.yaml")
        value = check(framework, "framework")
        self.id = str(value["id"])
        self.title = str(value["title"])
        self.developer = str(value["developer"])
        self.versions = load_versions(framework, value)
        self.versions_by_id = {version.id: version for version in self.versions}
        self.unpublished = {
            str(item["id"]): str(item["because"]) for item in mappings(value.get("unpublished"))
        }
        loaded, self.unread = self._read_commitments()
        self.commitments = by_id(loaded)
        broken: list[Problem] = []
        with gathered(broken):
            self.scales = load_scales(read(folder / "gates.yaml"))
        with gathered(broken):
            self.terms: Mapping[str, TermKind] = load_terms(read(folder / "terms.yaml"))
        with gathered(broken):
            self.vocabulary: Vocabulary = load_vocabulary(read(folder / "facts.yaml"))
        if broken:
            unread = [problem for found in self.unread.values() for problem in found]
            raise InvalidFileError([*broken, *unread])
        self._slices: dict[str, Slice] = {}
        self._checked_apart = False

    def __repr__(self) -> str:
        return f"<history of {self.id}: {len(self.versions)} versions>"

    def __getstate__(self) -> dict[str, object]:
        """What the cache keeps: all that was read, but for what few commands need."""
        left_out = ("cache", "commitments", "lifting", "rule_set")
        kept = {name: item for name, item in self.__dict__.items() if name not in left_out}
        return {**kept, "_slices": {}, "_checked_apart": False}

    @cached_property
    def commitments(self) -> Mapping[str, Commitment]:
        """The commitments with their histories, by id."""
        return self.cache.recall("commitments", lambda: by_id(self._read_commitments()[0]))

    @cached_property
    def condition_titles(self) -> Mapping[str, str]:
        """The title of every condition, which reports need without the rules themselves."""
        return {name: self.rule_set.title(name) for name in self.rule_set.conditions}

    @cached_property
    def rule_set(self) -> RuleSet:
        """The Rego files of the framework with the shared library."""
        return self.cache.recall("rules", self._read_rules)

    def _read_rules(self) -> RuleSet:
        from rsp_policy.engine.rego.sources import RuleSet

        return RuleSet(self.rules, shipped("rules", "lib"))

    @property
    def entry(self) -> str:
        """The entry point of the rules."""
        return "lib/decision/decision"

    @cached_property
    def lifting(self) -> Lifting:
        """The rules compiled once, over which the circuits of all versions are lifted."""
        from rsp_policy.engine.bdd.fact_variables import FactVariables
        from rsp_policy.engine.circuit.lifting import Lifting
        from rsp_policy.engine.rego.evaluation import sources
        from rsp_policy.engine.rego.planner import plan_of

        facts = FactVariables(self.vocabulary)
        plan = plan_of(sources(self.rule_set), [self.entry], {}, compiler=self._plan_text)
        return Lifting(plan, facts, facts.guards(), self.entry)

    def _plan_text(
        self, modules: Mapping[str, str], entries: Sequence[str], data: Mapping[str, Value]
    ) -> str:
        """The text of the plan of the rules, which outlasts changes to the records."""
        from rsp_policy.engine.rego.planner import plan_text

        def compiled() -> str:
            self.check_apart()
            return plan_text(modules, entries, data)

        question = repr((sorted(modules.items()), list(entries), data))
        return plans(question).recall("plan", compiled)

    def check_apart(self) -> None:
        """Compile rules that are not our own in a child process, once, before any is compiled here.

        Raises:
            RuleError: If they do not compile, or crash the compiler.
        """
        from rsp_policy.engine.rego.evaluation import apart

        if not (self.trusted or self._checked_apart):
            apart(self, "evaluation")
            self._checked_apart = True

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

    def gate(self, name: str) -> str:
        """A gate by its name.

        Raises:
            UnknownNameError: If there is none.
        """
        if name not in self.scales.gates:
            raise UnknownNameError("gate", name, self.scales.gates)
        return name

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

    def between(self, since: str | None = None, until: str | None = None) -> tuple[Slice, ...]:
        """The encoded versions from one to another, oldest first.

        Args:
            since: The version to start from; the oldest by default.
            until: The version to end with; the newest by default.

        Raises:
            UnknownNameError: If there is no such version.
            UsageError: If `since` does not come before `until`.
        """
        names = list(self.encoded)
        first = names.index(self[since].id) if since else 0
        last = names.index(self[until].id) if until else len(names) - 1
        if first >= last:
            raise UsageError(f"{names[first]} does not come before {names[last]}")
        return tuple(self[name] for name in names[first : last + 1])

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
        from rsp_policy.engine.facts.sheets import load_sheet

        if source in self.models:
            file = self.models[source]
            state = file.stat()
            part = f"model-{source}-{state.st_size}-{state.st_mtime_ns}-{state.st_ctime_ns}"
            return self.cache.recall(part, lambda: load_sheet(read(file), self.vocabulary, source))
        if source != "-" and not Path(source).exists() and re.fullmatch(r"[\w.-]+", source):
            note = "neither a packaged model nor a file"
            raise UnknownNameError("model", source, self.models, note)
        name = "<stdin>" if source == "-" else Path(source).stem
        return load_sheet(read(source), self.vocabulary, name)

    def _read_commitments(self) -> tuple[list[Commitment], dict[str, tuple[Problem, ...]]]:
        """The commitments that can be read, and the problems of those that cannot, by id."""
        root = self.folder / "commitments"
        loaded: list[Commitment] = []
        unread: dict[str, tuple[Problem, ...]] = {}
        for file in sorted(root.glob("*/*.yaml")):
            id = file.relative_to(root).with_suffix("").as_posix()
            try:
                loaded.append(load(read(file), id, tuple(self.versions_by_id)))
            except InvalidFileError as error:
                unread[id] = error.problems
        return loaded, unread
