"""The Rego tests beside the rules of a framework, run on its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rsp_policy.engine.rego.testing import RegoResult, run_tests

from .rule_data import slice_data

if TYPE_CHECKING:
    from rsp_policy.engine.files.documents import Value

    from .policy import Framework


def run_rule_tests(framework: Framework) -> tuple[RegoResult, ...]:
    """Run every test that stands beside the rules of a framework.

    Raises:
        RuleError: If rules or tests do not compile.
    """
    rules = framework.rule_set
    vocabulary = (framework.folder / "facts.yaml").read_text(encoding="utf-8")
    return run_tests(rules.texts, rules.tests, test_data(framework), vocabulary)


def test_data(framework: Framework) -> dict[str, Value]:
    """The `data` document that tests see: every version's slice by its name, and the scales."""
    slices: dict[str, Value] = {}
    scale: Value = {}
    for part in framework.slices():
        data = slice_data(part)
        slices[part.id] = data["slice"]
        scale = data["scale"]
    return {"slices": slices, "scale": scale}
