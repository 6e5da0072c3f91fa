"""Rego tests beside the rules: `test_...` rules in packages that end in `_test`.

A test passes when its rule is true. Tests see `data.slices` (every encoded version by name) and
`data.scale`, so that a test reads `with data.slice as data.slices["v2.2"] with input as {...}`. The
input of a test of the framework is a fact sheet: it must fit the vocabulary, and facts that it
leaves out stand at their defaults.

regopy rewrites `with` at compile time and crashes on many replacements, so the replacements are
taken out of the text here and applied to the input and data documents instead. One test therefore
has one world: a target may be replaced by one value only.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rsp_policy.engine.errors import InvalidFileError, RuleError
from rsp_policy.engine.facts.sheets import from_facts
from rsp_policy.engine.facts.vocabulary import Vocabulary, nested
from rsp_policy.engine.facts.vocabulary_file import load_vocabulary
from rsp_policy.engine.files.documents import mapping, parse
from rsp_policy.engine.files.schema import shown

from .child import ask_child
from .evaluation import ask, build, calculator, query

if TYPE_CHECKING:
    from regopy import Interpreter

    from rsp_policy.engine.files.documents import Value

    from .sources import Module

_WITH = re.compile(r'\bwith\s+(input|data)((?:\.\w+|\["[^"]*"\])*)\s+as\s+')
_PACKAGE = re.compile(r"^package\s+([\w.]+)", re.MULTILINE)
_REFERENCE = re.compile(r"\bdata\.([\w.]*\w)")
_DATA = re.compile(r'data((?:\.\w+|\["[^"]*"\])*)')
_KEY = re.compile(r'\.(\w+)|\["([^"]*)"\]')


@dataclass(frozen=True, slots=True)
class RegoResult:
    """The outcome of one Rego test."""

    file: str
    line: int
    name: str
    passed: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Test:
    """A test as a child is asked to run it."""

    module: str
    package: str
    name: str
    line: int
    text: str


def run_tests(
    modules: Mapping[str, str],
    tests: Iterable[Module],
    data: Mapping[str, Value],
    vocabulary: str,
) -> tuple[RegoResult, ...]:
    """Run tests in a child process.

    Args:
        modules: The texts of the rules that are tested, by name.
        tests: The files of the tests.
        data: The `data` document that tests see.
        vocabulary: The text of the vocabulary, by which the inputs of tests are completed, but for
            those in packages under `lib`.

    Raises:
        RuleError: If rules or tests do not compile.
    """
    listed = [
        asdict(_Test(module.name, module.package, rule.name, rule.line, rule.text))
        for module in tests
        for rule in module.rules
        if rule.name.startswith("test_")
    ]
    about = {
        "modules": {**modules, **{module.name: module.text for module in tests}},
        "tests": listed,
        "data": dict(data),
        "vocabulary": vocabulary,
    }
    return tuple(RegoResult(**item) for item in json.loads(ask_child("test", about)))


def run_tests_here(
    modules: Mapping[str, str],
    tests: Iterable[Mapping[str, Any]],
    data: Mapping[str, Value],
    vocabulary: str,
) -> str:
    """The results of tests as JSON, as the child gives them."""
    listed = [_Test(**item) for item in tests]
    named = {test.module for test in listed}
    blanked = {
        name: _without_replacements(text, name) if name in named else text
        for name, text in modules.items()
    }
    known = load_vocabulary(parse(vocabulary, "facts.yaml"))
    runner = _Runner(blanked, data, known, listed)
    return json.dumps([asdict(runner.run(test)) for test in listed])


class _Runner:
    """Runs tests, one bundle for each distinct data document."""

    def __init__(
        self,
        modules: Mapping[str, str],
        data: Mapping[str, Value],
        vocabulary: Vocabulary,
        tests: Iterable[_Test],
    ) -> None:
        self.modules = modules
        self.data = data
        self.vocabulary = vocabulary
        self._entrypoints: dict[str, list[str]] = {}
        for test in tests:
            names = self._entrypoints.setdefault(test.module, [])
            names.append(f"{test.package.replace('.', '/')}/{test.name}")
        self._bundles: dict[str, tuple[Interpreter, object]] = {}
        self._terms: dict[str, Value] = {}
        self._plain = calculator({})

    def run(self, test: _Test) -> RegoResult:
        """The outcome of one test."""
        place = f"{test.module}:{test.line}"
        world: dict[tuple[str, ...], str] = {}
        for target, term, _, _ in _replacements(test.text, place):
            if world.setdefault(target, term) != term:
                raise RuleError(f"{place}: `{'.'.join(target)}` is replaced by two values")
        facts: Value = {}
        patches: dict[tuple[str, ...], str] = {}
        for target, term in world.items():
            if target == ("input",):
                facts = self._value(term, place)
            elif target[0] == "input":
                facts = _patched(facts, target[1:], self._value(term, place))
            else:
                patches[target[1:]] = term
        entrypoint = f"{test.package.replace('.', '/')}/{test.name}"
        if not isinstance(facts, dict):
            raise RuleError(f"{place}: the input is {shown(facts)}; an object is wanted")
        if not test.package.startswith("lib."):
            facts = self._completed(facts, place)
        try:
            value = ask(*self._bundle(test.module, patches, place), entrypoint, facts)
            message = "" if value is True else f"gives {value}"
        except RuleError:
            message = "an expression in it does not hold"
        return RegoResult(test.module, test.line, test.name, not message, message)

    def _bundle(
        self, module: str, patches: Mapping[tuple[str, ...], str], place: str
    ) -> tuple[Interpreter, object]:
        key = json.dumps([module, *sorted((".".join(path), t) for path, t in patches.items())])
        if key not in self._bundles:
            data: Value = dict(self.data)
            for path, term in patches.items():
                data = _patched(data, path, self._value(term, place))
            assert isinstance(data, dict)
            data.pop("slices")
            needed = _needed(module, self.modules)
            # Tests of one file and version stand together, so one bundle is kept at a time.
            entrypoints = list(dict.fromkeys(self._entrypoints[module]))
            self._bundles = {key: build(needed, data, entrypoints)}
        return self._bundles[key]

    def _completed(self, facts: Mapping[str, Value], place: str) -> dict[str, Value]:
        """Facts with all others at their defaults."""
        vocabulary = self.vocabulary
        try:
            sheet = from_facts(facts, vocabulary, place)
        except InvalidFileError as error:
            raise RuleError(str(error)) from None
        return nested(sheet.complete(vocabulary).values)

    def _value(self, term: str, place: str) -> Value:
        """The value of a replacement, such as `{"deployment": {"public": true}}`."""
        if term not in self._terms:
            try:
                self._terms[term] = self._evaluated(term)
            except (RuleError, ValueError, LookupError):
                raise RuleError(f"{place}: `{term}` after `as` has no value") from None
        return self._terms[term]

    def _evaluated(self, term: str) -> Value:
        path = _DATA.fullmatch(term)
        if path:
            value: Value = dict(self.data)
            for first, second in _KEY.findall(path.group(1)):
                value = mapping(value)[first or second]
            return value
        # a query over the data of nine versions takes a quarter of a second
        asked = calculator(self.data) if "data" in term else self._plain
        return query(asked, term)


def _needed(name: str, modules: Mapping[str, str]) -> dict[str, str]:
    """A module with all that it refers to, and what they refer to."""
    packages = {other: _PACKAGE.findall(text)[0] for other, text in modules.items()}
    needed: dict[str, str] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in needed:
            continue
        needed[current] = modules[current]
        for found in _REFERENCE.findall(modules[current]):
            # `data.rules[topic]` refers to all below it, `data.lib.duty.status` to `lib.duty`
            waiting += [
                other
                for other, package in packages.items()
                if f"{package}.".startswith(f"{found}.") or f"{found}.".startswith(f"{package}.")
            ]
    return {other: text for other, text in modules.items() if other in needed}


def _patched(document: Value, path: tuple[str, ...], value: Value) -> Value:
    """A copy of a document with a value at a path."""
    if not path:
        return value
    base = copy.copy(document) if isinstance(document, dict) else {}
    base[path[0]] = _patched(base.get(path[0]), path[1:], value)
    return base


def _replacements(text: str, place: str) -> Iterator[tuple[tuple[str, ...], str, int, int]]:
    """Each `with TARGET as TERM` of a text: target, term, and where the clause starts and ends."""
    for match in _WITH.finditer(text):
        keys = tuple(first or second for first, second in _KEY.findall(match.group(2)))
        end = _end_of_term(text, match.end())
        term = text[match.end() : end].strip()
        if not term:
            raise RuleError(f"{place}: a value is missing after `as`")
        yield (match.group(1), *keys), term, match.start(), end


def _end_of_term(text: str, start: int) -> int:
    """Where a term ends: at a line end, `;`, the next `with` or a closing bracket outside it."""
    depth, quoted, index = 0, False, start
    while index < len(text):
        char = text[index]
        if quoted:
            index += char == "\\"
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return index
        elif depth == 0 and (char in ";\n" or _WITH.match(text, index)):
            return index
        index += 1
    return index


def _without_replacements(text: str, name: str) -> str:
    """The text with every clause blanked out, so that lines and columns stay."""
    for _, _, start, end in reversed(list(_replacements(text, name))):
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text
