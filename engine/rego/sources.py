"""Rego files as text: which rules, conditions and tests there are.

A rule's package is `rules.` and its commitment's id, a condition is a named rule with a title in
the package `conditions`. Reading is by line shape and by reference, which the conventions of the
rule folder make sufficient; the integrity checks fail on files that break them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rsp_policy.engine.errors import Problem

_PACKAGE = re.compile(r"^package ([\w.]+)", re.MULTILINE)
_HEAD = re.compile(r"^(?:default )?([a-z_]\w*)(\(| if\b| :=| contains\b)")
_TITLE = re.compile(r"^# title: (.*)")
_SLICE = re.compile(r"data\.slice\.(\w+)\.(\w+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One definition of one named rule."""

    name: str
    title: str
    text: str
    line: int
    file: str
    takes_arguments: bool


@dataclass(frozen=True, slots=True)
class Module:
    """One Rego file."""

    file: Path
    name: str
    package: str
    text: str
    rules: tuple[Rule, ...]


class RuleSet:
    """The Rego files of a framework and the shared library.

    Attributes:
        modules: What is compiled: all files but tests.
        tests: Files whose name ends in `_test.rego`.
    """

    def __init__(self, rules: Path, library: Path) -> None:
        found = [_module(file, rules, "") for file in sorted(rules.rglob("*.rego"))]
        shared = [_module(file, library, "lib/") for file in sorted(library.rglob("*.rego"))]
        every = found + shared
        self.modules = tuple(item for item in every if not item.name.endswith("_test.rego"))
        self.tests = tuple(item for item in every if item.name.endswith("_test.rego"))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts that are compiled, by the names under which errors report them."""
        return {module.name: module.text for module in self.modules}

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Rule, ...]]:
        """The definitions of every condition, by its name."""
        named: dict[str, tuple[Rule, ...]] = {}
        for module in self.modules:
            if module.package == "conditions":
                for rule in module.rules:
                    named[rule.name] = (*named.get(rule.name, ()), rule)
        return named

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of rules by their path in `data`, such as `conditions.always`."""
        return titles_in(self.texts)

    @cached_property
    def commitments(self) -> Mapping[str, Module]:
        """The rule files by the id of the commitment that they execute."""
        return {
            module.package.removeprefix("rules.").replace(".", "/"): module
            for module in self.modules
            if module.package.startswith("rules.")
        }

    @cached_property
    def used_by_conditions(self) -> frozenset[str]:
        """The commitments whose record some condition reads."""
        return frozenset(
            f"{topic}/{name}"
            for rules in self.conditions.values()
            for rule in rules
            for topic, name in _SLICE.findall(rule.text)
        )

    def title(self, condition: str) -> str:
        """The title of a condition, or its name where it has none."""
        titles = [rule.title for rule in self.conditions.get(condition, ()) if rule.title]
        return titles[0] if titles else condition.replace("_", " ")

    def problems(self) -> Iterator[Problem]:
        """Files that break the conventions on which reading rests."""
        for module in (*self.modules, *self.tests):
            parts = Path(module.name).with_suffix("").parts
            wanted = _wanted_package(parts)
            if module.package != wanted:
                message = f"the package is `{module.package}` where the path asks for `{wanted}`"
                yield Problem(str(module.file), 1, "", message)
        for rules in self.conditions.values():
            for rule in rules:
                if not any(item.title for item in rules) and not rule.name.startswith("_"):
                    message = f"the condition `{rule.name}` needs `# METADATA` with a `# title:`"
                    yield Problem(rule.file, rule.line, "", message)


def titles_in(modules: Mapping[str, str]) -> dict[str, str]:
    """The titles of rules by their path in `data` with dots.

    Args:
        modules: Rego files by name.
    """
    found: dict[str, str] = {}
    for name, text in modules.items():
        package = _PACKAGE.search(text)
        for rule in _rules(text, name):
            if rule.title and package:
                found[f"{package.group(1)}.{rule.name}"] = rule.title
    return found


def _wanted_package(parts: tuple[str, ...]) -> str:
    if parts[0] == "lib":
        return ".".join(parts)
    return "conditions" if parts[0] == "conditions" else ".".join(("rules", *parts))


def _module(file: Path, root: Path, within: str) -> Module:
    text = file.read_text(encoding="utf-8")
    name = within + file.relative_to(root).as_posix()
    package = _PACKAGE.search(text)
    return Module(
        file=file,
        name=name,
        package=package.group(1) if package else "",
        text=text,
        rules=tuple(_rules(text, str(file))),
    )


def _rules(text: str, file: str) -> Iterator[Rule]:
    """The rules of a file: each from its head to the next head or comment at the margin."""
    title, head, body = "", None, list[str]()
    line = 0
    for number, content in enumerate((*text.splitlines(), "# end"), start=1):
        match = _HEAD.match(content)
        if match or content.startswith("#"):
            if head:
                takes = head.group(2) == "("
                yield Rule(head.group(1), title, "\n".join(body), line, file, takes)
                title = ""
            head, body, line = match, [], number
        found = _TITLE.match(content)
        title = found.group(1) if found else title
        if head:
            body.append(content)
