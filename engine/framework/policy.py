"""A policy bound to its rules: what compiles, lifts, caches and decides, over the pure records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rsp_policy.engine.errors import UnknownNameError, UsageError
from rsp_policy.engine.files.cache import Cache, plans
from rsp_policy.engine.files.documents import Value, read
from rsp_policy.engine.files.shipped import shipped
from rsp_policy.engine.records.commitments import Commitment
from rsp_policy.engine.records.history import History, Records, Slice, Standing
from rsp_policy.engine.records.places import Places

if TYPE_CHECKING:
    from rsp_policy.engine.circuit.circuits import Circuit
    from rsp_policy.engine.circuit.decider import Decider
    from rsp_policy.engine.circuit.lifting import Lifting
    from rsp_policy.engine.decision.decisions import Decision
    from rsp_policy.engine.decision.outcome import Outcome
    from rsp_policy.engine.decision.possible_answers import PossibleAnswers
    from rsp_policy.engine.facts.sheets import Completed, FactSheet
    from rsp_policy.engine.records.folder import Folder
    from rsp_policy.engine.rego.evaluation import Program
    from rsp_policy.engine.rego.sources import RuleSet

ENGINES = ("circuit", "rego")
"""How a decision is reached: by the version's circuit, or by regopy's evaluation of its rules."""

ENTRY = "lib/decision/decision"
"""The entry point of the rules."""

FINDINGS = "lib.decision.findings"
"""The rule that collects all findings before any is folded into a verdict."""


class PolicyVersion(Slice):
    """A version of a policy, with the rules that decide by it."""

    history: Framework

    def altered(self, other: Slice, commitments: Iterable[str]) -> PolicyVersion:
        """What this version would be if some commitments stood as they do in another.

        Those that do not stand there are left out. Nothing of it is kept in a cache.
        """
        altered = super().altered(other, commitments)
        assert isinstance(altered, PolicyVersion)
        return altered

    @cached_property
    def program(self) -> Program:
        """The rules of this version as regopy evaluates them, compiled at first use.

        Raises:
            RuleError: If they do not compile.
        """
        from rsp_policy.engine.rego.evaluation import Program

        from .rule_data import slice_data

        texts = self.history.rule_set.texts
        if not self.history.trusted:
            # rules that are not our own may crash the compiler; then a child has done so before
            self.history.plan_text(texts, [ENTRY], {})
        return Program(texts, slice_data(self), ENTRY)

    @cached_property
    def circuit(self) -> Circuit:
        """The rules of this version as formulas over facts, lifted at first use."""
        return self.lifted({})

    def lifted(self, assumed: Mapping[str, Sequence[Value]]) -> Circuit:
        """The circuit of this version where some facts are taken to have certain values.

        Raises:
            UnliftableError: If a rule cannot be executed exactly over facts that are not fixed.
            RuleError: If a finding has a word that is on no scale.
            BudgetError: If the formulas outgrow their budget.
        """
        from rsp_policy.engine.circuit.lifting import lift

        from .rule_checks import check_findings
        from .rule_data import slice_data

        shared = self.history.lifting
        titles = self.history.rule_set.titles
        circuit = lift(shared, slice_data(self), titles, assumed, also=(FINDINGS,))
        check_findings(circuit.also[FINDINGS], self.history.rule_set, self.history.scales)
        return circuit

    @cached_property
    def answers(self) -> PossibleAnswers:
        """All that this version can decide, whatever the facts are."""
        from rsp_policy.engine.decision.possible_answers import possible_answers

        return possible_answers(self.circuit, self.history.scales)

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
            RuleError: If the rules break their contract.
            UsageError: If regopy is asked while facts are unknown that its rules may read.
            UnknownNameError: If there is no such engine.
        """
        from rsp_policy.engine.decision.decisions import decision_of
        from rsp_policy.engine.facts.sheets import FactSheet, from_facts

        if engine not in ENGINES:
            raise UnknownNameError("engine", engine, ENGINES)
        if not isinstance(sheet, FactSheet):
            sheet = from_facts(sheet, self.history.vocabulary)
        complete = sheet.complete(self.history.vocabulary)
        found = self._by_rego(complete) if engine == "rego" else self._by_circuit(complete)
        return decision_of(found, self, self.history.condition_titles, sheet, complete)

    def _by_circuit(self, complete: Completed) -> Outcome:
        from rsp_policy.engine.decision.outcome import outcome

        if self.reads.isdisjoint(complete.unknown):
            return outcome(self.decider(complete.values), self.history.scales)
        from rsp_policy.engine.decision.undetermined import undetermined

        return undetermined(self.circuit, self.answers, self.history.scales, complete)

    def _by_rego(self, complete: Completed) -> Outcome:
        from rsp_policy.engine.decision.outcome import outcome
        from rsp_policy.engine.facts.vocabulary import nested

        from .mentioned import mentioned_facts

        mentioned = mentioned_facts(self, self.history.rule_set)
        unknown = [path for path in complete.unknown if path in mentioned]
        if unknown:
            raise UsageError(f"the Rego engine needs a value for {', '.join(unknown)}")
        return outcome(self.program.evaluate(nested(complete.values)), self.history.scales)


