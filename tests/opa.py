"""The same rules in OPA itself, the judge of what Rego means.

Its binding is installed by `.ci/run` alone: it asks for a newer Python than it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opa_bindings import OpaEngine


def engine(modules: Mapping[str, str], data: object) -> OpaEngine:
    """An engine with modules and data."""
    from opa_bindings import OpaEngine

    made = OpaEngine()
    for name, text in modules.items():
        made.add_policy(name, text)
    made.add_data(data)
    return made


def evaluate(made: OpaEngine, rule: str, facts: object) -> object:
    """The value of a rule such as `data.lib.decision.decision`; `None` where it has none."""
    from opa_bindings import OpaUndefinedError

    try:
        return made.eval_document(rule.removeprefix("data."), facts)
    except OpaUndefinedError:
        return None
