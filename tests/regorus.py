"""The same rules in Regorus, an independent implementation of Rego, to compare with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import hobofan_regorus

_IMPORT = re.compile(r"^import (data[\w.]*\.(\w+))\n", re.MULTILINE)


def engine(modules: Mapping[str, str], data: object) -> hobofan_regorus.Engine:
    """An engine with modules and data."""
    made = hobofan_regorus.Engine()
    for name, text in modules.items():
        made.add_policy(name, inlined(text))
    made.add_data_json(json.dumps(data))
    return made


def evaluate(made: hobofan_regorus.Engine, rule: str, facts: object) -> object:
    """The value of a rule such as `data.lib.decision.decision`."""
    made.set_input_json(json.dumps(facts))
    return json.loads(made.eval_rule_as_json(rule))


def inlined(text: str) -> str:
    """A module without imports of data: this binding resolves them only before a call."""
    for path, name in _IMPORT.findall(text):
        text = text.replace(f"import {path}\n", "\n")
        text = re.sub(rf"(?<![\w.]){name}\.", f"{path}.", text)
    return text