class Framework(History):
    """A policy loaded from its folder, with its rules.

    Attributes:
        folder: Its policy folder, with `framework.yaml`.
        rules: Its rule folder, the mirror of it.
        trusted: Whether it ships with this package; regopy compiles others in a child process.
        cache: Where that which is computed from these files is kept.
    """

    def __init__(
        self,
        folder: Path,
        rules: Path,
        records: Records,
        cache: Cache,
        *,
        trusted: bool,
        found: Folder | None = None,
    ) -> None:
        """A framework.

        Args:
            found: What its folder holds, where that has just been read.
        """
        super().__init__(records, self._read_commitments)
        self.folder = folder
        self.rules = rules
        self.cache = cache
        self.trusted = trusted
        self._found = found
        self._versions: dict[str, PolicyVersion] = {}

    def _read_commitments(self) -> tuple[Mapping[str, Commitment], Places]:
        def made() -> tuple[Mapping[str, Commitment], Places]:
            from rsp_policy.engine.records.folder import read_folder

            found = self._found or read_folder(self.folder)
            return found.commitments, found.places

        return self.cache.recall("commitments", made)

    def standing_in(self, version: str) -> Mapping[str, Standing]:
        """The commitments that stand in a version, by id."""
        made = super().standing_in
        return self.cache.recall(f"standing-{version}", lambda: made(version))

    def __getitem__(self, name: str) -> PolicyVersion:
        version = super().__getitem__(name).version
        if version.id not in self._versions:
            self._versions[version.id] = PolicyVersion(self, version)
        return self._versions[version.id]

    def slices(self) -> tuple[PolicyVersion, ...]:
        """All encoded versions, oldest first."""
        return tuple(self[version] for version in self.encoded)

    def between(
        self, since: str | None = None, until: str | None = None
    ) -> tuple[PolicyVersion, ...]:
        """As `History.between`, with the rules of each version."""
        return tuple(self[part.id] for part in super().between(since, until))

    @cached_property
    def condition_titles(self) -> Mapping[str, str]:
        """The title of every condition, which reports need without the rules themselves."""

        def made() -> dict[str, str]:
            return {name: self.rule_set.title(name) for name in self.rule_set.conditions}

        return self.cache.recall("titles", made)

    @cached_property
    def rule_set(self) -> RuleSet:
        """The Rego files of the framework with the shared library."""

        def made() -> RuleSet:
            from rsp_policy.engine.rego.sources import RuleSet

            return RuleSet(self.rules, shipped("rules", "lib"))

        return self.cache.recall("rules", made)

    @cached_property
    def lifting(self) -> Lifting:
        """The rules compiled once, over which the circuits of all versions are lifted."""
        from rsp_policy.engine.circuit.lifting import Lifting

        return Lifting.of(self.rule_set.texts, self.vocabulary, ENTRY, self.plan_text)

    def plan_text(
        self, modules: Mapping[str, str], entrypoints: Sequence[str], data: Mapping[str, Value]
    ) -> str:
        """The text of the plan of some rules, compiled by a child; it outlasts changed records.

        Raises:
            RuleError: If the rules do not compile, crash the compiler, or take too long.
        """
        from rsp_policy.engine.rego.planner import plan_text

        question = repr((sorted(modules.items()), list(entrypoints), data))
        return plans(question).recall("plan", lambda: plan_text(modules, entrypoints, data))

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
