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
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from regopy import Interpreter, LogLevel, RegoError

from rsp_policy.engine.errors import InvalidFileError, RuleError
from rsp_policy.engine.facts.sheets import from_facts
from rsp_policy.engine.facts.vocabulary import nested
from rsp_policy.engine.files.documents import mapping
from rsp_policy.engine.files.schema import shown

from .evaluation import answer, apart, ask, build, slice_data, sources

if TYPE_CHECKING:
    from rsp_policy.engine.files.documents import Value
    from rsp_policy.engine.framework.history import History

    from .sources import Module, Rule

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


def run_rego_tests(history: History) -> tuple[RegoResult, ...]:
    """Run every test that stands beside the rules of a framework.

    Raises:
        RuleError: If rules or tests do not compile.
    """
    if not history.trusted:
        return tuple(RegoResult(**item) for item in json.loads(apart(history, "testing")))
    rules = history.rule_set
    modules = sources(rules)
    for module in rules.tests:
        modules[module.name] = _without_replacements(module.text, module.name)
    runner = _Runner(history, modules)
    return tuple(
        runner.run(module, rule)
        for module in rules.tests
        for rule in module.rules
        if rule.name.startswith("test_")
    )


def test_data(history: History) -> dict[str, Value]:
    """The `data` document that tests see."""
    slices: dict[str, Value] = {}
    scale: Value = {}
    for part in history.slices():
        data = slice_data(part)
        slices[part.id] = data["slice"]
        scale = data["scale"]
    return {"slices": slices, "scale": scale}


class _Runner:
    """Runs tests, one bundle for each distinct data document."""

    def __init__(self, history: History, modules: Mapping[str, str]) -> None:
        self.history = history
        self.modules = modules
        self.data = test_data(history)
        self._bundles: dict[str, tuple[Interpreter, object]] = {}
        self._terms: dict[str, Value] = {}
        self._plain = _calculator({})

    def run(self, module: Module, rule: Rule) -> RegoResult:
        """The outcome of one test."""
        place = f"{module.name}:{rule.line}"
        world: dict[tuple[str, ...], str] = {}
        for target, term, _, _ in _replacements(rule.text, place):
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
        entry = f"{module.package.replace('.', '/')}/{rule.name}"
        if not isinstance(facts, dict):
            raise RuleError(f"{place}: the input is {shown(facts)}; an object is wanted")
        if not module.name.startswith("lib/"):
            facts = self._completed(facts, place)
        try:
            value = ask(*self._bundle(module, patches, place), entry, facts)
            message = "" if value is True else f"gives {value}"
        except RuleError:
            message = "an expression in it does not hold"
        return RegoResult(module.name, rule.line, rule.name, not message, message)

    def _bundle(
        self, module: Module, patches: Mapping[tuple[str, ...], str], place: str
    ) -> tuple[Interpreter, object]:
        key = json.dumps([module.name, *sorted((".".join(path), t) for path, t in patches.items())])
        if key not in self._bundles:
            data: Value = dict(self.data)
            for path, term in patches.items():
                data = _patched(data, path, self._value(term, place))
            assert isinstance(data, dict)
            data.pop("slices")
            package = module.package.replace(".", "/")
            names = dict.fromkeys(r.name for r in module.rules if r.name.startswith("test_"))
            entries = [f"{package}/{name}" for name in names]
            needed = _needed(module.name, self.modules)
            # Tests of one file and version stand together, so one bundle is kept at a time.
            self._bundles = {key: build(needed, data, entries)}
        return self._bundles[key]

    def _completed(self, facts: Mapping[str, Value], place: str) -> dict[str, Value]:
        """Facts with all others at their defaults."""
        vocabulary = self.history.vocabulary
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
            except (RegoError, ValueError, LookupError):
                raise RuleError(f"{place}: `{term}` after `as` has no value") from None
        return self._terms[term]

    def _evaluated(self, term: str) -> Value:
        path = _DATA.fullmatch(term)
        if path:
            value: Value = self.data
            for first, second in _KEY.findall(path.group(1)):
                value = mapping(value)[first or second]
            return value
        # a query over the data of nine versions takes a quarter of a second
        calculator = _calculator(self.data) if "data" in term else self._plain
        output = json.loads(str(calculator.query(term)))
        found: Value = output["expressions"][0]
        return found


def _calculator(data: Mapping[str, Value]) -> Interpreter:
    calculator = Interpreter()
    calculator.log_level = LogLevel.NONE
    calculator.add_data_json(json.dumps(data))
    return calculator


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


def _run_all(history: History) -> str:
    return json.dumps([asdict(result) for result in run_rego_tests(history)])


if __name__ == "__main__":
    sys.exit(answer(sys.argv[1], _run_all))
