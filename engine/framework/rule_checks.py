"""Whether every word that rules can give stands on a scale of the framework.

Words that are written in a finding are looked up when the framework is loaded; those that come from
a record, when the rules are lifted, which finds every finding that any facts can bring about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rsp_policy.engine.decision.findings import SHAPES, FindingError, finding
from rsp_policy.engine.errors import Problem, RuleError, alternatives
from rsp_policy.engine.ir.constants import Object, plain
from rsp_policy.engine.records.scales import Scales
from rsp_policy.engine.symbolic.guarded_unions import SymbolicSet, members_of

if TYPE_CHECKING:
    from rsp_policy.engine.rego.sources import Module, RuleSet
    from rsp_policy.engine.symbolic.guarded_unions import GuardedUnion

_HEAD = re.compile(r"^findings contains \{", re.MULTILINE)
_PAIR = re.compile(r'"(\w+)":\s*(?:"([^"]*)"\s*[,}])?')


def written_words(rules: RuleSet, scales: Scales) -> Iterator[Problem]:
    """The keys and words written in the findings of rules that are on no scale."""
    for module in rules.commitments.values():
        for head in _HEAD.finditer(module.text):
            end = module.text.find("}", head.end())
            pairs = list(_PAIR.finditer(module.text, head.end(), end + 1))
            for pair, message in _faults(pairs, scales):
                line = module.text.count("\n", 0, pair.start()) + 1
                yield Problem(str(module.file), line, "", message)


def _faults(pairs: Iterable[re.Match[str]], scales: Scales) -> Iterator[tuple[re.Match[str], str]]:
    pairs = list(pairs)
    keys = [pair.group(1) for pair in pairs]
    shape = next((key for key in SHAPES if key in keys), None)
    known = sorted(frozenset().union(*SHAPES[shape])) if shape else sorted(SHAPES)
    for pair in pairs:
        key, word = pair.groups()
        words = scales.words.get(key, ())
        if key not in known:
            yield pair, f"unknown key `{key}` in a finding{alternatives(key, known)}"
        elif word is not None and words and word not in words:
            yield pair, f"unknown {key} `{word}`{alternatives(word, words)}"


def check_findings(found: GuardedUnion, rules: RuleSet, scales: Scales) -> None:
    """Decode every finding that rules can give.

    Args:
        found: All that the rule which collects the findings gives.

    Raises:
        RuleError: With file and line for each finding with a key or word that is on no scale.
    """
    faults: list[str] = []
    for _, item in found:
        if not isinstance(item, frozenset | SymbolicSet):
            raise RuleError("the findings of the rules are no set")
        for member, _ in members_of(item):
            if not isinstance(member, Object):
                raise RuleError("a finding quotes a fact; one word for each value is wanted")
            try:
                finding(plain(member), scales)
            except FindingError as error:
                faults.append(_placed(error, rules))
    if faults:
        raise RuleError("\n".join(sorted(set(faults))))


def _placed(error: FindingError, rules: RuleSet) -> str:
    """An error with the file and line of the rule, where the word stands in it."""
    module: Module | None = rules.commitments.get(error.commitment)
    if module is None:
        return str(error)
    before, found, _ = module.text.partition(f'"{error.word}"')
    return f"{module.file}:{before.count(chr(10)) + 1 if found else 1}: {error.message}"
