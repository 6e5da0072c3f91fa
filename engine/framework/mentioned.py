"""Which facts the rules of a version may read, told from their text and without lifting them.

This errs on one side only: a fact that can bear on a decision of the version is always mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rsp_policy.engine.records.history import Slice
from rsp_policy.engine.rego.sources import RuleSet

_READ = re.compile(r"\binput\b((?:\.\w+)*)(\[[^\]]*\](?:\.(\w+)|, \"(\w+)\")?)?")
_NEEDED = re.compile(r"\bdata\.slice\.(\w+)\.(\w+)(?:\.terms\.(\w+))?")
_NAMED = re.compile(r"\b(\w+) := data\.slice\.(\w+)\.(\w+)\.terms$")
_TERM = re.compile(r"(?<![.\w])(\w+)\.(\w+)")
_WORD = re.compile(r"\w+")


def mentioned_facts(part: Slice, rules: RuleSet) -> frozenset[str]:
    """The facts that the rules of a version may read.

    They are read by the rules of its commitments, by conditions which these or its duties name, by
    conditions which those name in turn, and by its duties themselves.
    """
    facts = part.history.vocabulary.facts
    duties = [standing.entry.duty for standing in part if standing.entry.duty]
    own = [module.text for id, module in rules.commitments.items() if id in part.standing]
    named = [duty.when for duty in duties] + [duty.before for duty in duties]
    texts = [*own, *_conditions([*own, *named], part, rules)]
    declared = [path for duty in duties for path in (duty.done, duty.elapsed, duty.amount) if path]
    return frozenset((*declared, *(path for text in texts for path in _facts(text, facts))))


def _conditions(texts: Iterable[str], part: Slice, rules: RuleSet) -> Iterator[str]:
    """The definitions of the conditions that texts name, and of those that these name."""
    waiting, seen = list(texts), set[str]()
    while waiting:
        for name in set(_WORD.findall(waiting.pop())) & rules.conditions.keys() - seen:
            seen.add(name)
            for rule in rules.conditions[name]:
                if _can_hold(rule.text, part):
                    waiting.append(rule.text)
                    yield rule.text


def _can_hold(text: str, part: Slice) -> bool:
    """Whether a definition can hold in a version: its body asks for no record that is not there."""
    named = dict[str, str]()
    for line in text.splitlines():
        # a negation holds without the record, and what stands deeper may not be asked for
        asked = line[:1] == "\t" and line[1:2] not in ("\t", "}") and not line.startswith("\tnot ")
        if not asked or "|" in line:
            continue
        for name, topic, commitment in _NAMED.findall(line):
            named[name] = f"{topic}/{commitment}"
        for topic, commitment, term in _NEEDED.findall(line):
            if not _stands(part, f"{topic}/{commitment}", term):
                return False
        for name, term in _TERM.findall(line):
            if name in named and not _stands(part, named[name], term):
                return False
    return True


def _stands(part: Slice, commitment: str, term: str) -> bool:
    standing = part.standing.get(commitment)
    return standing is not None and (not term or term in standing.entry.terms)


def _facts(text: str, facts: Iterable[str]) -> Iterator[str]:
    """The facts that a text mentions; where a key is computed, all that it could lead to."""
    for match in _READ.finditer(text):
        start = match.group(1).removeprefix(".")
        last = match.group(3) or match.group(4)
        for path in facts:
            below = not start or path == start or path.startswith(f"{start}.")
            if below and (last is None or path.rpartition(".")[2] == last):
                yield path
