"""The same rules in Regorus, an independent implementation of Rego, to compare with.

Regorus loses rules where a package has several modules and is asked for as a whole: `z if false`,
`a if b` and `b if true`, each a module of the package `p`, it makes `data.p` `{"b": true}`, though
`data.p.a` by itself is true, and OPA says `{"a": true, "b": true}`. hobofan-regorus 0.2.5 and
gordon-to-regorus 0.13 both do. The conditions are such a package, so the modules of one package
are joined to one, which by the meaning of Rego changes nothing, and with which both agree with OPA.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hobofan_regorus import Engine

_HEAD = re.compile(r"^(?:package|import) .*\n", re.MULTILINE)
_IMPORT = re.compile(r"^import (data[\w.]*\.(\w+))\n", re.MULTILINE)
_PACKAGE = re.compile(r"^package (.*)\n", re.MULTILINE)


def engine(modules: Mapping[str, str], data: object) -> Engine:
    """An engine with modules and data."""
    from hobofan_regorus import Engine

    made = Engine()
    for package, text in joined(modules).items():
        made.add_policy(f"{package}.rego", text)
    made.add_data_json(json.dumps(data))
    return made


def evaluate(made: Engine, rule: str, facts: object) -> object:
    """The value of a rule such as `data.lib.decision.decision`."""
    made.set_input_json(json.dumps(facts))
    return json.loads(made.eval_rule_as_json(rule))


def joined(modules: Mapping[str, str]) -> dict[str, str]:
    """One module for each package."""
    bodies: dict[str, list[str]] = {}
    for text in modules.values():
        package = _PACKAGE.findall(text)[0]
        bodies.setdefault(package, []).append(_HEAD.sub("", inlined(text)))
    return {
        package: f"package {package}\n\nimport rego.v1\n" + "".join(found)
        for package, found in bodies.items()
    }


def inlined(text: str) -> str:
    """A module without imports of data: this binding resolves them only before a call."""
    for path, name in _IMPORT.findall(text):
        text = text.replace(f"import {path}\n", "\n")
        text = re.sub(rf"(?<![\w.]){name}\.", f"{path}.", text)
    return text
